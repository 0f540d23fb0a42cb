"""The doors as a real browser meets them: the page works, and what is not the page does not."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browsing import FLAGS
from tests.fakes_ui import MILL_QUESTION, SENTENCES, assistant
from tests.serving import serving
from ui import strings
from ui.accounts import account_line, read_accounts
from ui.doors.routes import open_routes
from ui.settings import PageSettings

pytestmark = pytest.mark.browser

SLOW = 60_000
"""Milliseconds: a busy machine is slow, and how slow is not what is tried here."""

INJECT = """() => {
  const place = document.createElement("div");
  place.innerHTML = '<img src="x" onerror="window.ran = 1"><b onclick="window.ran = 2">b</b>';
  document.body.append(place);
  place.querySelector("b").click();
  const script = document.createElement("script");
  script.textContent = "window.ran = 3";
  document.head.append(script);
  return new Promise((tell) => setTimeout(() => tell(window.ran ?? "nothing"), 300));
}"""
"""What an attacker would try whose text had come onto the page unescaped."""


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return the machine's own Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a tab of an English reader: the page is French all the same."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def ask(page: Page) -> None:
    """Ask a question and wait for its answer."""
    page.get_by_label(strings.QUESTION_LABEL).fill(MILL_QUESTION)
    page.get_by_label(strings.QUESTION_LABEL).press("Enter")
    expect(page.locator("#current")).to_contain_text(SENTENCES[1], timeout=SLOW)


def test_the_page_asks_for_nothing_that_is_closed_and_breaks_no_rule(page: Page) -> None:
    refused: list[str] = []
    complaints: list[str] = []
    paths: set[tuple[str, str]] = set()

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("response", lambda got: refused.append(got.url) if got.status >= 400 else None)
    page.on("request", lambda one: paths.add((one.method, urlsplit(one.url).path)))
    with serving(assistant(), PageSettings()) as url:
        page.goto(url)
        ask(page)
        page.get_by_role("tab", name="Corpus").click()
        page.reload()
        expect(page.get_by_label(strings.QUESTION_LABEL)).to_be_visible(timeout=SLOW)
        assert (refused, complaints) == ([], [])
        assert page.evaluate(INJECT) == "nothing"
    open_ = open_routes(PageSettings())
    strange = {
        (method, path)
        for method, path in paths
        if not any(method in way.methods and way.path.fullmatch(path) for way in open_)
    }
    assert strange - {("GET", "/x")} == set()  # the injected image


def test_a_reader_logs_in_and_is_asked_again_once_out(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "comptes"
    file.write_text(account_line("Zoé", "l’été à Valbrune"), encoding="utf-8")
    with serving(assistant(), PageSettings(accounts=read_accounts(file))) as url:
        page.goto(url)
        assert page.url == f"{url}login"
        expect(page.get_by_label(strings.LOGIN_NAME)).to_be_focused()
        page.keyboard.type("Zoé")
        page.keyboard.press("Tab")
        page.keyboard.type("un autre mot")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text(strings.LOGIN_WRONG)
        expect(page.get_by_label(strings.LOGIN_PASSWORD)).to_be_focused()
        page.keyboard.type("l’été à Valbrune")
        page.keyboard.press("Enter")
        page.wait_for_url(url)
        ask(page)
        left = page.evaluate("fetch('logout', {method: 'POST'}).then((answer) => answer.status)")
        assert left == 204
        page.reload()
        assert page.url == f"{url}login"
