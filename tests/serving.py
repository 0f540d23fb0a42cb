"""The page as `parole chat` serves it, for tests that are clients of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.testclient import TestClient

from ui.ports import Answering
from ui.server import address, listen, server
from ui.settings import PageSettings

HOST = "127.0.0.1"


@contextmanager
def connected(
    assistant: Answering, settings: PageSettings, host: str = HOST, listening: str = HOST
) -> Iterator[TestClient]:
    """Give a client of the page as it is served at `host`, doors and all, without a network."""
    with listen(listening, 0) as listener:
        page: Any = server(assistant, host, listener, settings, lambda _: None).config.app
        with TestClient(page, base_url=f"http://{HOST}", follow_redirects=False) as client:
            yield client


@contextmanager
def serving(assistant: Answering, settings: PageSettings) -> Iterator[str]:
    """Serve the page on a free port, in a thread; give its address."""
    ready = threading.Event()
    with listen(HOST, 0) as listener:
        running = server(assistant, HOST, listener, settings, lambda _: ready.set())
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(timeout=60)
        try:
            yield address(listener)
        finally:
            running.should_exit = True
            thread.join()
