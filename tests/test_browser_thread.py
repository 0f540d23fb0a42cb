"""The thread in a real browser: what follows on what, asking anew, opinions, the account."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from rag.types import Turn
from tests import browsing
from tests.browsing import ANSWERED, NO_ANSWER, Tab, opened, served
from tests.fakes_ui import (
    MILL_QUESTION,
    SENTENCES,
    UNKNOWN_QUESTION,
    FakeAssistant,
    assistant,
    mill_sentences,
    script,
)
from ui import strings
from ui.settings import PageSettings

pytestmark = pytest.mark.browser
browser = browsing.browser

FOLLOWING = "Et qui l’a bâti ?"
MILL_TURN = Turn(MILL_QUESTION, f"{SENTENCES[0]} {SENTENCES[1]}")


def talkative() -> FakeAssistant:
    """Return a fake that knows a following question, too."""
    fake = assistant()
    fake.scripts = {**fake.scripts, FOLLOWING: script(FOLLOWING, mill_sentences()[:1])}
    return fake


def ask_both(tab: Tab) -> None:
    """Ask the mill's question and the one that follows it."""
    tab.ask(MILL_QUESTION)
    tab.says(ANSWERED)
    tab.ask(FOLLOWING)
    expect(tab.current.locator(".question")).to_have_text(FOLLOWING)
    tab.says("1 phrase vérifiée sur 1 · 2,5\u00a0s")


def calls(fake: FakeAssistant) -> list[tuple[str, tuple[Turn, ...]]]:
    """Return what was asked and after which turns."""
    return [(call.question, call.history) for call in fake.asked]


def questions(tab: Tab) -> Locator:
    """Return the questions of the thread, the one in hand included."""
    return tab.page.locator(".exchange .question")


def test_a_question_follows_on_what_was_verified_before(browser: Browser) -> None:
    fake = talkative()
    with served(fake) as url, opened(browser, url) as tab:
        ask_both(tab)
        expect(questions(tab)).to_have_text([MILL_QUESTION, FOLLOWING])
        expect(tab.current.locator(".question")).to_be_in_viewport()
        assert calls(fake) == [(MILL_QUESTION, ()), (FOLLOWING, (MILL_TURN,))]
        earlier = tab.page.locator("#thread .exchange")
        earlier.locator(".cite").last.click()
        expect(tab.panel.locator(".source[data-lit]")).to_be_focused()
        expect(earlier.locator(".sentence[data-lit]")).to_have_text([f"{SENTENCES[1]}2"])


def test_a_question_is_asked_anew_and_what_came_after_it_goes(browser: Browser) -> None:
    fake = talkative()
    with served(fake) as url, opened(browser, url) as tab:
        ask_both(tab)
        tab.button(strings.RETRY).click()
        expect(tab.page.locator(".exchange[data-running]")).to_have_count(0)
        tab.says("1 phrase vérifiée sur 1 · 2,5\u00a0s")
        expect(questions(tab)).to_have_text([MILL_QUESTION, FOLLOWING])
        thread = tab.page.locator("#thread")
        thread.get_by_role("button", name=strings.RETRY).click()
        tab.says(ANSWERED)
        expect(questions(tab)).to_have_text([MILL_QUESTION])
        assert calls(fake)[2:] == [(FOLLOWING, (MILL_TURN,)), (MILL_QUESTION, ())]


def test_a_question_is_asked_in_other_words(browser: Browser) -> None:
    fake = talkative()
    with served(fake) as url, opened(browser, url) as tab:
        ask_both(tab)
        tab.page.locator("#thread").get_by_role("button", name=strings.EDIT).click()
        expect(tab.box).to_have_value(MILL_QUESTION)
        expect(tab.box).to_be_focused()
        tab.ask(UNKNOWN_QUESTION)
        tab.says(NO_ANSWER)
        expect(questions(tab)).to_have_text([UNKNOWN_QUESTION])
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(questions(tab)).to_have_text([UNKNOWN_QUESTION, MILL_QUESTION])
        assert calls(fake)[2:] == [(UNKNOWN_QUESTION, ()), (MILL_QUESTION, ())]


