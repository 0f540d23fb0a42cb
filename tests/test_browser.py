"""The page in a real browser, over the scripted assistant; nothing may leave 127.0.0.1."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from rag.types import AnswerSentence, Document, Section
from tests.browsing import FLAGS, opened, served
from tests.fakes_ui import (
    BUILT,
    HOSTILE,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    UNKNOWN_QUESTION,
    FakeAssistant,
    assistant,
    cite,
    script,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return the machine's own Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield chromium
        chromium.close()


def test_a_question_gets_its_answer_its_numbers_and_its_quotes(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.phase("2 phrases vérifiées sur 3 · 2,5\u00a0s")
        expect(tab.page.get_by_role("heading", level=2)).to_have_text(MILL_QUESTION)
        expect(tab.page.locator("#current .checked")).to_have_text(
            f"{SENTENCES[0]}[1] {SENTENCES[1]}[2] {SENTENCES[2]} non vérifié"
        )
        quote = tab.page.locator("#source-1-1 mark")
        expect(quote).to_have_text(BUILT)
        around = tab.page.locator("#source-1-1 blockquote").inner_text()
        assert around.startswith("Le village de Valbrune s’étend sur deux rives")
        assert around.endswith("…")
        assert len(around) > len(BUILT) + 400


def test_a_citation_leads_to_its_source(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.page.get_by_role("link", name="Voir la source 2").click()
        assert tab.page.evaluate("document.querySelector(':target').id") == "source-1-2"
        assert tab.page.url == f"{url}#source-1-2"


def test_the_draft_streams_then_gives_way_to_checked_sentences(browser: Browser) -> None:
    gate = threading.Semaphore(0)
    with served(assistant(gate)) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.phase("Recherche…")
        gate.release(4)
        expect(tab.page.locator("#current .draft")).to_have_text(
            "Brouillon, pas encore vérifiéLe moulin a"
        )
        tab.phase("Rédaction à partir de 2 passages…")
        words = len(" ".join(SENTENCES).split())
        gate.release(words - 3 + 1)
        tab.phase("Vérification…")
        expect(tab.page.locator("#current .checked")).to_have_text(f"{SENTENCES[0]}[1]")
        expect(tab.page.locator("#current .draft")).to_have_text(
            f"Brouillon, pas encore vérifié{SENTENCES[1]} {SENTENCES[2]}"
        )
        gate.release(3)
        tab.phase("2 phrases vérifiées sur 3 · 2,5\u00a0s")
        expect(tab.page.locator("#current .draft")).to_have_count(0)


def test_a_refusal_shows_its_reason_and_the_nearest_passages(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.page.get_by_label("Votre question").fill(UNKNOWN_QUESTION)
        tab.page.get_by_role("button", name="Demander").click()
        tab.phase("Pas de réponse dans les textes")
        expect(tab.page.locator("#current .message")).to_have_text(REFUSAL)
        expect(tab.page.locator("#current .sources .title")).to_have_text(
            ["Le moulin de Valbrune", "La cloche de Saint-Orlon"]
        )


def test_an_answer_stops_in_the_middle_and_the_next_one_comes(browser: Browser) -> None:
    gate = threading.Semaphore(6)
    fake = assistant(gate)
    with served(fake) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        expect(tab.page.locator("#current .draft")).to_contain_text("Le moulin a été bâti")
        tab.page.get_by_role("button", name="Arrêter").click()
        tab.phase("Réponse interrompue")
        expect(tab.page.get_by_role("button", name="Arrêter")).to_be_disabled()
        assert fake.asked[0].closed.is_set()
        gate.release(100)
        tab.ask(UNKNOWN_QUESTION)
        tab.phase("Pas de réponse dans les textes")
        expect(tab.page.locator("#earlier summary")).to_have_text([MILL_QUESTION])


def test_two_sessions_stay_apart(browser: Browser) -> None:
    fake = assistant()
    with served(fake) as url, opened(browser, url) as one, opened(browser, url) as two:
        one.ask(MILL_QUESTION)
        one.phase("2 phrases vérifiées sur 3 · 2,5\u00a0s")
        two.ask(UNKNOWN_QUESTION)
        two.phase("Pas de réponse dans les textes")
        expect(two.page.locator("#earlier summary")).to_have_count(0)
        expect(one.page.get_by_role("heading", level=2)).to_have_text(MILL_QUESTION)
        assert [call.history for call in fake.asked] == [(), ()]


def test_a_closed_tab_ends_its_answer_at_the_next_event(browser: Browser) -> None:
    gate = threading.Semaphore(3)
    fake = assistant(gate)
    with served(fake) as url:
        with opened(browser, url) as tab:
            tab.ask(MILL_QUESTION)
            expect(tab.page.locator("#current .draft")).to_contain_text("Le moulin")
        assert not fake.asked[0].closed.is_set()
        with opened(browser, url):  # by then the server has seen the first tab go
            gate.release()
            assert fake.asked[0].closed.wait(timeout=60)


def test_an_example_is_asked_with_one_click(browser: Browser) -> None:
    with served(assistant(), [MILL_QUESTION]) as url, opened(browser, url) as tab:
        tab.page.get_by_role("button", name=MILL_QUESTION).click()
        tab.phase("2 phrases vérifiées sur 3 · 2,5\u00a0s")
        expect(tab.page.get_by_role("button", name=MILL_QUESTION)).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_line(browser: Browser) -> None:
    fake = FakeAssistant({"Quand\nexactement ?": script("Quand\nexactement ?", (), REFUSAL)})
    with served(fake) as url, opened(browser, url) as tab:
        box = tab.page.get_by_label("Votre question")
        expect(box).to_be_focused()
        tab.page.keyboard.type("Quand")
        tab.page.keyboard.press("Shift+Enter")
        tab.page.keyboard.type("exactement ?")
        tab.page.keyboard.press("Enter")
        tab.phase("Pas de réponse dans les textes")
        expect(box).to_have_value("")
        assert [call.question for call in fake.asked] == ["Quand\nexactement ?"]


def hostile_assistant(text: str, question: str) -> FakeAssistant:
    """Return a fake whose title, section, quote, answer and refusal are all `text`."""
    document = Document(
        id="corpus/piege.md",
        sha256="2" * 64,
        title=text,
        text=f"Avant. {text} Après.",
        sections=(Section(0, text),),
    )
    sentences = (
        AnswerSentence(text, supported=True, citations=(cite(1, document, text),)),
        AnswerSentence(text, supported=False),
    )
    return FakeAssistant(
        {question: script(question, sentences), "Non ?": script("Non ?", (), text)},
        texts=(document,),
    )


def test_hostile_texts_run_nothing_and_reach_nobody(browser: Browser) -> None:
    text = " ".join(HOSTILE)
    fake = hostile_assistant(text, text)
    with served(fake, [text[:200]]) as url, opened(browser, url) as tab:
        before = tab.page.locator("img, iframe, form, object, video, base").count()
        tab.ask(text)
        expect(tab.page.locator("#current .phase.done")).to_be_visible()
        tab.ask("Non ?")
        tab.phase("Pas de réponse dans les textes")
        tab.page.locator("#earlier summary").click()
        shown = tab.page.locator("#current .message").evaluate("element => element.textContent")
        assert shown == text
        assert tab.page.locator("#earlier mark").evaluate("one => one.textContent") == text
        assert tab.page.locator("#current, #earlier").locator("script, img, svg").count() == 0
        assert tab.page.locator("img, iframe, form, object, video, base").count() == before


def test_the_page_fits_a_narrow_screen(browser: Browser) -> None:
    with served(assistant(), [MILL_QUESTION]) as url, opened(browser, url) as tab:
        tab.page.set_viewport_size({"width": 360, "height": 740})
        tab.ask(MILL_QUESTION)
        tab.phase("2 phrases vérifiées sur 3 · 2,5\u00a0s")
        assert tab.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_policy_alone_keeps_a_script_from_reaching_out(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        reached = tab.page.evaluate(
            "() => fetch('http://192.0.2.1/').then(() => 'sent', error => error.name)"
        )
        assert reached == "TypeError"
