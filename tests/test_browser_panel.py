"""The panel of sources in a real browser, by mouse, by keyboard and on a phone."""

import threading

import pytest
from playwright.sync_api import Browser, expect

from rag.types import AnswerSentence, Document, Section
from tests import browsing
from tests.browsing import ANSWERED, PHONE, Tab, opened, served
from tests.fakes_ui import (
    BELL,
    BUILT,
    MILL,
    MILL_QUESTION,
    SENTENCES,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    FakeAssistant,
    assistant,
    cite,
    script,
)
from ui import strings

pytestmark = pytest.mark.browser
browser = browsing.browser

SAID = "La digue a tenu pendant toute la tempête."
PARAGRAPHS = [f"Le gardien relève le niveau de l’eau du jour {n} puis rentre." for n in range(80)]
PARAGRAPHS[60] = SAID
DYKE = Document(
    id="corpus/digue.md",
    sha256="3" * 64,
    title="Le journal de la digue",
    text="\n\n".join(["Journal", *PARAGRAPHS]),
    sections=(Section(0, "Journal"),),
)
BEHIND = ":is(#conversation, #top, #tabs > .tab-wrapper)"
DYKE_QUESTION = "La digue a-t-elle tenu ?"


def two_texts() -> FakeAssistant:
    """Return a fake whose answer has two sentences on one source and one on another."""
    dyke, bell = (
        cite(1, DYKE, SAID),
        cite(2, BELL, "La cloche de Saint-Orlon pèse six cents kilos."),
    )
    sentences = (
        AnswerSentence("La digue a tenu.", supported=True, citations=(dyke,)),
        AnswerSentence("La cloche est lourde.", supported=True, citations=(bell,)),
        AnswerSentence("La tempête n’y a rien fait.", supported=True, citations=(dyke, bell)),
    )
    return FakeAssistant(
        {DYKE_QUESTION: script(DYKE_QUESTION, sentences)}, texts=(MILL, BELL, DYKE)
    )


def ask_two(tab: Tab) -> None:
    """Ask the question of `two_texts` and wait for its answer."""
    tab.ask(DYKE_QUESTION)
    tab.says("3 phrases vérifiées sur 3 · 2,5\u00a0s")


