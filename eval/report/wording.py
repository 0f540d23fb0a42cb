"""What both forms of a report say of one question, in words."""

import re

from eval.measures.outcome import outcome
from eval.report import strings
from eval.report.failures import gold_rank
from eval.report.numbers import percent
from eval.types import Numeric, Question, Record

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that change how those around them are shown: controls and text directions."""


def visible(text: str) -> str:
    """Return a text whose steering characters are written as their code points."""
    return STEERING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def kind(question: Question) -> str:
    """Return the French name of a question's type."""
    return strings.TYPES.get(question.type, question.type)


def variant(question: Question) -> str:
    """Return the French name of a question's variant."""
    return strings.VARIANTS.get(question.variant, question.variant)


def verdict(record: Record) -> str:
    """Return which of `strings.VERDICTS` a question ends with."""
    ending = outcome(record)
    if ending.right is None:
        return "unknown"
    if ending.refused:
        return "rightly_refused" if ending.right else "wrongly_refused"
    return "right" if ending.right else "wrong"


def retrieval(record: Record) -> str:
    """Return where the evidence stood among the passages found; empty if there is none."""
    n = len(record.response.hits)
    if not (record.question.gold and n):
        return "" if n else strings.NO_HITS
    rank = gold_rank(record)
    if rank is None:
        return strings.NO_RANK.format(n=n)
    return strings.RANK.format(rank=rank, n=n)


def certainty(value: float) -> str:
    """Return how sure the system said it was."""
    return strings.CERTAINTY.format(value=percent(value))


def numeric(wanted: Numeric) -> str:
    """Return the number that was asked for, with its tolerance."""
    value, tolerance = (
        f"{number:g}".replace(".", ",") for number in (wanted.value, wanted.tolerance)
    )
    form = strings.NUMERIC if wanted.tolerance else strings.NUMERIC_EXACT
    return form.format(value=value, unit=wanted.unit, tolerance=tolerance)
