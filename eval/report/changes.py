"""What changed since another run, as rows and groups of questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eval import strings as names
from eval.compare import Difference, Pair, compare
from eval.report import strings
from eval.report.numbers import count, decimal, figure, is_share
from eval.report.tables import SMALL
from eval.score import MEASURES
from eval.types import Record

SETTLED = 0.05
"""The adjusted p below which a difference is called one: the usual level."""

SMALLEST_P = 0.001
"""Below this, p is not written out."""

Verdict = Literal["better", "worse", "unsettled"]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after, as a reader sees it; `p` is adjusted for their number."""

    label: str
    before: str
    after: str
    change: str
    interval: str
    n: int
    small: bool
    p: str
    test: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed: figures, then questions under the title of what became of them."""

    title: str
    rows: tuple[Change, ...]
    groups: tuple[tuple[str, tuple[Pair, ...]], ...]


def changes(before: Sequence[Record], after: Sequence[Record], name: str) -> Changes:
    """Return what changed from one run to the other; a group without questions is left out.

    Args:
        before: the other run, of which `name` is the name.
        after: the run of the report.
        name: as a reader knows the other run.

    Raises:
        EvaluationError: the runs are not over the same questions.
    """
    found = compare(before, after)
    groups = (
        (strings.BROKEN, found.broken),
        (strings.FIXED, found.fixed),
        (strings.CHANGED, found.changed),
    )
    return Changes(
        title=strings.CHANGES_TITLE.format(system=name),
        rows=tuple(_change(name, difference) for name, difference in found.differences.items()),
        groups=tuple((count(len(pairs), title), pairs) for title, pairs in groups if pairs),
    )


def _change(name: str, difference: Difference) -> Change:
    """Return one measure's row."""
    change = difference.change
    low, high = _shift(name, change.low), _shift(name, change.high)
    known = not math.isnan(change.low)
    return Change(
        label=names.MEASURES[name][0],
        before=figure(name, difference.before),
        after=figure(name, difference.after),
        change=_points(name, _shift(name, change.value)),
        interval=strings.INTERVAL.format(low=low, high=high) if known else strings.NONE,
        n=change.n,
        small=change.n < SMALL,
        p=_p(difference.adjusted_p),
        test=strings.TESTS[difference.test].format(p=_p(difference.p)),
        verdict=_verdict(name, difference),
    )


def _shift(name: str, value: float) -> str:
    """Return a difference with its sign, that between two shares in points."""
    written = decimal(100 * value, 1) if is_share(name) else figure(name, value)
    return f"+{written}" if value > 0 else written


def _points(name: str, written: str) -> str:
    """Return a difference between two shares with its unit."""
    return strings.POINTS.format(number=written) if is_share(name) else written


def _p(value: float) -> str:
    """Return a p-value with three decimals, or that it is smaller than that."""
    return decimal(value, 3) if value >= SMALLEST_P else strings.TINY_P


def _verdict(name: str, difference: Difference) -> Verdict:
    """Return whether a difference is one, and for the better or the worse."""
    better = next(measure.better for measure in MEASURES if measure.name == name)
    if difference.adjusted_p >= SETTLED or better == "neither":
        return "unsettled"
    return "better" if (difference.change.value > 0) == (better == "higher") else "worse"
