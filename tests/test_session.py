"""What a tab has asked: pure functions of a session, whatever the browser sends."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes_ui import MILL, MILL_QUESTION, UNKNOWN_QUESTION
from ui.conversation import Exchange, Phase, Run
from ui.filters import Filter
from ui.session import Session, begin, clear, edit, leave, looking, retry, stop, undo

OVER = [Phase.DONE, Phase.REFUSED, Phase.STOPPED, Phase.FAILED]
RUNNING = [phase for phase in Phase if phase not in OVER]

NUMBERS: list[Any] = [
    None,
    "",
    "1",
    "deux",
    "\ud800",
    0,
    -1,
    4,
    10**400,
    -(10**400),
    1.5,
    -0.0,
    float("nan"),
    float("inf"),
    float("-inf"),
    False,
    [],
    [1],
    [[[]]],
    {},
    {"exchange": 1},
    {"1": 1},
]
"""What a browser can send in the place of the number of an exchange, and is none of three."""


def talk(*phases: Phase) -> Session:
    """Return a session of one exchange for each phase, its last answer's run claimed."""
    exchanges = tuple(
        Exchange(number, f"Question {number} ?", phase)
        for number, phase in enumerate(phases, start=1)
    )
    run = Run()
    assert run.start()
    return Session(exchanges, run)


def asked(session: Session) -> list[tuple[int, str]]:
    """Return the numbers and the questions of a session."""
    return [(exchange.number, exchange.question) for exchange in session.exchanges]


THREE = talk(Phase.DONE, Phase.REFUSED, Phase.DONE)
FIRST, SECOND, THIRD = asked(THREE)


def test_a_new_session_has_nothing() -> None:
    session = Session()
    assert (session.current, session.earlier, session.running) == (None, (), False)
    assert (session.scope, session.own, session.editing) == (Filter(), False, 0)


def test_the_last_exchange_is_in_hand() -> None:
    assert THREE.current == THREE.exchanges[2]
    assert THREE.earlier == THREE.exchanges[:2]


@pytest.mark.parametrize("phase", list(Phase))
def test_a_session_runs_while_its_last_exchange_does(phase: Phase) -> None:
    assert talk(Phase.DONE, phase).running is (phase in RUNNING)
    assert not talk(phase, Phase.DONE).running


def test_a_question_begins_an_exchange_with_a_run_of_its_own() -> None:
    session = begin(THREE, f"  {MILL_QUESTION}\n")
    assert asked(session) == [FIRST, SECOND, THIRD, (4, MILL_QUESTION)]
    assert session.running
    assert session.current == Exchange(4, MILL_QUESTION, Phase.WAITING)
    assert session.run is not None
    assert session.run.start()
    assert asked(THREE) == [FIRST, SECOND, THIRD]


def test_a_second_question_waits_for_the_end_of_the_first() -> None:
    session = begin(Session(), MILL_QUESTION)
    assert begin(session, UNKNOWN_QUESTION) is session


@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u00a0"])
def test_a_blank_question_changes_nothing(blank: str) -> None:
    assert begin(THREE, blank) is THREE


@pytest.mark.parametrize("question", [None, 0, 1.5, True, [], ["Où ?"], {}, {"question": "Où ?"}])
def test_what_is_no_text_is_not_asked(question: object) -> None:
    assert begin(THREE, question) is THREE


def test_a_question_that_utf_8_cannot_carry_is_mended() -> None:
    current = begin(Session(), "Où \ud800 ?").current
    assert current is not None
    assert current.question == "Où ? ?"


def test_a_question_asked_anew_takes_its_own_place_and_drops_what_followed() -> None:
    session = retry(THREE, 2)
    assert asked(session) == [FIRST, SECOND]
    assert session.current == Exchange(2, SECOND[1])
    assert session.exchanges[0] == THREE.exchanges[0]
    assert session.run is not THREE.run
    assert session.editing == 0


def test_a_question_reworded_takes_its_own_place_and_drops_what_followed() -> None:
    waiting = edit(THREE, 2)
    assert (asked(waiting), waiting.editing) == ([FIRST, SECOND, THIRD], 2)
    session = begin(waiting, "Autrement ?")
    assert (asked(session), session.editing) == ([FIRST, (2, "Autrement ?")], 0)


def test_a_blank_rewording_loses_nothing() -> None:
    waiting = edit(THREE, 1)
    assert begin(waiting, "  ") is waiting


def test_the_first_and_the_last_question_can_be_reworded() -> None:
    assert asked(begin(edit(THREE, 1), "Autrement ?")) == [(1, "Autrement ?")]
    assert asked(begin(edit(THREE, 3), "Autrement ?")) == [FIRST, SECOND, (3, "Autrement ?")]


