"""Serves the page on this machine, until Ctrl-C."""

import asyncio
import contextlib
import errno
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Literal

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.errors import ParoleError
from ui import strings
from ui.app import application, build, end_streams
from ui.doors.headers import SafeHeaders
from ui.doors.hosts import ANY_ADDRESS
from ui.doors.order import doors
from ui.doors.small_pages import loading_page
from ui.ports import Answering
from ui.settings import PageSettings
from ui.uploads.shelves import Shelves

PORT = 7860

LAST_PORT = 65535

SWEEP_SECONDS = 60
"""Between two looks at what readers have left behind."""

GRACE_SECONDS = 5
"""Left to answers under way when the server stops: they end with the token in hand."""


class PageError(ParoleError):
    """The page cannot be served at the address asked for."""


@contextlib.contextmanager
def loading(listener: socket.socket) -> Iterator[None]:
    """Tell whoever comes during the `with` block that the models load, and to come again.

    Connections that come between it and the page's own server wait for that one.
    """
    # A server closes what it listened on: it is given a handle of its own.
    with listener.dup() as handle:
        notice = uvicorn.Server(_config(SafeHeaders(_notice), lifespan="off"))
        thread = threading.Thread(target=notice.run, kwargs={"sockets": [handle]})
        thread.start()
        try:
            yield
        finally:
            notice.should_exit = True
            thread.join()


async def _notice(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer any request with the page that waits."""
    if scope["type"] == "http":
        await loading_page()(scope, receive, send)


def serve(
    assistant: Answering,
    host: str,
    listener: socket.socket,
    settings: PageSettings,
    ready: Callable[[str], None],
    shelves: Shelves | None = None,
) -> None:
    """Serve the page on `listener` until Ctrl-C; call `ready` with its address once it answers."""
    with contextlib.suppress(KeyboardInterrupt):
        server(assistant, host, listener, settings, ready, shelves).run(sockets=[listener])


def server(
    assistant: Answering,
    host: str,
    listener: socket.socket,
    settings: PageSettings,
    ready: Callable[[str], None],
    shelves: Shelves | None = None,
) -> uvicorn.Server:
    """Return the server of the page, to be run on `listener`, which listens at `host`."""
    closing = threading.Event()

    @contextlib.asynccontextmanager
    async def announced(_: FastAPI) -> AsyncIterator[None]:
        ready(address(listener))  # the socket listens: connections wait from here on
        sweeping = asyncio.create_task(_sweep(shelves)) if shelves else None
        yield
        if sweeping:
            sweeping.cancel()

    def close() -> None:
        closing.set()
        end_streams(parent)
        if shelves:
            shelves.close()

    parent = FastAPI(
        lifespan=announced,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=doors(host, listener.getsockname()[0], settings),
    )
    application(build(assistant, settings, closing.is_set, shelves), settings, parent)
    return _ClosingServer(_config(parent), close)


async def _sweep(shelves: Shelves) -> None:
    """Delete what readers have left behind, now and then."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        await asyncio.to_thread(shelves.sweep)


def _config(application: ASGIApp, lifespan: Literal["on", "off"] = "on") -> uvicorn.Config:
    """Return how an application is served: quietly, and not for long once it must stop."""
    return uvicorn.Config(
        application,
        lifespan=lifespan,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class _ClosingServer(uvicorn.Server):
    """A server that says it is about to stop before it waits for its connections to end."""

    def __init__(self, config: uvicorn.Config, close: Callable[[], None]) -> None:
        super().__init__(config)
        self._close = close

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop what is under way, then the server."""
        self._close()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the address; port 0 takes any free port.

    Raises PageError if it cannot: the address is never silently replaced by another.
    """
    if not 0 <= port <= LAST_PORT:
        raise PageError(strings.PORT_INVALID.format(port=port))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PageError(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    """Return the French sentence for a socket that could not be opened."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else PORT
        return strings.PORT_TAKEN.format(port=port, host=host, other=other)
    if error.errno == errno.EACCES:
        return strings.PORT_FORBIDDEN.format(port=port, host=host)
    return strings.ADDRESS_UNUSABLE.format(host=host, port=port)


def address(listener: socket.socket) -> str:
    """Return the address to type in a browser of this machine."""
    host, port = listener.getsockname()[:2]
    if host in ANY_ADDRESS:
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
