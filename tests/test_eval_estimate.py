"""Intervals: against scipy, against closed forms and hand calculation, and with clusters."""

import math
from collections.abc import Sequence
from statistics import fmean, median

import numpy as np
import pytest
from scipy.stats import binomtest  # type: ignore[import-untyped]  # scipy brings no types

from eval.estimate import bootstrap, estimate, mean, rate
from eval.types import Estimate


def apart(rows: int) -> list[str]:
    """Return a cluster of its own for each row."""
    return [str(row) for row in range(rows)]


def ones(right: int, rows: int) -> list[float]:
    """Return that many ones among that many rows."""
    return [1.0] * right + [0.0] * (rows - right)


def ends(found: Estimate) -> tuple[float, float]:
    return found.low, found.high


@pytest.mark.parametrize(
    ("right", "rows"), [(8, 10), (0, 10), (10, 10), (1, 2), (130, 263), (1, 1)]
)
def test_a_rate_of_independent_rows_has_wilsons_interval(right: int, rows: int) -> None:
    known = binomtest(right, rows).proportion_ci(method="wilson")
    found = rate(ones(right, rows), apart(rows))
    assert (found.value, found.n) == (right / rows, rows)
    assert ends(found) == pytest.approx((known.low, known.high))


def test_wilsons_interval_is_that_of_newcombes_table() -> None:
    """Newcombe 1998, table I, method 3: 81 of 263 gives 0.2553 to 0.3662."""
    assert ends(rate(ones(81, 263), apart(263))) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_variants_that_go_together_count_as_one_question() -> None:
    """Each of 10 questions is asked 4 times, with the same outcome.

    The variance between the 10 clusters is p(1−p)/9 and that of 40 rows p(1−p)/39: d = 39/9.
    """
    values = [value for value in ones(6, 10) for _ in range(4)]
    clusters = [name for name in apart(10) for _ in range(4)]
    n, p, z = 40 / (39 / 9), 0.6, 1.959964
    centre, scale = p + z * z / (2 * n), 1 + z * z / n
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    found = rate(values, clusters)
    assert found.value == pytest.approx(0.6)
    assert found.n == 40
    assert ends(found) == pytest.approx(((centre - half) / scale, (centre + half) / scale))


def test_variants_that_go_their_own_ways_count_each() -> None:
    """A cluster that has both outcomes never makes the interval narrower than Wilson's."""
    clusters = [name for name in apart(20) for _ in range(2)]
    known = binomtest(20, 40).proportion_ci(method="wilson")
    assert ends(rate([1.0, 0.0] * 20, clusters)) == pytest.approx((known.low, known.high))


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_rows_that_are_all_alike_count_as_their_clusters(value: float) -> None:
    known = binomtest(int(5 * value), 5).proportion_ci(method="wilson")
    found = rate([value] * 30, [name for name in apart(5) for _ in range(6)])
    assert ends(found) == pytest.approx((known.low, known.high))
    assert found.low <= found.value <= found.high


def test_one_question_alone_says_little() -> None:
    known = binomtest(1, 1).proportion_ci(method="wilson")
    assert ends(rate([1.0, 1.0, 1.0], ["a"] * 3)) == pytest.approx((known.low, known.high))
    low, high = ends(rate([1.0, 0.0], ["a", "a"]))
    assert (low, high) == pytest.approx((0.5 - 0.44538, 0.5 + 0.44538), abs=1e-5)


def test_a_mean_has_about_the_interval_of_the_normal_law() -> None:
    values = [float(value) for value in np.random.default_rng(7).normal(10, 2, 400)]
    found = mean(values, apart(400))
    half = 1.959964 * float(np.std(values)) / 20
    assert found.value == pytest.approx(fmean(values))
    assert ends(found) == pytest.approx((found.value - half, found.value + half), abs=0.02)


