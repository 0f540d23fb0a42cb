"""What an answer knows of the ones before, how it fails, how it is stopped."""

import threading

import pytest

from rag.errors import BusyError
from rag.types import AnswerSentence, Checked, Citation, Done, Retrieved, Token, Turn
from tests.fakes_ui import (
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    SENTENCES,
    UNKNOWN_QUESTION,
    UNPROVED,
    FakeAssistant,
    Script,
    answer,
    assistant,
    hit,
    quoted,
)
from tests.test_ui import ask, exchange, phases
from ui import handlers, strings
from ui.conversation import Phase, Run
from ui.handlers import Desk
from ui.session import Session, begin, retry, stop


def test_earlier_turns_are_passed_without_marks_or_unverified_sentences() -> None:
    fake = assistant()
    session = ask(fake, MILL_QUESTION)[-1]
    session = ask(fake, UNKNOWN_QUESTION, session)[-1]
    ask(fake, MILL_QUESTION, session)
    turn = Turn(MILL_QUESTION, f"{SENTENCES[0]} {SENTENCES[1]}")
    assert [call.history for call in fake.asked] == [(), (turn,), (turn,)]


def test_a_question_asked_anew_does_not_know_what_came_after_it() -> None:
    fake = assistant()
    session = ask(fake, MILL_QUESTION)[-1]
    session = ask(fake, MILL_QUESTION, session)[-1]
    session = list(handlers.answer(Desk(fake), retry(session, 1)))[-1]
    assert [(item.number, item.phase) for item in session.exchanges] == [(1, Phase.DONE)]
    assert fake.asked[2].history == ()


def test_a_quotation_alone_says_so_and_is_passed_on_as_its_bare_quote() -> None:
    fake = FakeAssistant({MILL_QUESTION: quoted(MILL_QUESTION)})
    session = ask(fake, MILL_QUESTION)[-1]
    assert (exchange(session).phase, exchange(session).message) == (Phase.DONE, UNPROVED)
    assert exchange(session).quoted
    ask(fake, MILL_QUESTION, session)
    assert fake.asked[1].history == (Turn(MILL_QUESTION, BUILT),)


def test_an_expected_failure_ends_with_its_own_sentence() -> None:
    busy = BusyError("Trop de questions attendent ; réessayez.")
    fake = FakeAssistant({"Quand ?": Script((), busy)})
    sessions = ask(fake, "Quand ?")
    assert phases(sessions) == [Phase.SEARCHING, Phase.FAILED]
    assert exchange(sessions[-1]).message == "Trop de questions attendent ; réessayez."
    assert fake.asked[0].closed.is_set()