def test_a_number_opens_the_panel_at_its_source_and_the_cross_closes_it(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(tab.panel).to_have_count(0)
        number = tab.current.locator(".cite").get_by_text("2", exact=True)
        number.click()
        expect(tab.panel.get_by_role("heading", level=2)).to_have_text(f"{strings.SOURCES} 2")
        lit = tab.panel.locator(".source[data-lit]")
        expect(lit).to_be_focused()
        expect(lit.get_by_role("heading")).to_have_text("2Le moulin de Valbrune")
        expect(lit.locator(".facts")).to_have_text(
            "Claire Morvan, Anselme Corbier · mars 2019 · Histoire · appui 88\u00a0%"
        )
        expect(lit.locator("mark")).to_have_text(STOPPED_TURNING)
        expect(lit.locator("blockquote")).to_contain_text(MILL.text[-300:])
        tab.current.locator(".card").first.click()
        expect(lit.locator("mark")).to_have_text(BUILT)
        expect(tab.current.locator(".sentence[data-lit]")).to_have_text([f"{SENTENCES[0]}1"])
        tab.panel.get_by_role("button", name=strings.PANEL_CLOSE).click()
        expect(tab.panel).to_have_count(0)
        expect(tab.current.locator(".card").first).to_be_focused()
        expect(tab.page.locator("[data-lit], [data-open]")).to_have_count(0)


def test_the_panel_is_opened_walked_through_and_closed_by_keyboard(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        number = tab.current.locator(".cite").first
        tab.press_until("Shift+Tab", number)
        expect(tab.page.get_by_role("tooltip")).to_contain_text(BUILT)
        tab.page.keyboard.press("Enter")
        source = tab.panel.locator(".source").first
        expect(source).to_be_focused()
        walked = []
        for _ in range(4):
            tab.page.keyboard.press("Tab")
            walked.append(tab.focus.inner_text())
        assert walked == [
            "1\nLe moulin de Valbrune",
            strings.WHOLE_TEXT,
            strings.COPY_REFERENCE,
            "2\nLe moulin de Valbrune",
        ]
        tab.page.keyboard.press("Enter")
        expect(tab.current.locator(".sentence[data-lit]")).to_have_text([f"{SENTENCES[1]}2"])
        tab.page.keyboard.press("Tab")
        tab.page.keyboard.press("Enter")
        expect(tab.panel.locator("#stretch-panel")).to_be_focused()
        expect(tab.focus).to_have_text(STOPPED_TURNING)
        tab.page.keyboard.press("Escape")
        expect(tab.panel).to_have_count(0)
        expect(number).to_be_focused()


def test_hovering_a_number_shows_its_quote(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        tip = tab.page.get_by_role("tooltip")
        tab.current.locator(".cite").last.hover()
        expect(tip).to_have_text(f"Le moulin de Valbrune«\u00a0{STOPPED_TURNING}\u00a0»")
        expect(tab.current.locator(".cite").last).to_have_accessible_description(
            f"Le moulin de Valbrune «\u00a0{STOPPED_TURNING}\u00a0»"
        )
        tab.page.keyboard.press("Escape")
        expect(tip).to_have_count(0)
        tab.current.locator(".cite").first.hover()
        expect(tip).to_contain_text(BUILT)
        tab.current.locator(".question").hover()
        expect(tip).to_have_count(0)


def test_a_source_lights_the_sentences_that_rest_on_it(browser: Browser) -> None:
    with served(two_texts()) as url, opened(browser, url) as tab:
        ask_two(tab)
        tab.current.locator(".card").first.click()
        lit = tab.current.locator(".sentence[data-lit] bdi")
        expect(lit).to_have_text(["La digue a tenu.", "La tempête n’y a rien fait."])
        tab.panel.get_by_role("heading", name="La cloche de Saint-Orlon").click()
        expect(lit).to_have_text(["La cloche est lourde.", "La tempête n’y a rien fait."])
        expect(tab.current.locator(".card[data-open]")).to_contain_text("La cloche")


def test_the_whole_text_opens_at_the_quote_and_leads_back(browser: Browser) -> None:
    with served(two_texts()) as url, opened(browser, url) as tab:
        ask_two(tab)
        tab.current.locator(".cite").first.click()
        tab.panel.get_by_role("button", name=strings.WHOLE_TEXT).first.click()
        quote = tab.panel.locator("#stretch-panel")
        expect(quote).to_have_text(SAID)
        expect(quote).to_be_in_viewport()
        expect(tab.panel.get_by_role("heading", level=2)).not_to_be_in_viewport()
        expect(tab.panel.locator(".text p")).to_have_text(PARAGRAPHS)
        tab.panel.get_by_role("button", name=strings.PANEL_BACK, exact=True).click()
        expect(tab.panel.locator(".source[data-lit]")).to_be_focused()
        tab.panel.get_by_role("button", name=strings.WHOLE_TEXT).last.click()
        expect(tab.panel.get_by_role("heading", level=2)).to_have_text("La cloche de Saint-Orlon")
        expect(quote).to_have_text("La cloche de Saint-Orlon pèse six cents kilos.")


def test_the_evidence_is_read_in_its_text_while_the_answer_comes(browser: Browser) -> None:
    gate = threading.Semaphore(1)
    with served(assistant(gate)) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.button(strings.EVIDENCE_OPEN).click()
        quote = tab.panel.locator("#stretch-panel")
        expect(quote).to_have_text(BUILT)
        expect(quote).to_be_focused()
        gate.release(100)
        tab.says(ANSWERED)
        expect(quote).to_be_focused()


def test_a_nearest_passage_is_read_in_its_text(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(UNKNOWN_QUESTION)
        tab.button(strings.EVIDENCE_OPEN).last.click()
        expect(tab.panel.locator("#stretch-panel")).to_have_text(BELL.text)


def test_a_reference_and_an_answer_are_copied(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        tab.current.locator(".cite").first.click()
        reference = tab.panel.get_by_role("button", name=strings.COPY_REFERENCE).first
        reference.click()
        told = (
            "Claire Morvan et Anselme Corbier, «\u00a0Le moulin de Valbrune\u00a0», "
            "entretien, mars 2019, Histoire."
        )
        expect(tab.panel.get_by_text(strings.COPIED)).to_be_visible()
        assert tab.page.evaluate("navigator.clipboard.readText()") == told
        expect(reference).to_have_text(strings.COPY_REFERENCE)
        tab.button(strings.COPY).click()
        expect(tab.button(strings.COPIED)).to_be_visible()
        assert tab.page.evaluate("navigator.clipboard.readText()") == (
            f"{SENTENCES[0]} [1] {SENTENCES[1]} [2] {SENTENCES[2]} [non vérifié]\n\n"
            f"{strings.COPY_SOURCES}\n[1] {told}\n[2] {told}"
        )


def test_on_a_phone_the_panel_is_a_sheet_before_a_page_at_rest(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url, PHONE) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        number = tab.current.locator(".cite").first
        number.click()
        expect(tab.panel.locator(".source").first).to_be_focused()
        for _ in range(12):
            tab.page.keyboard.press("Tab")
            expect(tab.page.locator(f"{BEHIND} :focus")).to_have_count(0)
        tab.page.mouse.click(180, 20)
        expect(tab.panel).to_have_count(0)
        expect(number).to_be_focused()
        tab.current.locator(".cite").last.click()
        tab.panel.get_by_role("heading", name="Le moulin de Valbrune").last.click()
        expect(tab.panel).to_have_count(0)
        expect(tab.current.locator(".sentence[data-lit]")).to_have_text([f"{SENTENCES[1]}2"])