def test_a_mean_of_clusters_is_as_wide_as_that_of_one_row_each() -> None:
    """Rows repeated within a cluster add nothing: the same draws, the same interval."""
    values = [float(value) for value in np.random.default_rng(3).random(30)]
    once = mean(values, apart(30))
    repeated = mean([v for v in values for _ in range(5)], [c for c in apart(30) for _ in range(5)])
    assert (repeated.value, *ends(repeated)) == pytest.approx((once.value, *ends(once)))
    assert repeated.n == 150


def test_a_mean_counts_rows_and_not_clusters() -> None:
    assert mean([1.0, 1.0, 1.0, 0.5], ["a", "a", "a", "b"]).value == 0.875


def test_two_clusters_give_an_interval_from_one_to_the_other() -> None:
    """Half of the draws take the same cluster twice."""
    found = mean([0.2, 0.4, 0.8, 0.8], ["a", "a", "b", "b"])
    assert ends(found) == pytest.approx((0.3, 0.8))


def test_the_order_of_rows_within_clusters_changes_nothing() -> None:
    one = mean([0.1, 0.9, 0.4, 0.3], ["a", "b", "a", "b"])
    other = mean([0.1, 0.4, 0.9, 0.3], ["a", "a", "b", "b"])
    assert one == other


def test_one_cluster_has_no_interval() -> None:
    for found in (mean([0.2, 0.4], ["a", "a"]), bootstrap([0.2, 0.4], fmean, ["a", "a"])):
        assert found.value == pytest.approx(0.3)
        assert math.isnan(found.low)
        assert math.isnan(found.high)


def test_the_seed_decides_the_draws() -> None:
    values, clusters = [0.1, 0.35, 0.8, 0.45, 0.62, 0.05, 0.71], apart(7)
    assert mean(values, clusters, seed=1) == mean(values, clusters, seed=1)
    assert mean(values, clusters, seed=1) != mean(values, clusters, seed=2)
    assert bootstrap(values, fmean, clusters, seed=1) != bootstrap(values, fmean, clusters, seed=2)


def test_a_statistic_that_is_the_mean_has_the_means_interval() -> None:
    values = [0.1, 0.9, 0.4, 0.3, 0.55, 0.2]
    clusters = ["a", "b", "a", "b", "c", "d"]
    one, other = bootstrap(values, fmean, clusters), mean(values, clusters)
    assert (one.value, *ends(one)) == pytest.approx((other.value, *ends(other)))


def test_a_median_has_about_the_interval_of_its_order_statistics() -> None:
    """The ends of a binomial interval for the median of 99: the 40th and the 60th value."""
    found = bootstrap([float(value) for value in range(99)], median, apart(99))
    assert found.value == 49
    assert ends(found) == pytest.approx((39, 59), abs=1)


def test_draws_in_which_a_statistic_is_undefined_are_left_out() -> None:
    def of_marked(rows: Sequence[tuple[bool, float]]) -> float:
        marked = [value for is_marked, value in rows if is_marked]
        return fmean(marked) if marked else math.nan

    rows = [(True, 0.5), (False, 9.0), (False, 9.0)]
    assert bootstrap(rows, of_marked, apart(3)) == Estimate(0.5, 0.5, 0.5, 3)


def test_zeros_and_ones_are_estimated_as_a_rate() -> None:
    assert estimate(ones(8, 10), apart(10)) == rate(ones(8, 10), apart(10))
    values = [0.5, 1.0, 0.0]
    assert estimate(values, apart(3), seed=4) == mean(values, apart(3), seed=4)


def test_rows_and_clusters_must_go_together() -> None:
    with pytest.raises(ValueError, match="0 rows with 0 clusters"):
        mean([], [])
    with pytest.raises(ValueError, match="2 rows with 1 clusters"):
        bootstrap([1, 2], fmean, ["a"])
    with pytest.raises(ValueError, match="1 rows with 2 clusters"):
        rate([1.0], ["a", "b"])


def test_a_rate_of_anything_but_zeros_and_ones_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or 1"):
        rate([0.5], ["a"])
