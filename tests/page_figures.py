"""Prints how fast the page is for a reader: `make figures`, or `python -m tests.page_figures`.

The real page in a real browser: from pressing Enter to what the reader sees, as the browser's
own clock tells it, and how much the layout shifts meanwhile.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, expect, sync_playwright
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.hardware import describe
from tests.browsing import FLAGS, opened
from tests.conftest import find_browser
from tests.page_real import ANSWER_MS, LOADING_MS, real_page

GOOD_SHIFT = 0.1
"""Cumulative layout shift that still counts as good (web.dev/articles/cls)."""

WATCH = """() => {
  const seen = window.seen = { shift: 0 };
  const note = (name, there) => { if (there && !(name in seen)) seen[name] = performance.now(); };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: false });
  new MutationObserver(() => {
    const one = document.querySelector("#current .exchange");
    if (!one) return;
    note("passages", one.matches(":not([data-phase=waiting], [data-phase=searching])"));
    note("evidence", one.querySelector(".evidence"));
    note("word", one.querySelector(".answer .draft, .answer .sentence, .answer .unverified"));
    note("sentence", one.querySelector(".answer .sentence, .answer .unverified"));
    note("done", !one.hasAttribute("data-running"));
  }).observe(document.querySelector("#current"),
             { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener("keydown", (event) => { if (event.key === "Enter") {
    for (const name of Object.keys(seen)) delete seen[name];
    seen.shift = 0;
    seen.asked = performance.now();
  } }, true);
}"""
"""Notes when each thing was first there; the page is drawn some milliseconds after that."""

READ = """() => Object.fromEntries(["passages", "evidence", "word", "sentence", "done"].map(
  (name) => [name, ((window.seen[name] ?? window.seen.done) - window.seen.asked) / 1000]
).concat([["shift", window.seen.shift]]))"""
"""The seconds of each; what never came counts as late as the end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from Enter to the first passages found, the best sentence, the first word, the
    first checked sentence and the end; the layout shift without unit."""

    passages: float
    evidence: float
    word: float
    sentence: float
    done: float
    shift: float


def measured(browser: Browser, url: str, question: str) -> Seen:
    """Ask the question in a new tab and return what its reader saw when."""
    with opened(browser, url) as tab:
        tab.page.evaluate(WATCH)
        tab.ask(question)
        expect(tab.current).to_have_attribute("data-running", "")
        expect(tab.current).not_to_have_attribute("data-running", "", timeout=ANSWER_MS)
        tab.page.wait_for_timeout(500)  # what comes after the end shifts the layout as well
        return Seen(**tab.page.evaluate(READ))


def examples(browser: Browser, url: str) -> list[str]:
    """Wait until the models are loaded; return the questions of the opening screen."""
    page = browser.new_page()
    page.goto(url)
    shown = page.locator("#opening [data-action=example_select]")
    expect(shown.first).to_be_visible(timeout=LOADING_MS)
    questions = [text.strip() for text in shown.all_inner_texts()]
    page.close()
    return questions


def table(seen: Sequence[Seen]) -> Table:
    """Return the median and the range of each figure."""
    made = Table("figure", "median", "least", "most")
    for name in asdict(seen[0]):
        values = [getattr(one, name) for one in seen]
        digits = 3 if name == "shift" else 2
        made.add_row(name, *(f"{of(values):.{digits}f}" for of in (median, min, max)))
    return made


def main() -> None:
    """Ask the questions of the opening screen, the first one once before to warm up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    console = Console()
    console.print(describe())
    with sync_playwright() as playwright, real_page(options.index) as url:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        questions = examples(browser, url)
        measured(browser, url, questions[0])
        seen = [measured(browser, url, question) for question in track(questions)]
        browser.close()
    console.print(table(seen))


if __name__ == "__main__":
    main()
