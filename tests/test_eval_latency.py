"""Times of a run, and whether two runs gave the same."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from eval.measures.determinism import differing
from eval.measures.latency import Latency, Stage, latency, quantile, tokens_per_second
from eval.types import Record
from tests import eval_samples as sample


def timed(seconds: Mapping[str, float], tokens: int = 10) -> Record:
    """Return a record that took so long."""
    return sample.record(response=sample.response(seconds=seconds, tokens=tokens))


def named(name: str, text: str = "En 1681.", seconds: float = 1.0) -> Record:
    """Return the answer to a question of this id."""
    return sample.record(
        question=sample.question(id=name),
        response=sample.response(text=text, seconds={"total": seconds}),
    )


def test_a_quantile_is_one_of_the_times_waited() -> None:
    twenty = [float(n) for n in range(20, 0, -1)]
    assert quantile(twenty, 0.5) == 10.0
    assert quantile(twenty, 0.95) == 19.0
    assert quantile([*twenty, 21.0], 0.95) == 20.0
    assert quantile([3.0], 0.95) == 3.0


def test_the_first_question_is_told_apart() -> None:
    cold = timed({"generate": 90.0, "total": 100.0}, tokens=90)
    warm = [timed({"generate": float(n), "total": n + 0.5}, tokens=30) for n in (1, 2, 3)]
    assert latency([cold, *warm]) == Latency(
        cold={"generate": 90.0, "total": 100.0},
        warm={"generate": Stage(2.0, 3.0, 3), "total": Stage(2.5, 3.5, 3)},
        tokens_per_second=90 / 6,
    )


def test_a_stage_is_taken_over_the_questions_that_went_through_it() -> None:
    records = [timed({"total": 9.0}), timed({"total": 1.0}), timed({"generate": 4.0, "total": 5.0})]
    assert latency(records).warm == {"total": Stage(1.0, 5.0, 2), "generate": Stage(4.0, 4.0, 1)}


def test_a_run_of_one_question_has_only_cold_times() -> None:
    assert latency([timed({"total": 9.0})]) == Latency({"total": 9.0}, {}, None)


def test_a_run_without_records_has_no_times() -> None:
    with pytest.raises(ValueError, match="no record"):
        latency([])


def test_seconds_without_tokens_do_not_slow_the_generator() -> None:
    some = sample.response(tokens=20, seconds={"generate": 2.0})
    none = sample.response(tokens=0, seconds={"generate": 8.0})
    assert tokens_per_second([some, none]) == 10.0
    assert tokens_per_second([none]) is None


def test_runs_that_differ_in_seconds_alone_are_the_same() -> None:
    assert differing([named("a"), named("b")], [named("b"), named("a", seconds=7.0)]) == ()


def test_every_other_difference_is_told_in_the_order_of_the_first_run() -> None:
    a = [named("a"), named("b"), named("c"), named("d")]
    certain = replace(a[2], response=replace(a[2].response, certainty=0.5))
    found = differing(a, [named("e"), named("d"), certain, named("b", "En 1682.")])
    assert found == ("a", "b", "c", "e")
