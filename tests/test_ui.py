"""The page's handlers, driven as functions over the scripted assistant."""

import threading

import pytest

from rag.errors import BusyError
from rag.types import AnswerSentence, Retrieved, Token, Turn
from tests.fakes_ui import (
    BUILT,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    UNKNOWN_QUESTION,
    UNPROVED,
    FakeAssistant,
    Script,
    assistant,
    hit,
    quoted,
)
from ui import handlers, strings
from ui.conversation import Exchange, Phase, Run, history
from ui.handlers import Session


def ask(fake: FakeAssistant, question: str, session: Session | None = None) -> list[Session]:
    """Return the sessions that asking the question goes through."""
    return list(handlers.answer(fake, handlers.begin(session or Session(), question)))


def phases(sessions: list[Session]) -> list[Phase]:
    """Return the phases in order, each once."""
    return list(dict.fromkeys(exchange(session).phase for session in sessions))


def exchange(session: Session) -> Exchange:
    """Return the exchange in hand, which there must be."""
    assert session.current is not None
    return session.current


def test_an_answer_is_searched_written_checked_and_done() -> None:
    sessions = ask(assistant(), MILL_QUESTION)
    assert phases(sessions) == [Phase.SEARCHING, Phase.WRITING, Phase.CHECKING, Phase.DONE]
    done = exchange(sessions[-1])
    assert [sentence.text for sentence in done.sentences] == list(SENTENCES)
    assert [source.n for source in done.sources] == [1, 2]
    assert done.sources[0].before.endswith("où passait le chemin des muletiers. ")
    assert done.seconds == 2.46


def test_the_draft_grows_token_by_token() -> None:
    drafts = [exchange(session).draft for session in ask(assistant(), MILL_QUESTION)]
    assert drafts[1:5] == ["", "Le ", "Le moulin ", "Le moulin a "]


def test_a_refusal_keeps_its_reason_and_the_passages_found() -> None:
    refused = exchange(ask(assistant(), UNKNOWN_QUESTION)[-1])
    assert (refused.phase, refused.message) == (Phase.REFUSED, REFUSAL)
    assert [found.passage.title for found in refused.hits] == [
        "Le moulin de Valbrune",
        "La cloche de Saint-Orlon",
    ]


def test_earlier_turns_are_passed_without_marks_or_unverified_sentences() -> None:
    fake = assistant()
    session = ask(fake, MILL_QUESTION)[-1]
    session = ask(fake, UNKNOWN_QUESTION, session)[-1]
    ask(fake, MILL_QUESTION, session)
    turn = Turn(MILL_QUESTION, f"{SENTENCES[0]} {SENTENCES[1]}")
    assert [call.history for call in fake.asked] == [(), (turn,), (turn,)]


def test_a_quotation_alone_says_so_and_is_passed_on_as_its_bare_quote() -> None:
    fake = FakeAssistant({MILL_QUESTION: quoted(MILL_QUESTION)})
    session = ask(fake, MILL_QUESTION)[-1]
    assert (exchange(session).phase, exchange(session).message) == (Phase.DONE, UNPROVED)
    assert exchange(session).quoted
    ask(fake, MILL_QUESTION, session)
    assert fake.asked[1].history == (Turn(MILL_QUESTION, BUILT),)


def test_the_history_keeps_the_answered_turns_in_order() -> None:
    done = [
        Exchange(
            number=n,
            question=f"Q{n}",
            phase=Phase.DONE,
            sentences=(AnswerSentence(f"R{n}.", supported=True),),
        )
        for n in range(1, 6)
    ]
    assert [turn.question for turn in history(done)] == ["Q1", "Q2", "Q3", "Q4", "Q5"]


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
    assert "détail secret" in caplog.text


def test_after_a_failure_the_next_question_is_answered() -> None:
    script = assistant().scripts[MILL_QUESTION]
    fake = FakeAssistant({"Quand ?": Script((), BusyError("non")), MILL_QUESTION: script})
    session = ask(fake, "Quand ?")[-1]
    assert exchange(ask(fake, MILL_QUESTION, session)[-1]).phase is Phase.DONE


