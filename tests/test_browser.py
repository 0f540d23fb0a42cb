"""Asking in a real browser, over the scripted assistant: answers, refusals, stops, sessions."""

import threading

import pytest
from playwright.sync_api import Browser, expect

from rag.errors import BusyError
from rag.messages import BUSY
from rag.types import Event, Waiting
from tests import browsing
from tests.browsing import ANSWERED, NO_ANSWER, opened, served
from tests.fakes_ui import (
    BUILT,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    FakeAssistant,
    Script,
    assistant,
    mill_sentences,
    script,
)
from ui import strings
from ui.settings import PageSettings

pytestmark = pytest.mark.browser
browser = browsing.browser

SUGGESTED = "Qui a bâti le moulin\u00a0?"


def test_a_question_gets_its_answer_its_numbers_and_its_sources(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(tab.current.get_by_role("heading", level=2)).to_have_text(MILL_QUESTION)
        expect(tab.current.locator(".prose")).to_have_text(
            f"{SENTENCES[0]}1 {SENTENCES[1]}2 {SENTENCES[2]} non vérifié"
        )
        expect(tab.current.locator(".unverified")).to_have_text(f"{SENTENCES[2]} non vérifié")
        expect(tab.current.get_by_role("list", name="Sources").locator(".excerpt")).to_have_text(
            [BUILT, STOPPED_TURNING]
        )
        expect(tab.box).to_have_value("")
        expect(tab.box).to_be_focused()


def test_each_phase_is_shown_and_the_evidence_comes_before_the_first_word(browser: Browser) -> None:
    gate = threading.Semaphore(0)
    with served(assistant(gate)) as url, opened(browser, url) as tab:
        now = tab.current.locator(".steps .now")
        draft = tab.current.locator(".draft bdi").last
        tab.ask(MILL_QUESTION)
        tab.says("Recherche…")
        expect(now).to_have_text(["Recherche"])
        gate.release()
        tab.says("Lecture de 2 passages…")
        expect(now).to_have_text(["Lecture"])
        expect(tab.current.get_by_text(strings.EVIDENCE)).to_be_visible()
        expect(tab.current.locator(".evidence blockquote")).to_have_text(BUILT)
        expect(tab.current.locator(".prose")).to_have_count(0)
        gate.release(3)
        tab.says("Rédaction à partir de 2 passages…")
        expect(draft).to_have_text("Le moulin a")
        gate.release(len(" ".join(SENTENCES).split()) - 3 + 1)
        tab.says("Vérification…")
        expect(now).to_have_text(["Rédaction", "Vérification"])
        expect(tab.current.locator(".sentence")).to_have_text([f"{SENTENCES[0]}1"])
        expect(draft).to_have_text(f"{SENTENCES[1]} {SENTENCES[2]}")
        gate.release(3)
        tab.says(ANSWERED)
        expect(tab.current.locator(".prose .draft, .evidence")).to_have_count(0)


def test_a_refusal_explains_itself_and_offers_questions_that_have_an_answer(
    browser: Browser,
) -> None:
    fake = assistant()
    fake.scripts = {**fake.scripts, SUGGESTED: script(SUGGESTED, mill_sentences())}
    with served(fake) as url, opened(browser, url) as tab:
        tab.box.fill(UNKNOWN_QUESTION)
        tab.page.get_by_role("button", name=strings.ASK).click()
        tab.says(NO_ANSWER)
        expect(tab.current.locator(".message")).to_have_text(REFUSAL)
        expect(tab.current.locator(".near h4")).to_have_text(
            ["Le moulin de Valbrune", "La cloche de Saint-Orlon"]
        )
        expect(tab.current.locator(".examples")).to_have_text(
            f"{SUGGESTED}Combien pèse la cloche de Saint-Orlon\u00a0?"
        )
        tab.button(SUGGESTED).click()
        tab.says(ANSWERED)
        expect(tab.page.locator("#thread .question")).to_have_text([UNKNOWN_QUESTION])
        assert [call.question for call in fake.asked] == [UNKNOWN_QUESTION, SUGGESTED]


def test_an_answer_stops_in_the_middle_and_the_next_one_comes(browser: Browser) -> None:
    gate = threading.Semaphore(6)
    fake = assistant(gate)
    with served(fake) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        expect(tab.current.locator(".draft bdi").last).to_have_text("Le moulin a été bâti")
        tab.page.get_by_role("button", name=strings.STOP).click()
        tab.says("Réponse interrompue")  # although the assistant has not moved since
        assert fake.asked[0].closed.is_set()
        assert not gate.acquire(blocking=False)
        expect(tab.current.locator(".prose .draft")).to_contain_text("interrompu, jamais vérifié")
        expect(tab.page.get_by_role("button", name=strings.STOP)).to_have_count(0)
        gate.release(100)
        tab.ask(UNKNOWN_QUESTION)
        tab.says(NO_ANSWER)
        expect(tab.page.locator("#thread .question")).to_have_text([MILL_QUESTION])
        assert fake.asked[1].history == ()


def test_the_place_in_the_queue_is_told_as_it_changes(browser: Browser) -> None:
    gate = threading.Semaphore(2)
    found, *rest = script(MILL_QUESTION, mill_sentences()).events
    events: tuple[Event, ...] = (found, Waiting(2), Waiting(1), *rest)
    fake = FakeAssistant({MILL_QUESTION: Script(events)}, gate=gate)
    with served(fake) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says("2 réponses passent avant la vôtre")
        expect(tab.current.locator(".phase")).to_be_in_viewport()
        expect(tab.current.locator(".evidence blockquote")).to_have_text(BUILT)
        gate.release()
        tab.says("1 réponse passe avant la vôtre")
        gate.release(100)
        tab.says(ANSWERED)


def test_a_busy_server_says_so_and_the_question_can_be_asked_again(browser: Browser) -> None:
    fake = FakeAssistant({MILL_QUESTION: Script(error=BusyError(BUSY))})
    with served(fake) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says("Réponse impossible")
        expect(tab.current.locator(".message")).to_have_text(BUSY)
        fake.scripts = assistant().scripts
        tab.button(strings.RETRY).click()
        tab.says(ANSWERED)
        expect(tab.page.locator(".exchange")).to_have_count(1)


def test_two_sessions_stay_apart(browser: Browser) -> None:
    fake = assistant()
    with served(fake) as url, opened(browser, url) as one, opened(browser, url) as two:
        one.ask(MILL_QUESTION)
        one.says(ANSWERED)
        two.ask(UNKNOWN_QUESTION)
        two.says(NO_ANSWER)
        expect(two.page.locator(".question")).to_have_text([UNKNOWN_QUESTION])
        expect(one.page.locator(".question")).to_have_text([MILL_QUESTION])
        assert [call.history for call in fake.asked] == [(), ()]


def test_a_reload_gives_a_fresh_page(browser: Browser) -> None:
    fake = assistant()
    with served(fake) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        tab.visit(url)
        expect(tab.page.get_by_text(strings.OPENING_TITLE)).to_be_visible()
        expect(tab.current).to_have_count(0)
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        assert [call.history for call in fake.asked] == [(), ()]


def test_a_closed_tab_ends_its_answer_at_the_next_event(browser: Browser) -> None:
    gate = threading.Semaphore(3)
    fake = assistant(gate)
    with served(fake) as url:
        with opened(browser, url) as tab:
            tab.ask(MILL_QUESTION)
            expect(tab.current.locator(".prose .draft")).to_contain_text("Le moulin")
        assert not fake.asked[0].closed.is_set()
        with opened(browser, url):  # by then the server has seen the first tab go
            gate.release()
            assert fake.asked[0].closed.wait(timeout=60)
            assert not gate.acquire(blocking=False)


def test_the_opening_screen_tells_what_there_is_and_asks_an_example_by_a_click(
    browser: Browser,
) -> None:
    settings = PageSettings(examples=(MILL_QUESTION, UNKNOWN_QUESTION))
    with served(assistant(), settings) as url, opened(browser, url) as tab:
        opening = tab.page.locator("#opening")
        expect(opening.locator(".lead")).to_contain_text("2 textes")
        opening.locator("summary").click()
        expect(opening.locator(".known li")).to_have_text(
            [
                "Le moulin de ValbruneClaire Morvan · Anselme Corbier · mars 2019",
                "La cloche de Saint-Orlon",
            ]
        )
        opening.get_by_role("button", name="La cloche de Saint-Orlon").click()
        expect(tab.panel.get_by_role("heading", level=2)).to_have_text("La cloche de Saint-Orlon")
        opening.get_by_role("button", name=MILL_QUESTION).click()
        tab.says(ANSWERED)
        expect(opening).to_be_hidden()
        expect(tab.panel).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_line(browser: Browser) -> None:
    fake = FakeAssistant({"Quand\nexactement ?": script("Quand\nexactement ?", (), REFUSAL)})
    with served(fake) as url, opened(browser, url) as tab:
        expect(tab.box).to_be_focused()
        tab.page.keyboard.type("Quand")
        tab.page.keyboard.press("Shift+Enter")
        tab.page.keyboard.type("exactement ?")
        tab.page.keyboard.press("Enter")
        tab.says(NO_ANSWER)
        expect(tab.box).to_have_value("")
        assert [call.question for call in fake.asked] == ["Quand\nexactement ?"]