def test_the_last_question_is_undone_and_the_conversation_cleared(browser: Browser) -> None:
    fake = talkative()
    with served(fake) as url, opened(browser, url) as tab:
        expect(tab.page.get_by_label(strings.CONVERSATION, exact=True)).to_be_hidden()
        ask_both(tab)
        tab.menu(strings.UNDO).click()
        expect(questions(tab)).to_have_text([MILL_QUESTION])
        tab.says(ANSWERED)
        tab.ask(FOLLOWING)
        expect(questions(tab)).to_have_text([MILL_QUESTION, FOLLOWING])
        tab.says("1 phrase vérifiée sur 1 · 2,5\u00a0s")
        assert calls(fake)[2:] == [(FOLLOWING, (MILL_TURN,))]
        tab.menu(strings.CLEAR).click()
        expect(questions(tab)).to_have_text([MILL_QUESTION, FOLLOWING])
        tab.page.get_by_role("button", name=strings.CLEAR_SURE).click()
        expect(questions(tab)).to_have_count(0)
        expect(tab.page.get_by_text(strings.OPENING_TITLE)).to_be_visible()
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        assert calls(fake)[3:] == [(MILL_QUESTION, ())]


def kept(file: Path) -> list[tuple[str, str, str, Any]]:
    """Return the opinions in a file: the question, the rating, its reason and the turns before."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        (line["question"], line["feedback"]["rating"], line["feedback"]["reason"], line["history"])
        for line in lines
    ]


def test_an_opinion_and_its_reason_are_kept_in_the_file(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "avis.jsonl"
    settings = PageSettings(feedback=file)
    turns = [{"question": MILL_TURN.question, "answer": MILL_TURN.answer}]
    with served(talkative(), settings) as url, opened(browser, url) as tab:
        ask_both(tab)
        good, bad = (
            tab.current.get_by_role("button", name=name, exact=True)
            for name in (strings.GOOD, strings.BAD)
        )
        reason = tab.current.get_by_label(strings.REASON)
        expect(reason).to_be_hidden()
        good.click()
        expect(good).to_have_attribute("aria-pressed", "true")
        bad.click()
        expect(bad).to_have_attribute("aria-pressed", "true")
        expect(good).to_have_attribute("aria-pressed", "false")
        reason.fill("Il manque le métier d’Anselme Corbier.")
        with tab.page.expect_response("**/run/predict"):
            reason.press("Enter")
        expect(tab.current.get_by_text(strings.REASON_THANKS)).to_be_visible()
        expect(bad).to_be_focused()
        expect(reason).to_be_hidden()
        assert kept(file) == [
            (FOLLOWING, "good", "", turns),
            (FOLLOWING, "bad", "", turns),
            (FOLLOWING, "bad", "Il manque le métier d’Anselme Corbier.", turns),
        ]


def test_without_a_file_no_opinion_is_asked_for(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(tab.button(strings.RETRY)).to_be_visible()
        expect(tab.page.locator("[data-rating], .reason")).to_have_count(0)


def test_the_account_of_an_answer_unfolds_and_stays_open(browser: Browser, tmp_path: Path) -> None:
    settings = PageSettings(feedback=tmp_path / "avis.jsonl", replay=("--index", "mon index"))
    with served(talkative(), settings) as url, opened(browser, url) as tab:
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        account = tab.page.locator(".account").first
        expect(account).to_be_hidden()
        tab.current.get_by_text(strings.WHY).click()
        expect(account.locator("tbody tr")).to_have_text(
            [
                "Le moulin de Valbrunesection «\u00a0Histoire\u00a0»0,710,710,71mis de côté",
                "La cloche de Saint-Orlonsection «\u00a0Description\u00a0»0,250,250,25mis de côté",
            ]
        )
        expect(account.locator(".checks li")).to_have_text(
            [
                f"{SENTENCES[0]} appui 94\u00a0% · source 1",
                f"{SENTENCES[1]} appui 88\u00a0% · source 2",
                f"{SENTENCES[2]} non vérifié",
            ]
        )
        expect(account.locator(".command code")).to_have_text(
            f"parole ask '{MILL_QUESTION}' --index 'mon index'"
        )
        tab.current.locator("[data-rating=good]").click()
        expect(tab.current.locator("[data-rating=good]")).to_have_attribute("aria-pressed", "true")
        expect(account).to_be_visible()
        tab.ask(FOLLOWING)
        expect(questions(tab)).to_have_text([MILL_QUESTION, FOLLOWING])
        tab.says("1 phrase vérifiée sur 1 · 2,5\u00a0s")
        expect(account).to_be_visible()
        expect(tab.current.locator(".account")).to_be_hidden()