def test_the_last_choice_of_what_to_reword_counts() -> None:
    assert edit(edit(THREE, 1), 3).editing == 3
    assert asked(retry(edit(THREE, 1), 3)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: repr(number)[:20])
def test_a_number_that_no_exchange_has_changes_nothing(number: object) -> None:
    assert THREE.exchange(number) is None
    assert retry(THREE, number) is THREE
    assert edit(THREE, number) is THREE


@pytest.mark.parametrize("number", [1, 1.0, True])
def test_a_number_that_equals_one_is_the_first_exchange_and_no_other_type_is_kept(
    number: object,
) -> None:
    assert THREE.exchange(number) == THREE.exchanges[0]
    assert repr(edit(THREE, number).editing) == "1"
    assert repr(asked(retry(THREE, number))) == repr([FIRST])


@pytest.mark.parametrize("phase", RUNNING)
def test_while_an_answer_comes_nothing_but_a_stop_is_heard(phase: Phase) -> None:
    session = talk(Phase.DONE, phase)
    assert clear(session) is session
    assert begin(session, MILL_QUESTION) is session
    assert retry(session, 1) is session
    assert edit(session, 1) is session
    assert undo(session) is session


def test_undo_drops_the_last_exchange_until_there_is_none() -> None:
    two = undo(THREE)
    assert asked(two) == [FIRST, SECOND]
    assert undo(undo(two)).exchanges == ()
    assert undo(Session()).exchanges == ()


def test_undo_forgets_what_was_to_be_reworded() -> None:
    session = begin(undo(edit(THREE, 1)), MILL_QUESTION)
    assert asked(session) == [FIRST, SECOND, (3, MILL_QUESTION)]


def test_clear_drops_everything_but_where_to_look() -> None:
    scope = Filter(documents=(MILL.id,))
    session = clear(edit(looking(THREE, scope), 2))
    assert session == Session(scope=scope)
    assert asked(begin(session, MILL_QUESTION)) == [(1, MILL_QUESTION)]


def test_an_answer_that_was_left_counts_as_stopped_at_the_next_thing_done() -> None:
    """A connection that breaks closes the stream, and nobody hears of its end."""
    session = begin(THREE, MILL_QUESTION)
    assert session.run is not None
    session.run.end()
    after = begin(session, FIRST[1])
    assert [one.phase for one in after.exchanges[-2:]] == [Phase.STOPPED, Phase.WAITING]
    assert asked(retry(session, 4))[-1] == (4, MILL_QUESTION)
    assert edit(session, 4).editing == 4
    assert len(undo(session).exchanges) == 3
    assert clear(session).exchanges == ()


def test_a_session_without_an_answer_can_be_stopped_cleared_and_left() -> None:
    stop(Session())
    leave(Session())
    assert clear(Session()) == Session()


@pytest.mark.parametrize("end", [stop, leave])
def test_a_stop_or_a_tab_that_is_closed_reaches_the_run(end: Any) -> None:
    session = begin(Session(), MILL_QUESTION)
    moved = session.with_exchange(replace(session.exchanges[0], phase=Phase.WRITING))
    end(moved)
    assert session.run is not None
    assert session.run.stopping()


def test_a_run_that_was_stopped_does_not_stop_the_next_one() -> None:
    first = begin(Session(), MILL_QUESTION)
    stop(first)
    over = first.with_exchange(replace(first.exchanges[0], phase=Phase.STOPPED))
    second = retry(over, 1)
    assert second.run is not None
    assert not second.run.stopping()


def test_where_to_look_changes_nothing_else_and_stays_from_question_to_question() -> None:
    scope = Filter(genres=("entretien",))
    session = looking(THREE, scope)
    assert replace(session, scope=Filter()) == THREE
    assert retry(session, 1).scope == scope
    assert undo(session).scope == scope
    assert looking(session, Filter()) == THREE


def test_the_readers_own_documents_are_asked_until_they_are_not() -> None:
    own = looking(THREE, Filter(), own=True)
    assert replace(own, own=False) == THREE
    assert [change.own for change in (begin(own, "Où ?"), undo(own), clear(own))] == [True] * 3
    assert looking(own, Filter()) == THREE


def test_an_exchange_takes_the_place_of_its_number_alone() -> None:
    rated = replace(THREE.exchanges[1], rating="good")
    session = THREE.with_exchange(rated)
    assert [exchange.rating for exchange in session.exchanges] == ["", "good", ""]
    assert THREE.exchanges[1].rating == ""


def test_an_exchange_that_is_not_there_any_more_changes_nothing() -> None:
    assert THREE.with_exchange(Exchange(9, "Où ?")) == THREE
    assert Session().with_exchange(Exchange(1, "Où ?")) == Session()
