"""The command `parole chat` with the real models, asked in a real browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browsing import FLAGS, opened

pytestmark = pytest.mark.browser

ANSWER_MS = 240_000
"""Generous: the page is tried for what it says, its speed is another measurement."""


@pytest.fixture
def served_address(real_index: Path) -> Iterator[str]:
    """Start the command as a user would and return the address that it prints."""
    command = [sys.executable, "-c", "from ui.cli.main import main; main()", "chat", "--port", "0"]
    running = subprocess.Popen(
        [*command, "--index", str(real_index)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        told = running.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        yield found.group()
    finally:
        running.terminate()
        running.wait(timeout=60)


def test_a_student_reads_an_answer_with_its_source(served_address: str, chromium_path: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        with opened(browser, served_address) as tab:
            expect(tab.page.locator("body")).to_contain_text("26 textes")
            tab.ask("Quelles plateformes ont banni Alexis Cossette-Trudel ?")
            answer = tab.current.locator(".answer")
            expect(answer).to_contain_text("YouTube", timeout=ANSWER_MS)
            expect(tab.current).not_to_have_attribute("data-running", "", timeout=ANSWER_MS)
            answer.locator(".cite").first.click()
            quotes = tab.panel.locator("mark")
            expect(
                quotes.filter(
                    has_text="Facebook et YouTube lui refusent désormais toute diffusion."
                )
            ).to_be_visible()
        browser.close()
