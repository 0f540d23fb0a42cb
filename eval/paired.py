"""Two systems on the same questions: how much they differ, and whether chance would do it.

`before` and `after` are parallel, one value a question, with the question's cluster (its
base question): see `eval.estimate`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats  # type: ignore[import-untyped]  # scipy brings no types

from eval.estimate import SEED, mean
from eval.types import Estimate

# Sign flips are all tried up to 13 clusters (8,192), else as many are drawn at random.
_FLIPS = 9999


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: the mean of after − before with its interval, and the test's p-value."""

    difference: Estimate
    p: float
    test: Literal["mcnemar", "sign_flip"]


def compare(
    before: Sequence[float], after: Sequence[float], clusters: Sequence[str], *, seed: int = SEED
) -> Comparison:
    """Return the difference and the p-value of the test that fits the values.

    McNemar's if each value is 0 or 1 and each row a cluster of its own, else sign flips.

    Raises ValueError without rows, or if the three differ in length.
    """
    shift = difference(before, after, clusters, seed=seed)
    binary = all(value in {0, 1} for value in (*before, *after))
    if binary and len(set(clusters)) == len(clusters):
        return Comparison(shift, mcnemar(before, after), "mcnemar")
    return Comparison(shift, sign_flip(before, after, clusters, seed=seed), "sign_flip")


def difference(
    before: Sequence[float], after: Sequence[float], clusters: Sequence[str], *, seed: int = SEED
) -> Estimate:
    """Return the mean of after − before with its interval: the cluster bootstrap over pairs.

    Pairs stay together (Efron and Tibshirani 1993, §8.3 and §13.3), so that what a hard
    question costs both systems does not count as noise.

    Raises ValueError without rows, or if the three differ in length.
    """
    return mean(_differences(before, after), clusters, seed=seed)


def mcnemar(before: Sequence[float], after: Sequence[float]) -> float:
    """Return the two-sided p-value of McNemar's exact test, for values of 0 and 1.

    Of the b questions fixed and c broken, b follows Binomial(b + c, ½) if the systems are
    equally good (McNemar 1947; exact form, Dietterich 1998); 1 if nothing changed. Rows
    must be independent: for variants of the same questions take `sign_flip`.

    Raises ValueError for another value, or if the two differ in length.
    """
    if any(value not in {0, 1} for value in (*before, *after)):
        raise ValueError("McNemar's test needs values of 0 or 1")
    changes = _differences(before, after)
    fixed, broken = changes.count(1), changes.count(-1)
    if not fixed + broken:
        return 1.0
    return float(stats.binomtest(fixed, fixed + broken).pvalue)


def sign_flip(
    before: Sequence[float], after: Sequence[float], clusters: Sequence[str], *, seed: int = SEED
) -> float:
    """Return the two-sided p-value of the sign-flip permutation test over clusters.

    If the systems are equally good, the sum of after − before over a cluster is as likely
    with the other sign (Fisher 1935; Smucker et al. 2007 for retrieval). p is twice the share
    of flips whose total is at least as great, or at least as small, whichever is rarer: of
    all flips if 13 clusters or fewer differ, else (1 + count) / (1 + 9,999) over random ones
    (Phipson and Smyth 2010).

    Raises ValueError without rows, or if the three differ in length.
    """
    changes = _differences(before, after)
    if not changes or len(clusters) != len(changes):
        raise ValueError(f"{len(changes)} pairs with {len(clusters)} clusters: give one for each")
    totals = dict.fromkeys(clusters, 0.0)
    for cluster, change in zip(clusters, changes, strict=True):
        totals[cluster] += change
    moved = np.array([total for total in totals.values() if total])
    if len(moved) < 2:  # noqa: PLR2004  # one cluster is as far from zero either way
        return 1.0
    result = stats.permutation_test(
        (moved,),
        lambda signed, axis: np.sum(signed, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_FLIPS,
        batch=500,
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return the p-values of several measures adjusted for their number, by name.

    Holm (1979): the i-th smallest of m is multiplied by m − i + 1, made no smaller than those
    before it and at most 1. Then the chance of any false finding is below the level, whatever
    the measures have to do with each other.

    Raises ValueError for a p-value outside [0, 1].
    """
    if not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError(f"p-values lie between 0 and 1: {dict(p_values)}")
    adjusted: dict[str, float] = {}
    greatest = 0.0
    for rank, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        greatest = max(greatest, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = greatest
    return {name: adjusted[name] for name in p_values}


def _differences(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """Return after − before for each pair."""
    return [new - old for old, new in zip(before, after, strict=True)]