def test_stop_ends_the_answer_closes_the_stream_and_tells_the_library() -> None:
    fake = assistant()
    session = handlers.begin(Session(), MILL_QUESTION)
    running = handlers.answer(fake, session)
    for _ in range(4):
        session = next(running)
    handlers.stop(session)
    (last,) = list(running)
    assert exchange(last).phase is Phase.STOPPED
    assert exchange(last).draft == "Le moulin "
    assert fake.asked[0].closed.is_set()
    assert fake.asked[0].cancelled()


def test_stop_reaches_an_answer_that_waits_inside_the_library() -> None:
    fake = assistant(gate=threading.Semaphore(0))
    session = handlers.begin(Session(), MILL_QUESTION)
    running = handlers.answer(fake, session)
    next(running)
    handlers.stop(session)
    assert [exchange(moved).phase for moved in running] == [Phase.STOPPED]


def test_closing_the_page_ends_the_answer() -> None:
    fake, closing = assistant(), threading.Event()
    running = handlers.answer(fake, handlers.begin(Session(), MILL_QUESTION), closing.is_set)
    next(running)
    closing.set()
    assert [exchange(moved).phase for moved in running] == [Phase.STOPPED]
    assert fake.asked[0].closed.is_set()


def test_closing_the_handler_closes_the_stream() -> None:
    fake = assistant()
    running = handlers.answer(fake, handlers.begin(Session(), MILL_QUESTION))
    for _ in range(3):
        next(running)
    assert not fake.asked[0].closed.is_set()
    running.close()
    assert fake.asked[0].closed.is_set()


def test_a_stopped_answer_is_not_passed_on_as_history() -> None:
    fake = assistant()
    session = handlers.begin(Session(), MILL_QUESTION)
    handlers.stop(session)
    session = list(handlers.answer(fake, session))[-1]
    ask(fake, UNKNOWN_QUESTION, session)
    assert [call.history for call in fake.asked] == [(), ()]


def test_a_second_question_waits_for_the_end_of_the_first() -> None:
    session = handlers.begin(Session(), MILL_QUESTION)
    assert handlers.begin(session, UNKNOWN_QUESTION) is session


@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u00a0"])
def test_a_blank_question_changes_nothing(blank: str) -> None:
    session = Session()
    assert handlers.begin(session, blank) is session


def test_a_question_that_utf_8_cannot_carry_is_mended() -> None:
    assert exchange(handlers.begin(Session(), "Où \ud800 ?")).question == "Où ? ?"


def test_an_answer_runs_once_however_often_it_is_called_for() -> None:
    fake = assistant()
    session = handlers.begin(Session(), MILL_QUESTION)
    first = list(handlers.answer(fake, session))
    assert exchange(first[-1]).phase is Phase.DONE
    assert list(handlers.answer(fake, session)) == []
    assert len(fake.asked) == 1


def test_an_answer_without_a_question_does_nothing() -> None:
    assert list(handlers.answer(assistant(), Session())) == []


def test_two_sessions_share_nothing() -> None:
    fake = assistant()
    one = ask(fake, MILL_QUESTION)[-1]
    two = ask(fake, UNKNOWN_QUESTION)[-1]
    assert [item.question for item in one.exchanges] == [MILL_QUESTION]
    assert [item.question for item in two.exchanges] == [UNKNOWN_QUESTION]
    assert fake.asked[1].history == ()


def test_a_run_starts_once_and_stops_for_good() -> None:
    run = Run()
    assert (run.start(), run.start(), run.stopping()) == (True, False, False)
    run.stop()
    run.stop()
    assert run.stopping()


def test_a_stream_that_ends_early_without_a_stop_counts_as_interrupted() -> None:
    fake = FakeAssistant({"Quand ?": Script((Retrieved((hit(MILL),)), Token("A")))})
    assert exchange(ask(fake, "Quand ?")[-1]).phase is Phase.STOPPED
