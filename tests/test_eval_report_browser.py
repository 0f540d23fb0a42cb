"""The report in a real browser: it asks nobody for anything, and shows what matters first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from eval.report import write_report
from tests.browsing import FLAGS
from tests.report_samples import RECORDS, RIGHT, run, text_of

pytestmark = pytest.mark.browser

NARROW, WIDE = 360, 1280
"""Widths in pixels of a telephone held upright and of a desktop window."""


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", viewport={"width": WIDE, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def report(tmp_path: Path) -> str:
    """Return the address of a report with failures of every kind and another run."""
    write_report(tmp_path, run(*RECORDS), run(RIGHT, *RECORDS[1:]), text_of)
    return (tmp_path / "report.html").as_uri()


def test_the_page_asks_for_nothing_but_itself(page: Page, report: str) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report)
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true; }")
    page.wait_for_load_state("networkidle")
    assert (requests, complaints) == ([report], [])


def test_the_headline_and_the_gravest_failure_are_in_sight(page: Page, report: str) -> None:
    page.goto(report)
    expect(page.get_by_role("heading", level=1)).to_have_text("parole")
    expect(page.locator(".hero .value").first).to_have_text("50,0\u00a0%")
    first = page.locator("#echecs .case").first
    expect(first.locator(".pill").first).to_have_text("formule interdite")
    expect(first.locator(".said")).to_be_visible()
    expect(first.locator("mark")).to_have_text("Le canal a été ouvert en 1681.")
    expect(page.locator(".plot svg")).to_have_count(2)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_nothing_is_wider_than_the_screen(page: Page, report: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") == width
