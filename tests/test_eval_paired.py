"""Two systems compared: tests against published values, hand calculation and scipy."""

import math

import numpy as np
import pytest
from scipy.stats import binomtest  # type: ignore[import-untyped]  # scipy brings no types

from eval.estimate import mean
from eval.paired import Comparison, compare, difference, holm, mcnemar, sign_flip


def apart(rows: int) -> list[str]:
    """Return a cluster of its own for each row."""
    return [str(row) for row in range(rows)]


def outcomes(fixed: int, broken: int, same: int = 0) -> tuple[list[float], list[float]]:
    """Return the values before and after of so many questions."""
    before = [0.0] * fixed + [1.0] * broken + [1.0] * same
    after = [1.0] * fixed + [0.0] * broken + [1.0] * same
    return before, after


@pytest.mark.parametrize(
    ("fixed", "broken", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (6, 0, 2 / 64),
        (0, 6, 2 / 64),
        (5, 1, 14 / 64),
        (4, 4, 1.0),
    ],
)
def test_mcnemar_is_the_sign_test_of_the_changes(fixed: int, broken: int, p: float) -> None:
    assert mcnemar(*outcomes(fixed, broken, same=20)) == pytest.approx(p)


def test_mcnemar_sums_both_tails_of_the_binomial() -> None:
    tail = sum(math.comb(46, changes) for changes in range(10)) / 2**46
    assert mcnemar(*outcomes(9, 37)) == pytest.approx(2 * tail)
    assert mcnemar(*outcomes(37, 9)) == pytest.approx(2 * tail)


def test_mcnemar_refuses_other_values_and_other_lengths() -> None:
    with pytest.raises(ValueError, match="0 or 1"):
        mcnemar([0.5], [1.0])
    with pytest.raises(ValueError, match="shorter"):
        mcnemar([0.0, 1.0], [1.0])


def test_flips_of_few_clusters_are_all_tried() -> None:
    """Of the 32 flips of 1, 1, 1, -1, 2 five total 4 or more: 6, 4 (thrice) and 4: p = 10/32."""
    assert sign_flip([0.0] * 5, [1.0, 1.0, 1.0, -1.0, 2.0], apart(5)) == pytest.approx(10 / 32)


def test_flips_of_ones_alone_are_mcnemars_test() -> None:
    before, after = outcomes(fixed=9, broken=2, same=8)
    assert sign_flip(before, after, apart(19)) == pytest.approx(mcnemar(before, after))
    assert mcnemar(before, after) == pytest.approx(binomtest(2, 11).pvalue)


def test_flips_turn_whole_clusters() -> None:
    """Eight rows that all rise, but only two questions: half of the flips are as extreme."""
    before, after = outcomes(fixed=8, broken=0)
    assert sign_flip(before, after, ["a"] * 4 + ["b"] * 4) == pytest.approx(0.5)
    assert sign_flip(before, after, apart(8)) == pytest.approx(2 / 256)


def test_a_cluster_whose_rows_cancel_says_nothing() -> None:
    before, after = outcomes(fixed=7, broken=1)
    assert sign_flip(before, after, [*apart(7), "6"]) == pytest.approx(2 / 64)
    assert sign_flip([0.0, 1.0], [1.0, 0.0], ["a", "a"]) == 1.0


def test_flips_of_many_clusters_are_drawn() -> None:
    """Of 30 against 10 changes: within Monte Carlo error of the exact 0.0022, and seeded."""
    before, after = outcomes(fixed=30, broken=10)
    found = sign_flip(before, after, apart(40), seed=1)
    assert found == pytest.approx(binomtest(10, 40).pvalue, abs=0.0015)
    assert found == sign_flip(before, after, apart(40), seed=1)
    middling = outcomes(fixed=22, broken=18)
    seeds = {sign_flip(*middling, apart(40), seed=seed) for seed in range(3)}
    assert len(seeds) == 3


def test_drawn_flips_never_give_an_impossible_p() -> None:
    before, after = outcomes(fixed=60, broken=0)
    assert sign_flip(before, after, apart(60)) == pytest.approx(2 / 10_000)


def test_flips_want_a_cluster_for_each_pair() -> None:
    with pytest.raises(ValueError, match="2 pairs with 1 clusters"):
        sign_flip([0.0, 0.0], [1.0, 1.0], ["a"])
    with pytest.raises(ValueError, match="0 pairs"):
        sign_flip([], [], [])


def test_a_difference_is_that_of_the_pairs() -> None:
    """Both systems vary much and always differ by a quarter: nothing is left to chance."""
    before = [float(value) for value in np.random.default_rng(0).integers(0, 64, 50)]
    found = difference(before, [value + 0.25 for value in before], apart(50))
    assert (found.value, found.low, found.high, found.n) == (0.25, 0.25, 0.25, 50)


def test_a_difference_is_positive_for_the_better_one_after() -> None:
    before, after = outcomes(fixed=3, broken=1, same=4)
    assert difference(before, after, apart(8)).value == 0.25
    assert difference(after, before, apart(8)).value == -0.25
    changes = [new - old for old, new in zip(before, after, strict=True)]
    assert difference(before, after, apart(8), seed=5) == mean(changes, apart(8), seed=5)


def test_the_test_fits_the_values() -> None:
    before, after = outcomes(fixed=8, broken=0)
    twos = ["a", "a", "b", "b", "c", "c", "d", "d"]
    shift = difference(before, after, apart(8))
    assert compare(before, after, apart(8)) == Comparison(shift, 2 / 256, "mcnemar")
    assert compare(before, after, twos).test == "sign_flip"
    assert compare(before, after, twos).p == pytest.approx(2 / 16)
    assert compare([0.5, 0.0], [1.0, 1.0], apart(2)).test == "sign_flip"


def test_one_cluster_is_compared_without_an_interval() -> None:
    found = compare([0.0, 0.0], [1.0, 1.0], ["a", "a"])
    assert (found.difference.value, found.p) == (1.0, 1.0)
    assert math.isnan(found.difference.low)


def test_holm_multiplies_by_how_many_are_left() -> None:
    """Holm's steps for .01, .04, .03, .005: .005·4, .01·3, .03·2, then .04 held up to .06."""
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert list(adjusted) == ["a", "b", "c", "d"]
    assert adjusted == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})


def test_holm_stops_at_one() -> None:
    assert holm({"a": 0.6, "b": 0.7}) == {"a": 1.0, "b": 1.0}
    assert holm({"a": 0.6}) == {"a": 0.6}
    assert holm({}) == {}


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_holm_refuses_what_is_no_p(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm({"a": p})
