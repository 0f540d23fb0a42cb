"""The values of a run as they come, so that an interruption leaves those it had."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from eval.bench.types import UNITS, Figure, Measure, Results
from eval.measures.latency import quantile

FORMAT = 1
"""Raised when the JSON changes in a way that a reader of it would stumble over."""


class Ledger:
    """Keeps every value by what it is of, in the order in which they were first noted."""

    def __init__(self) -> None:
        self._values: dict[Measure, list[float]] = {}

    def note(self, measure: Measure, value: float) -> None:
        """Keep one value.

        Raises:
            ValueError: nobody knows the unit of such a measure.
        """
        if measure.name not in UNITS:
            raise ValueError(f"{measure.name!r} has no unit")
        self._values.setdefault(measure, []).append(value)

    def figures(self) -> tuple[Figure, ...]:
        """Return what has been measured until now."""
        return tuple(figure(measure, values) for measure, values in self._values.items())


def figure(measure: Measure, values: Sequence[float]) -> Figure:
    """Return values, at least one, with median, quartiles and 95th percentile.

    Each is one of the values: see `eval.measures.latency.quantile`.
    """
    median, low, high, p95 = (quantile(values, share) for share in (0.5, 0.25, 0.75, 0.95))
    return Figure(measure, tuple(values), median, low, high, p95)


def as_json(results: Results) -> str:
    """Return a run as JSON: a line for each figure's object would be too long, hence indented."""
    rows = [_row(found) for found in results.figures]
    whole: Mapping[str, object] = {
        "format": FORMAT,
        "conditions": dict(results.conditions),
        "finished": list(results.finished),
        "figures": rows,
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n"


def _row(found: Figure) -> dict[str, object]:
    """Return a figure with its measure and unit beside its values."""
    row = asdict(found)
    measure = row.pop("measure")
    return {**measure, "unit": UNITS[found.measure.name], "n": len(found.values), **row}
