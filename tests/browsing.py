"""A served page, and a browser tab on it that can reach nothing but 127.0.0.1."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.fakes_ui import FakeAssistant
from ui import strings
from ui.server import address, listen, server
from ui.settings import PageSettings
from ui.uploads.shelves import Shelves

HOST = "127.0.0.1"
FLAGS = (
    "--no-sandbox",  # a container's root may not use Chromium's own sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
PATIENCE_MS = 30_000
"""For what the page shows next: other programs may have most of the machine."""

DESK, PHONE = (1280, 800), (360, 740)
"""Widths and heights of a window, in pixels."""

ACTIVE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.matches(
      "main :is(script, style, link, meta, base), img, iframe, frame, form, object, embed, "
      + "video, audio, a[href]:not([href^='#'])"
    ) || one.getAttributeNames().some((name) => name.startsWith("on")))
  .map((one) => one.outerHTML.slice(0, 200))"""
"""What a text must never become: what runs, loads, sends or leads elsewhere."""

PLAIN = PageSettings()

Serving: TypeAlias = AbstractContextManager[str]

ANSWERED = "2 phrases vérifiées sur 3 · 2,5\u00a0s"
NO_ANSWER = "Pas de réponse dans les textes · 2,5\u00a0s"
"""What the page says in the end of the two questions that `tests.fakes_ui.assistant` knows."""


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return the machine's own Chromium; a module of tests takes it over by its name."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass(frozen=True, slots=True)
class Tab:
    """One browser tab of its own session; what it asked other machines for, what went wrong."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def box(self) -> Locator:
        """The field that questions are typed in."""
        return self.page.get_by_label(strings.QUESTION_LABEL)

    @property
    def current(self) -> Locator:
        """The exchange in hand."""
        return self.page.locator("#current .exchange")

    @property
    def panel(self) -> Locator:
        """The panel beside the conversation."""
        return self.page.get_by_role("complementary", name=strings.SOURCES)

    @property
    def focus(self) -> Locator:
        """What has the focus."""
        return self.page.locator(":focus")

    def ask(self, question: str) -> None:
        """Type the question and press Enter."""
        self.box.fill(question)
        self.box.press("Enter")

    def says(self, phase: str) -> None:
        """Wait until the page says that of the exchange in hand."""
        expect(self.current.locator(".phase")).to_have_text(phase)

    def ask_again(self) -> None:
        """Ask the question in hand once more, and wait until its old answer is gone."""
        self.current.evaluate("one => { one.dataset.old = '' }")
        self.button(strings.RETRY).click()
        expect(self.page.locator("#current .exchange[data-old]")).to_have_count(0)

    def button(self, name: str) -> Locator:
        """Return the buttons of that name in the exchange in hand."""
        return self.current.get_by_role("button", name=name)

    def tab(self, name: str) -> None:
        """Turn to another tab of the page."""
        self.page.get_by_role("tab", name=name).click()

    def menu(self, item: str) -> Locator:
        """Open the conversation's menu; return one of its items."""
        self.page.get_by_label(strings.CONVERSATION, exact=True).click()
        return self.page.get_by_role("button", name=item)

    def press_until(self, key: str, target: Locator) -> None:
        """Press a key until the target has the focus."""
        for _ in range(40):
            self.page.keyboard.press(key)
            if target.evaluate("one => one === document.activeElement"):
                return
        expect(target).to_be_focused(timeout=1)

    def active(self) -> list[str]:
        """Return the elements of the page that run, load, send or lead elsewhere."""
        found: list[str] = self.page.evaluate(ACTIVE)
        return found

    def frames(self) -> None:
        """Wait until what has been changed so far is drawn."""
        self.page.evaluate("new Promise(end => requestAnimationFrame(() => setTimeout(end)))")

    def visit(self, url: str) -> None:
        """Load the page."""
        self.page.goto(url)
        expect(self.page.get_by_role("button", name=strings.ASK)).to_be_visible()

    def asked_for(self, url: str) -> None:
        """Note a request if it is for another machine."""
        if not url.startswith((f"http://{HOST}:", f"blob:http://{HOST}:", "data:")):
            self.outside.append(url)


@contextmanager
def served(
    fake: FakeAssistant, settings: PageSettings = PLAIN, shelves: Shelves | None = None
) -> Iterator[str]:
    """Serve the page over `fake` on a free port, in a thread; give its address."""
    ready = threading.Event()
    with listen(HOST, 0) as listener:
        running = server(fake, HOST, listener, settings, lambda _: ready.set(), shelves)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(timeout=60)
        try:
            yield address(listener)
        finally:
            running.should_exit = True
            thread.join()


@contextmanager
def opened(
    browser: Browser, url: str, size: tuple[int, int] = DESK, *, dark: bool = False
) -> Iterator[Tab]:
    """Open the page in a browser profile of its own; in the end nothing may have gone wrong."""
    width, height = size
    context = browser.new_context(
        locale="fr-FR",
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(PATIENCE_MS)
    tab = Tab(context.new_page())
    watch(tab, tab.page)
    tab.visit(url)
    yield tab
    assert (tab.outside, tab.errors) == ([], [])
    context.close()


def watch(tab: Tab, page: Page) -> None:
    """Note what a page of the tab asks for and what goes wrong in it."""
    page.on("request", lambda request: tab.asked_for(request.url))
    page.on("websocket", lambda socket: tab.outside.append(socket.url))
    page.on("pageerror", lambda error: tab.errors.append(str(error)))
    page.on("console", lambda told: tab.errors.append(told.text) if told.type == "error" else None)
    page.on("dialog", lambda dialog: tab.errors.append(dialog.message))
