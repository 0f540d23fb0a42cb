"""The exports of a conversation, saved by a real browser and opened again."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import browsing
from tests.browsing import ANSWERED, NO_ANSWER, Tab, opened, served, watch
from tests.fakes_ui import (
    BUILT,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    assistant,
)
from ui import strings

pytestmark = pytest.mark.browser
browser = browsing.browser

OUTSIDE = "http://attaque.example/a.png"


def saved(tab: Tab, format_: str, folder: Path) -> Path:
    """Save the conversation in a format, under the name that the browser gives it."""
    with tab.page.expect_download() as download:
        tab.menu(strings.EXPORT_FORMATS[format_]).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_every_export_is_saved_and_says_what_the_page_said(
    browser: Browser, tmp_path: Path
) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        tab.ask(UNKNOWN_QUESTION)
        tab.says(NO_ANSWER)
        names = ("markdown", "bibtex", "csl", "html")
        markdown, bibtex, csl, page = (saved(tab, name, tmp_path) for name in names)
        assert markdown.name == "conversation-parole.md"
        told = markdown.read_text(encoding="utf-8")
        parts = (MILL_QUESTION, SENTENCES[0], "non vérifié", BUILT, UNKNOWN_QUESTION, REFUSAL)
        assert [part for part in parts if part not in told] == []
        assert bibtex.name == "sources-parole.bib"
        assert bibtex.read_text(encoding="utf-8").startswith(
            "@misc{corpus.moulin,\n  author = {Morvan, Claire and Corbier, Anselme},\n"
        )
        assert csl.name == "sources-parole.json"
        items = json.loads(csl.read_text(encoding="utf-8"))
        assert [item["title"] for item in items] == ["Le moulin de Valbrune"]
        assert page.name == "conversation-parole.html"
        look_at(tab, page)


def look_at(tab: Tab, file: Path) -> None:
    """Open the page that was exported: it is whole, asks for nothing and stays by itself."""
    page = tab.page.context.new_page()
    watch(tab, page)
    page.goto(file.as_uri())
    assert tab.outside == [file.as_uri()]
    tab.outside.clear()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=2)).to_have_text([MILL_QUESTION, UNKNOWN_QUESTION])
    expect(page.locator("mark")).to_have_text([BUILT, STOPPED_TURNING])
    expect(page.locator(".unverified")).to_have_text(f"{SENTENCES[2]} non vérifié")
    expect(page.locator("article").last).to_contain_text(REFUSAL)
    page.get_by_role("link", name="[2]").click()
    expect(page.locator("li:target mark")).to_have_text(STOPPED_TURNING)
    expect(page.locator("script, iframe, form, link, img, a:not([href^='#'])")).to_have_count(0)
    with page.expect_event("requestfailed") as failed:
        page.evaluate(f"new Image().src = '{OUTSIDE}'")
    assert (failed.value.url, failed.value.failure) == (OUTSIDE, "csp")
    tab.outside.remove(OUTSIDE)
    tab.errors.clear()
    page.close()
