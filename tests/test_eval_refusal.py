"""Refusal measures against values worked out by hand."""

from statistics import fmean

import pytest

from eval.measures.outcome import Outcome, outcome
from eval.measures.refusal import (
    RiskPoint,
    answer_rate,
    area_under_risk_coverage,
    crag_score,
    refusal_f1,
    refusal_precision,
    refusal_recall,
    risk_coverage,
)
from eval.types import Record
from tests import eval_samples as sample

RIGHT = sample.record()
WRONG = sample.record(response=sample.response(text="En 1700."))
REFUSED = sample.record(response=sample.response(refused=True))
RIGHTLY_REFUSED = sample.record(
    question=sample.unanswerable(), response=sample.response(refused=True)
)
MADE_UP = sample.record(question=sample.unanswerable())
UNTOLD = sample.record(question=sample.question(answers=()))

RUN = [RIGHT, RIGHT, RIGHT, WRONG, REFUSED, RIGHTLY_REFUSED, RIGHTLY_REFUSED, MADE_UP]
"""Five answerable questions, one of them refused, and three that are to be refused."""


def mean(values: list[float | None]) -> float:
    """Return the mean of the values that there are."""
    return fmean(value for value in values if value is not None)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (RIGHT, Outcome(should_refuse=False, refused=False, right=True, certainty=0.9)),
        (WRONG, Outcome(should_refuse=False, refused=False, right=False, certainty=0.9)),
        (REFUSED, Outcome(should_refuse=False, refused=True, right=False, certainty=0.9)),
        (RIGHTLY_REFUSED, Outcome(should_refuse=True, refused=True, right=True, certainty=0.9)),
        (MADE_UP, Outcome(should_refuse=True, refused=False, right=False, certainty=0.9)),
        (UNTOLD, Outcome(should_refuse=False, refused=False, right=None, certainty=0.9)),
    ],
)
def test_what_became_of_a_question(record: Record, expected: Outcome) -> None:
    assert outcome(record) == expected


def test_a_false_premise_is_to_be_corrected_and_not_refused() -> None:
    premise = sample.question(expected="correct_premise")
    assert outcome(sample.record(question=premise)).right is True
    refused = sample.record(question=premise, response=sample.response(refused=True))
    assert outcome(refused).right is False
    assert refusal_recall(refused) is None


def test_two_of_three_refusals_are_right() -> None:
    values = [refusal_precision(record) for record in RUN]
    assert values == [None, None, None, None, 0.0, 1.0, 1.0, None]
    assert mean(values) == 2 / 3


def test_two_of_three_questions_to_be_refused_are() -> None:
    values = [refusal_recall(record) for record in RUN]
    assert values == [None, None, None, None, None, 1.0, 1.0, 0.0]


def test_four_of_five_answerable_questions_are_answered() -> None:
    values = [answer_rate(record) for record in RUN]
    assert values == [1.0, 1.0, 1.0, 1.0, 0.0, None, None, None]


def outcomes(right: int, wrong: int, missed: int) -> list[Outcome]:
    """Return so many right refusals, wrong ones and questions wrongly answered."""
    return [
        *[outcome(RIGHTLY_REFUSED)] * right,
        *[outcome(REFUSED)] * wrong,
        *[outcome(MADE_UP)] * missed,
    ]


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    precision, recall = 3 / 4, 3 / 5
    expected = 2 * precision * recall / (precision + recall)
    assert refusal_f1(outcomes(right=3, wrong=1, missed=2)) == pytest.approx(expected)


def test_f1_at_its_ends() -> None:
    assert refusal_f1(outcomes(right=2, wrong=0, missed=0)) == 1.0
    assert refusal_f1(outcomes(right=0, wrong=0, missed=2)) == 0.0
    assert refusal_f1([outcome(RIGHT)]) is None


def test_crag_gives_one_nothing_or_takes_one() -> None:
    values = [crag_score(record) for record in [*RUN, UNTOLD]]
    assert values == [1.0, 1.0, 1.0, -1.0, 0.0, 0.0, 0.0, -1.0, None]


def answered(certainty: float | None, *, right: bool | None) -> Outcome:
    """Return the outcome of an answered question."""
    return Outcome(should_refuse=False, refused=False, right=right, certainty=certainty)


def test_the_curve_of_four_answers_among_five_questions() -> None:
    """Certain to doubtful: right, wrong, right, wrong; the fifth question is refused."""
    refused = Outcome(should_refuse=True, refused=True, right=True, certainty=0.95)
    some = [answered(0.6, right=False), answered(0.9, right=True), refused]
    run = [*some, answered(0.7, right=True), answered(0.8, right=False)]
    curve = risk_coverage(run)
    assert curve == (
        RiskPoint(0.9, 1 / 5, 0.0),
        RiskPoint(0.8, 2 / 5, 1 / 2),
        RiskPoint(0.7, 3 / 5, 1 / 3),
        RiskPoint(0.6, 4 / 5, 1 / 2),
    )
    assert area_under_risk_coverage(run) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_answers_of_the_same_certainty_are_one_point_in_any_order() -> None:
    run = [answered(0.9, right=True), answered(0.5, right=False), answered(0.5, right=True)]
    expected = (RiskPoint(0.9, 1 / 3, 0.0), RiskPoint(0.5, 1.0, 1 / 3))
    assert risk_coverage(run) == risk_coverage(run[::-1]) == expected
    assert area_under_risk_coverage(run) == pytest.approx((0 + 1 / 3 + 1 / 3) / 3)


def test_certainties_that_tell_nothing_have_the_share_of_wrong_answers_as_area() -> None:
    run = [answered(0.5, right=True)] * 3 + [answered(0.5, right=False)]
    assert area_under_risk_coverage(run) == pytest.approx(1 / 4)


def test_perfect_certainties_leave_a_smaller_area_than_inverted_ones() -> None:
    """One wrong answer of two: last it costs (0 + 1/2) / 2, first (1 + 1/2) / 2."""
    good = [answered(0.9, right=True), answered(0.1, right=False)]
    bad = [answered(0.1, right=True), answered(0.9, right=False)]
    assert (area_under_risk_coverage(good), area_under_risk_coverage(bad)) == (0.25, 0.75)


def test_a_system_that_tells_no_certainty_has_no_curve() -> None:
    run = [answered(None, right=True), answered(0.5, right=None)]
    assert (risk_coverage(run), area_under_risk_coverage(run)) == ((), None)
