"""A served page and a browser tab on it that is let nowhere but 127.0.0.1."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.fakes_ui import FakeAssistant
from ui.server import address, listen, server

FLAGS = (
    "--no-sandbox",  # a container's root may not use Chromium's own sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOST = "127.0.0.1"


@dataclass(slots=True)
class Tab:
    """One browser tab of its own session, and what it asked other machines for."""

    page: Page
    outside: list[str]
    errors: list[str]

    def ask(self, question: str) -> None:
        """Type the question and press Enter."""
        self.page.get_by_label("Votre question").fill(question)
        self.page.get_by_label("Votre question").press("Enter")

    def phase(self, text: str) -> None:
        """Wait until the page says that."""
        expect(self.page.locator("#current .phase")).to_have_text(text)


@contextmanager
def served(fake: FakeAssistant, examples: Sequence[str] = ()) -> Iterator[str]:
    """Serve the page over `fake` on a free port, in a thread; give its address."""
    ready = threading.Event()
    with listen(HOST, 0) as listener:
        running = server(fake, HOST, listener, examples, lambda _: ready.set())
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(timeout=60)
        try:
            yield address(listener)
        finally:
            running.should_exit = True
            thread.join()


def refuse_outside(outside: list[str]) -> Callable[[Route, Request], None]:
    """Return a route that notes and stops each request to another machine."""

    def handle(route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname == HOST:
            route.continue_()
        else:
            outside.append(request.url)
            route.abort()

    return handle


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[Tab]:
    """Open the page in a session of its own; in the end nothing may have gone wrong."""
    context = browser.new_context(locale="fr-FR")
    outside: list[str] = []
    errors: list[str] = []
    context.route("http://**", refuse_outside(outside))
    context.route("https://**", refuse_outside(outside))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(url)
    expect(page.get_by_role("button", name="Demander")).to_be_visible()
    yield Tab(page, outside, errors)
    assert (outside, errors) == ([], [])
    context.close()
