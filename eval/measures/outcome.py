"""What became of a question: refused or answered, right or wrong; other measures rest on it."""

from dataclasses import dataclass

from eval.measures.correctness import inclusion
from eval.types import Question, Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question's end: what was right to do, what was done, whether that was right.

    `right` is None where nothing tells: a question to answer that has no accepted wording.
    """

    should_refuse: bool
    refused: bool
    right: bool | None
    certainty: float | None


def should_refuse(question: Question) -> bool:
    """Tell whether refusing is the right thing; a false premise is to be corrected instead."""
    return question.expected == "refuse"


def outcome(record: Record) -> Outcome:
    """Return what became of a question.

    Refusing is right if and only if the question is to be refused. An answer to such a
    question is wrong whatever it says; any other is right if it includes an accepted answer.
    """
    response, gold = record.response, should_refuse(record.question)
    if response.refused or gold:
        right: bool | None = response.refused and gold
    else:
        included = inclusion(record.question, response)
        right = None if included is None else included == 1
    return Outcome(gold, response.refused, right, response.certainty)
