"""The page for those who do not see it or use no mouse: axe-core, announcements, language."""

import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Browser, FilePayload, expect

from tests import browsing
from tests.browsing import ANSWERED, NO_ANSWER, Tab, opened, served
from tests.fakes_ui import MILL, MILL_QUESTION, SENTENCES, UNKNOWN_QUESTION, assistant
from tests.upload_desk import PHARE_MD, desk_at
from ui import strings
from ui.settings import PageSettings

pytestmark = pytest.mark.browser
browser = browsing.browser

GRAVE = {"serious", "critical"}
LISTEN = """() => {
  window.told = [];
  new MutationObserver(() => window.told.push(document.querySelector("#announcer").textContent))
    .observe(document.querySelector("#announcer"), { childList: true });
}"""


def violations(tab: Tab) -> list[str]:
    """Return what axe-core finds seriously wrong with the page as it stands."""
    tab.frames()
    found = Axe().run(tab.page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, dark: bool
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "inbox"))
    settings = PageSettings(examples=(MILL_QUESTION,), feedback=tmp_path / "avis", uploads=True)
    found: dict[str, list[str]] = {}
    with (
        desk_at(tmp_path) as desk,
        served(assistant(), settings, desk.shelves) as url,
        opened(browser, url, dark=dark) as tab,
    ):
        found["opening"] = violations(tab)
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        tab.current.get_by_text(strings.WHY).click()
        tab.current.locator(".cite").first.click()
        found["answer"] = violations(tab)
        tab.panel.get_by_role("button", name=strings.WHOLE_TEXT).first.click()
        expect(tab.panel.locator("#stretch-panel")).to_be_focused()
        found["whole text"] = violations(tab)
        tab.page.keyboard.press("Escape")
        tab.ask(UNKNOWN_QUESTION)
        tab.says(NO_ANSWER)
        found["refusal"] = violations(tab)
        tab.tab(strings.TAB_CORPUS)
        tab.page.get_by_role("button", name=MILL.title).click()
        expect(tab.page.locator("#corpus-reading .text")).to_be_visible()
        found["corpus"] = violations(tab)
        tab.tab(strings.TAB_OWN)
        sent = [("phare.md", PHARE_MD), ("abime.pdf", b"%PDF-1.4")]
        tab.page.locator("#own-shelf input[type=file]").set_input_files(
            [FilePayload(name=name, mimeType="", buffer=data) for name, data in sent]
        )
        expect(tab.page.locator("#own-list .texts li")).to_have_count(1)
        found["own documents"] = violations(tab)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_what_happens_is_announced_once_and_politely(browser: Browser) -> None:
    gate = threading.Semaphore(0)
    with served(assistant(gate)) as url, opened(browser, url) as tab:
        announcer = tab.page.locator("#announcer")
        expect(announcer).to_have_attribute("aria-live", "polite")
        tab.page.evaluate(LISTEN)
        tab.ask(MILL_QUESTION)
        tab.says("Recherche…")
        words = len(" ".join(SENTENCES).split())
        for events, phase in (
            (1, "Lecture de 2 passages…"),
            (1, "Rédaction à partir de 2 passages…"),
            (words, "Vérification…"),
            (3, ANSWERED),
        ):
            gate.release(events)
            tab.says(phase)
        said = f"{ANSWERED} {SENTENCES[0]} {SENTENCES[1]} {SENTENCES[2]} non vérifié"
        expect(announcer).to_have_text(said)
        assert tab.page.evaluate("window.told") == [
            "En attente…",
            "Recherche…",
            "Lecture de 2 passages…",
            "Rédaction à partir de 2 passages…",
            "Vérification…",
            said,
        ]


def test_the_page_is_french_and_its_parts_have_names(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        expect(tab.page.locator("html")).to_have_attribute("lang", "fr")
        expect(tab.page).to_have_title("Parole")
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(tab.current.get_by_role("group", name=strings.ACTIONS)).to_be_visible()
        expect(tab.current.get_by_role("list", name=strings.SOURCES)).to_be_visible()
        tab.current.locator(".cite").first.click()
        expect(tab.panel).to_have_attribute("role", "complementary")
