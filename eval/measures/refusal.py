"""Whether a system knows when it does not know.

Precision, recall and F1 of refusing are those of Trust-Align (Song et al., ICLR 2025); they
say nothing without the answer rate, since a system that always refuses has a recall of 1.
The other figures weigh answers against refusals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.measures.outcome import Outcome, outcome, should_refuse
from eval.types import Record

Column = NDArray[np.float64]


def refusal_precision(record: Record) -> float | None:
    """Return 1 if a refused question was to be refused, else 0; None if it is answered.

    The mean over questions is the precision: right refusals / refusals.
    """
    return float(should_refuse(record.question)) if record.response.refused else None


def refusal_recall(record: Record) -> float | None:
    """Return 1 if a question to be refused is refused, else 0; None for all others.

    The mean over questions is the recall: right refusals / questions to be refused.
    """
    return float(record.response.refused) if should_refuse(record.question) else None


def answer_rate(record: Record) -> float | None:
    """Return 1 if an answerable question is answered, rightly or not; None for all others."""
    return float(not record.response.refused) if record.question.answerable else None


def refusal_f1(outcomes: Sequence[Outcome]) -> float | None:
    """Return the harmonic mean of the precision and recall of refusing.

    2 TP / (2 TP + FP + FN), where TP are right refusals, FP wrong ones and FN questions
    that were to be refused and are answered. None if nothing is refused, nor had to be.
    """
    both = sum(item.refused and item.should_refuse for item in outcomes)
    either = sum(item.refused + item.should_refuse for item in outcomes)
    return 2 * both / either if either else None


def crag_score(record: Record) -> float | None:
    """Return +1 for a right answer, 0 for a refusal, −1 for a wrong answer.

    The truthfulness of CRAG (Yang et al., NeurIPS 2024), whose scale has a half point for
    acceptable answers that only a human can give. As there, a refusal counts 0 even where
    it is right, so that the mean is 0 for a system that always refuses, and below 0 for one
    that had better say nothing. None if nothing tells whether an answer is right.
    """
    ending = outcome(record)
    if ending.refused:
        return 0.0
    return None if ending.right is None else 1.0 if ending.right else -1.0


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The risk of answering at least this certain: wrong answers / answers.

    `coverage` is the share of all questions that are answered so.
    """

    certainty: float
    coverage: float
    risk: float


def risk_coverage(outcomes: Sequence[Outcome]) -> tuple[RiskPoint, ...]:
    """Return the risk–coverage curve (El-Yaniv and Wiener, JMLR 2010), most certain first.

    A refused question has no answer to be wrong: it counts among the questions and never
    among the answers, so that the curve ends at the share that the system did answer. There
    is one point a certainty, however many answers share it, and none at all if the system
    tells no certainty. Questions without a verdict are left out.
    """
    columns = (column.tolist() for column in _curve(outcomes))
    return tuple(RiskPoint(*point) for point in zip(*columns, strict=True))


def area_under_risk_coverage(outcomes: Sequence[Outcome]) -> float | None:
    """Return the mean risk over the coverages of the curve, from 0 to 1; None without a point.

    AURC (Geifman, Uziel and El-Yaniv, ICLR 2019): the mean over answers of the risk at
    their own certainty, hence the sum of risk × step in coverage, over the whole coverage.
    The lower the better; certainties that tell nothing give about the share of wrong answers.
    """
    _, coverage, risk = _curve(outcomes)
    if not len(coverage):
        return None
    return float(risk @ np.diff(coverage, prepend=0.0) / coverage[-1])


def _curve(outcomes: Sequence[Outcome]) -> tuple[Column, Column, Column]:
    """Return certainty, coverage and risk of each point of the curve."""
    known = [item for item in outcomes if item.right is not None and item.certainty is not None]
    answered = [(item.certainty, not item.right) for item in known if not item.refused]
    certainty, wrong = np.array(answered, np.float64).reshape(-1, 2).T
    order = np.argsort(-certainty)
    certainty, wrong = certainty[order], np.cumsum(wrong[order])
    last = np.flatnonzero(np.diff(certainty, append=-np.inf))  # of the answers that share one
    answers = last + 1
    return certainty[last], answers / max(len(known), 1), wrong[last] / answers
