"""Opinions, whole texts and exports, whatever the browser sends for their arguments."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes_ui import (
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    SENTENCES,
    UNKNOWN_QUESTION,
    assistant,
)
from ui import handlers
from ui.actions import RATINGS, rate
from ui.conversation import Phase
from ui.feedback import REASON_CHARACTERS, Feedback, FeedbackError
from ui.handlers import Desk
from ui.session import Session, begin

TODAY = dt.date(2026, 3, 9)
JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    10**400,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "1",
    "\ud800",
    [],
    [[[]]],
    {},
    {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
]
"""Values that a browser can send in the place of any other."""

START = MILL.text.index(BUILT)
END = START + len(BUILT)


def named(value: object) -> str:
    """Return a short name for a value in a test's report."""
    return repr(value)[:20]


def answered(*questions: str) -> Session:
    """Return the session in which the questions have been answered."""
    session, desk = Session(), Desk(assistant())
    for question in questions:
        session = list(handlers.answer(desk, begin(session, question)))[-1]
    return session


TALK = answered(MILL_QUESTION, UNKNOWN_QUESTION)


def ratings(session: Session) -> list[str]:
    """Return what was said of each exchange."""
    return [exchange.rating for exchange in session.exchanges]


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the opinions that were written."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# --- opinions


def test_an_opinion_is_shown_and_written_with_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    session = rate(Feedback(path), TALK, 2, "bad", "Le texte le dit.")
    assert ratings(session) == ["", "bad"]
    assert ratings(TALK) == ["", ""]
    (line,) = lines(path)
    assert line["question"] == UNKNOWN_QUESTION
    assert line["history"] == [
        {"question": MILL_QUESTION, "answer": f"{SENTENCES[0]} {SENTENCES[1]}"}
    ]
    told = (line["feedback"]["rating"], line["feedback"]["reason"])
    assert told == ("bad", "Le texte le dit.")


def test_an_opinion_of_an_earlier_answer_knows_nothing_of_later_ones(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    assert ratings(rate(Feedback(path), TALK, 1, "good", "")) == ["good", ""]
    assert lines(path)[0]["history"] == []


def test_an_opinion_can_be_changed_and_taken_back(tmp_path: Path) -> None:
    feedback, session, seen = Feedback(tmp_path / "avis.jsonl"), TALK, []
    for rating in ("good", "bad", ""):
        session = rate(feedback, session, 1, rating, "")
        seen.append(ratings(session)[0])
    assert seen == ["good", "bad", ""]
    assert [line["feedback"]["rating"] for line in lines(tmp_path / "avis.jsonl")] == seen


def test_without_a_file_an_opinion_is_only_shown() -> None:
    assert ratings(rate(None, TALK, 1, "good", "")) == ["good", ""]


@pytest.mark.parametrize("rating", ["GOOD", "good ", "<b>", "\ud800", "none"])
def test_an_unknown_rating_changes_nothing(rating: str, tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    assert rate(Feedback(path), TALK, 1, rating, "Bien.") is TALK
    assert not path.exists()


@pytest.mark.parametrize("rating", [value for value in JUNK if value != ""], ids=named)
def test_a_rating_that_is_no_text_changes_nothing(rating: Any, tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    assert rate(Feedback(path), TALK, 1, rating, "Bien.") is TALK
    assert not path.exists()


@pytest.mark.parametrize("number", [value for value in JUNK if value is not True], ids=named)
def test_an_opinion_of_no_exchange_changes_nothing(number: object, tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    assert rate(Feedback(path), TALK, number, "good", "Bien.") is TALK
    assert not path.exists()


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase.running])
def test_an_answer_that_is_not_there_yet_has_no_opinion(phase: Phase, tmp_path: Path) -> None:
    coming = begin(TALK, MILL_QUESTION)
    session = coming.with_exchange(replace(coming.exchanges[2], phase=phase))
    assert rate(Feedback(tmp_path / "avis.jsonl"), session, 3, "good", "") is session
    assert list(tmp_path.iterdir()) == []


def test_a_reason_is_kept_as_it_is_and_no_longer_than_a_page(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    for reason in (*HOSTILE, "x" * (REASON_CHARACTERS + 1)):
        rate(Feedback(path), TALK, 1, "bad", reason)
    kept = [json.loads(line) for line in path.read_bytes().decode().strip("\n").split("\n")]
    assert [line["feedback"]["reason"] for line in kept] == [*HOSTILE, "x" * REASON_CHARACTERS]


def test_an_opinion_that_cannot_be_written_is_told_and_not_shown(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "absent" / "avis.jsonl")
    with pytest.raises(FeedbackError, match="Votre avis n’a pas pu être enregistré"):
        rate(feedback, TALK, 1, "good", "")
    assert ratings(TALK) == ["", ""]


def test_the_ratings_are_those_of_the_page() -> None:
    assert RATINGS == ("", "good", "bad")


# --- whole texts
