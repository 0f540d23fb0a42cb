"""The command `parole chat` with the real models, asked in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import browsing, page_figures
from tests.browsing import opened
from tests.page_real import ANSWER_MS, real_page

pytestmark = pytest.mark.browser
browser = browsing.browser

QUESTION = "Quelles plateformes ont banni Alexis Cossette-Trudel ?"


@pytest.fixture(scope="module")
def url(real_index: Path) -> Iterator[str]:
    """Return the address of the page, as a user would have started it."""
    with real_page(real_index) as address:
        yield address


def test_a_student_reads_an_answer_with_its_source(browser: Browser, url: str) -> None:
    with opened(browser, url) as tab:
        expect(tab.page.locator("body")).to_contain_text("26 textes")
        tab.ask(QUESTION)
        answer = tab.current.locator(".answer")
        expect(answer).to_contain_text("YouTube", timeout=ANSWER_MS)
        expect(tab.current).not_to_have_attribute("data-running", "", timeout=ANSWER_MS)
        answer.locator(".cite").first.click()
        quote = "Facebook et YouTube lui refusent désormais toute diffusion."
        expect(tab.panel.locator("mark").filter(has_text=quote)).to_be_visible()


def test_the_figures_of_the_page_come_in_their_order(browser: Browser, url: str) -> None:
    seen = page_figures.measured(browser, url, QUESTION)
    times = [seen.passages, seen.evidence, seen.word, seen.sentence, seen.done]
    assert times == sorted(times)
    assert seen.passages > 0
    assert 0 <= seen.shift < page_figures.GOOD_SHIFT
