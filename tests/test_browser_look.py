"""How the page looks in a real browser: narrow, light and dark, and at rest while it writes."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rag.types import AnswerSentence, Checked, Done, Event, Retrieved, Token
from tests import browsing
from tests.browsing import ANSWERED, DESK, NO_ANSWER, PHONE, Tab, opened, served
from tests.fakes_ui import (
    BELL,
    BUILT,
    MILL,
    MILL_QUESTION,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    FakeAssistant,
    Script,
    answer,
    assistant,
    cite,
)
from ui import strings
from ui.settings import PageSettings

pytestmark = pytest.mark.browser
browser = browsing.browser

LIGHT_PAPER, DARK_PAPER = "rgb(251, 249, 245)", "rgb(24, 22, 19)"
MOST_SHIFT = 0.1
"""Cumulative layout shift that still counts as good (web.dev/articles/cls)."""

WATCH_SHIFTS = """() => {
  window.shifts = [];
  window.watcher = new PerformanceObserver((list) => window.shifts.push(...list.getEntries()));
  window.watcher.observe({ type: "layout-shift", buffered: true });
}"""
FORGET_SHIFTS = "() => { window.watcher.takeRecords(); window.shifts = []; }"
TOTAL_SHIFT = """() => [...window.shifts, ...window.watcher.takeRecords()]
  .reduce((sum, entry) => sum + entry.value, 0)"""
AWAIT_CHANGE = """() => {
  window.changed = new Promise((tell) => new MutationObserver(tell).observe(
    document.querySelector("#current"), { subtree: true, childList: true, characterData: true }));
}"""


def widest(tab: Tab) -> int:
    """Return how many pixels wide the page is, or the panel if it would scroll sideways."""
    width: int = tab.page.evaluate(
        """() => Math.max(...["html", "body", "main", "#panel", "#corpus-reading", "#own-shelf"]
             .map((name) => document.querySelector(name)?.scrollWidth ?? 0))"""
    )
    return width


def test_no_state_of_the_page_is_wider_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    gate = threading.Semaphore(9)
    settings = PageSettings(examples=(MILL_QUESTION,), feedback=tmp_path / "avis.jsonl")
    seen: dict[str, int] = {}
    with served(assistant(gate), settings) as url, opened(browser, url, PHONE) as tab:

        def note(state: str) -> None:
            tab.frames()
            seen[state] = widest(tab)

        note("opening")
        tab.page.locator(".known summary").click()
        note("list of texts")
        tab.ask(MILL_QUESTION)
        tab.says("Rédaction à partir de 2 passages…")
        note("draft")
        gate.release(100)
        tab.says(ANSWERED)
        note("answer")
        tab.current.locator("[data-rating=bad]").click()
        expect(tab.current.get_by_label(strings.REASON)).to_be_visible()
        note("reason")
        tab.current.get_by_text(strings.WHY).click()
        note("account")
        tab.current.locator(".cite").first.click()
        note("sources")
        tab.panel.get_by_role("button", name=strings.WHOLE_TEXT).first.click()
        expect(tab.panel.locator("#stretch-panel")).to_be_focused()
        note("whole text")
        tab.page.keyboard.press("Escape")
        tab.page.locator("#scope > .label-wrap").click()
        note("filters")
        tab.menu(strings.UNDO)
        note("menu")
        tab.page.keyboard.press("Escape")
        tab.ask(UNKNOWN_QUESTION)
        tab.says(NO_ANSWER)
        note("refusal")
        tab.tab(strings.TAB_CORPUS)
        note("corpus")
        tab.page.get_by_role("button", name=MILL.title).click()
        expect(tab.page.locator("#corpus-reading .text")).to_be_visible()
        note("text of the corpus")
    assert {state: width for state, width in seen.items() if width > PHONE[0]} == {}


def on(paper: str, tab: Tab) -> None:
    """Wait until the page has the colour of that paper."""
    expect(tab.page.locator("html")).to_have_css("background-color", paper)


@pytest.mark.parametrize(
    ("dark", "first", "second"),
    [(False, LIGHT_PAPER, DARK_PAPER), (True, DARK_PAPER, LIGHT_PAPER)],
    ids=["light", "dark"],
)
def test_the_system_gives_the_theme_and_the_button_another_that_lasts(
    browser: Browser, first: str, second: str, *, dark: bool
) -> None:
    with served(assistant()) as url, opened(browser, url, dark=dark) as tab:
        on(first, tab)
        tab.page.emulate_media(color_scheme="light" if dark else "dark")
        on(second, tab)
        tab.page.emulate_media(color_scheme="dark" if dark else "light")
        tab.page.get_by_role("button", name=strings.THEME).click()
        on(second, tab)
        tab.visit(url)
        on(second, tab)
        tab.page.get_by_role("button", name=strings.THEME).click()
        on(first, tab)


LONG = tuple(
    AnswerSentence(text, supported=bool(quotes), citations=quotes)
    for text, quotes in (
        (("Le moulin de Valbrune a été bâti en 1742 par le meunier Anselme Corbier, "
         "sur la rive gauche du village."), (cite(1, MILL, BUILT),)),
        ("Il a cessé de tourner en 1931, quand la crue emporta le canal qui le nourrissait.",
         (cite(2, MILL, STOPPED_TURNING),)),
        ("Une dizaine d’ouvriers y travaillaient, dit-on, jusqu’à la fin.", ()),
        ("La cloche du bourg voisin, qui pèse six cents kilos, sonnait leur midi.",
         (cite(3, BELL, "La cloche de Saint-Orlon pèse six cents kilos."),)),
        ("Depuis 1988, une association restaure la charpente chaque été.",
         (cite(4, MILL, "Depuis 1988, une association en restaure la charpente chaque été."),)),
    )
)  # fmt: skip


def written(question: str) -> list[Event]:
    """Return the events of a long answer, each sentence checked before the next is written."""
    done = answer(question, LONG)
    events: list[Event] = [Retrieved(done.hits, cite(0, MILL, BUILT))]
    for sentence in LONG:
        words = sentence.text.split()
        events += [Token(" ".join([*words[n : n + 3], ""])) for n in range(0, len(words), 3)]
        events.append(Checked(sentence))
    return [*events, Done(done)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_jumps_while_an_answer_is_written(browser: Browser, size: tuple[int, int]) -> None:
    gate = threading.Semaphore(100)
    events = written(MILL_QUESTION)
    fake = FakeAssistant({MILL_QUESTION: Script(tuple(events))}, gate=gate)
    with served(fake) as url, opened(browser, url, size) as tab:
        done = "4 phrases vérifiées sur 5 · 2,5\u00a0s"
        tab.ask(MILL_QUESTION)
        tab.says(done)
        while gate.acquire(blocking=False):
            pass
        tab.page.evaluate(WATCH_SHIFTS)
        tab.ask(MILL_QUESTION)
        tab.says("Recherche…")
        tab.frames()
        tab.page.evaluate(FORGET_SHIFTS)
        for _ in events:
            tab.page.evaluate(AWAIT_CHANGE)
            gate.release()
            tab.page.evaluate("window.changed.then(() => 0)")
            tab.frames()
        tab.says(done)
        tab.frames()
        assert tab.page.evaluate(TOTAL_SHIFT) < MOST_SHIFT