def test_an_unexpected_failure_is_logged_and_shown_in_general_terms(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake = FakeAssistant({"Quand ?": Script((Token("A"),), RuntimeError("détail secret"))})
    failed = exchange(ask(fake, "Quand ?")[-1])
    assert (failed.phase, failed.message) == (Phase.FAILED, strings.UNEXPECTED)
    assert failed.draft == "A"
    assert "détail secret" in caplog.text


def test_after_a_failure_the_next_question_is_answered() -> None:
    script = assistant().scripts[MILL_QUESTION]
    fake = FakeAssistant({"Quand ?": Script((), BusyError("non")), MILL_QUESTION: script})
    session = ask(fake, "Quand ?")[-1]
    assert exchange(ask(fake, MILL_QUESTION, session)[-1]).phase is Phase.DONE


def test_stop_ends_the_answer_closes_the_stream_and_tells_the_library() -> None:
    fake = assistant()
    session = begin(Session(), MILL_QUESTION)
    running = handlers.answer(Desk(fake), session)
    for _ in range(4):
        session = next(running)
    stop(session)
    (last,) = list(running)
    assert exchange(last).phase is Phase.STOPPED
    assert exchange(last).draft == "Le moulin "
    assert fake.asked[0].closed.is_set()
    assert fake.asked[0].cancelled()


def test_stop_reaches_an_answer_that_waits_inside_the_library() -> None:
    fake = assistant(gate=threading.Semaphore(0))
    session = begin(Session(), MILL_QUESTION)
    running = handlers.answer(Desk(fake), session)
    next(running)
    stop(session)
    assert [exchange(moved).phase for moved in running] == [Phase.STOPPED]


def test_closing_the_page_ends_the_answer() -> None:
    fake, closing = assistant(), threading.Event()
    running = handlers.answer(Desk(fake), begin(Session(), MILL_QUESTION), closing.is_set)
    next(running)
    closing.set()
    assert [exchange(moved).phase for moved in running] == [Phase.STOPPED]
    assert fake.asked[0].closed.is_set()


def test_closing_the_handler_closes_the_stream() -> None:
    fake = assistant()
    running = handlers.answer(Desk(fake), begin(Session(), MILL_QUESTION))
    for _ in range(3):
        next(running)
    assert not fake.asked[0].closed.is_set()
    running.close()
    assert fake.asked[0].closed.is_set()


def test_a_stopped_answer_is_not_passed_on_as_history() -> None:
    fake = assistant()
    session = begin(Session(), MILL_QUESTION)
    stop(session)
    session = list(handlers.answer(Desk(fake), session))[-1]
    ask(fake, UNKNOWN_QUESTION, session)
    assert [call.history for call in fake.asked] == [(), ()]


def test_an_answer_runs_once_however_often_it_is_called_for() -> None:
    fake = assistant()
    session = begin(Session(), MILL_QUESTION)
    first = list(handlers.answer(Desk(fake), session))
    assert exchange(first[-1]).phase is Phase.DONE
    assert list(handlers.answer(Desk(fake), session)) == []
    assert list(handlers.answer(Desk(fake), first[-1])) == []
    assert len(fake.asked) == 1


def test_an_answer_without_a_question_does_nothing() -> None:
    assert list(handlers.answer(Desk(assistant()), Session())) == []


def test_two_sessions_share_nothing() -> None:
    fake = assistant()
    one = ask(fake, MILL_QUESTION)[-1]
    two = ask(fake, UNKNOWN_QUESTION)[-1]
    assert [item.question for item in one.exchanges] == [MILL_QUESTION]
    assert [item.question for item in two.exchanges] == [UNKNOWN_QUESTION]
    assert fake.asked[1].history == ()


def test_stopping_one_session_leaves_another_alone() -> None:
    fake = assistant()
    stopped, other = begin(Session(), MILL_QUESTION), begin(Session(), MILL_QUESTION)
    first, second = (handlers.answer(Desk(fake), one) for one in (stopped, other))
    next(first)
    next(second)
    stop(stopped)
    assert exchange(list(first)[-1]).phase is Phase.STOPPED
    assert exchange(list(second)[-1]).phase is Phase.DONE


def test_a_run_starts_once_and_stops_for_good() -> None:
    run = Run()
    assert (run.start(), run.start(), run.stopping()) == (True, False, False)
    run.stop()
    run.stop()
    assert run.stopping()


def test_a_stream_that_ends_early_without_a_stop_counts_as_interrupted() -> None:
    fake = FakeAssistant({"Quand ?": Script((Retrieved((hit(MILL),)), Token("A")))})
    assert exchange(ask(fake, "Quand ?")[-1]).phase is Phase.STOPPED


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_is_passed_on_as_it_is(text: str) -> None:
    lost = Citation(1, text, text, text, text, 0, 10**9, 0.9)
    sentence = AnswerSentence(text, supported=True, citations=(lost,))
    whole = answer(text.strip(), [sentence])
    script = Script((Retrieved(whole.hits, lost), Token(text), Checked(sentence), Done(whole)))
    fake = FakeAssistant({text.strip(): script})
    done = exchange(ask(fake, text)[-1])
    assert done.phase is Phase.DONE
    assert fake.asked[0].question == text.strip()
    (source,) = done.sources
    assert (source.title, source.quote, source.before, source.after) == (text, text, "", "")
