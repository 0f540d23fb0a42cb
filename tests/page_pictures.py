"""Takes the pictures of docs/ anew: `make pictures`, or `python -m tests.page_pictures`.

The real page in a real browser, so that what they show is what a reader sees.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browsing import FLAGS, Tab, opened
from tests.conftest import find_browser
from tests.page_figures import examples
from tests.page_real import ANSWER_MS, real_page

DOCS = Path(__file__).resolve().parents[1] / "docs"
ANSWERED = "Où et quand se tient le HUBFORUM Paris 2014 ?"
REFUSED = "Qui a fondé TikTok ?"
PHONE = (390, 800)
SETTLED_MS = 700
"""For what slides or fades to come to rest."""


def main() -> None:
    """Take all the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    with sync_playwright() as playwright, real_page(options.index) as url:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        asked = examples(browser, url)[0]
        with opened(browser, url) as tab:  # the first answer is slower: not the one to show
            answered(tab, asked)
        desktop(browser, url)
        phone(browser, url)
        browser.close()


def desktop(browser: Browser, url: str) -> None:
    """Take the page with its panel, a refusal, and the panel in the dark."""
    with opened(browser, url) as tab:
        answered(tab, ANSWERED)
        tab.current.locator(".cite").first.click()
        picture(tab, "page.png")
        tab.page.keyboard.press("Escape")
        answered(tab, REFUSED)
        picture(tab, "refus.png")
    with opened(browser, url, dark=True) as tab:
        answered(tab, ANSWERED)
        tab.current.locator(".cite").first.click()
        picture(tab, "sombre.png")


def phone(browser: Browser, url: str) -> None:
    """Take the page as wide as a phone."""
    with opened(browser, url, PHONE) as tab:
        answered(tab, ANSWERED)
        picture(tab, "telephone.png")


def answered(tab: Tab, question: str) -> None:
    """Ask and wait for the end of the answer."""
    tab.ask(question)
    expect(tab.current).to_have_attribute("data-running", "")
    expect(tab.current).not_to_have_attribute("data-running", "", timeout=ANSWER_MS)


def picture(tab: Tab, name: str) -> None:
    """Write what the window shows, once it has come to rest."""
    tab.page.mouse.move(0, 0)
    tab.page.wait_for_timeout(SETTLED_MS)
    tab.page.screenshot(path=DOCS / name)


if __name__ == "__main__":
    main()
