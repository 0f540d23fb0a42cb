"""The figures of a run as rows ready to be printed, part by part."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.bench import strings as say
from eval.bench.types import UNITS, Figure, Measure, Part
from eval.report.numbers import decimal

DIGITS = 3
"""Digits that a figure shows: what varies by a few per cent has no more to say."""

HEROES = (
    Measure("ask", "parole", "first_word"),
    Measure("ask", "parole", "total"),
    Measure("ask", "naive", "ratio_total"),
    Measure("encode", "sentence-transformers", "ratio_total"),
    Measure("start", "ask", "process"),
    Measure("memory", "ask", "peak"),
)
"""The figures that stand above all others, of those that there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as a reader sees it."""

    label: str
    median: str
    quartiles: str
    p95: str
    n: str


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one part."""

    part: Part
    title: str
    note: str
    rows: tuple[Row, ...]


def sections(figures: Iterable[Figure]) -> tuple[Section, ...]:
    """Return the figures part by part, in their order."""
    return tuple(
        Section(part, *say.PARTS[part], tuple(map(row, some)))
        for part, some in groupby(figures, key=lambda found: found.measure.part)
    )


def heroes(figures: Sequence[Figure]) -> tuple[Row, ...]:
    """Return the few figures that matter most."""
    by_measure = {found.measure: found for found in figures}
    return tuple(row(by_measure[measure]) for measure in HEROES if measure in by_measure)


def row(found: Figure) -> Row:
    """Return a figure in its unit; one that was measured once has neither quartiles nor centile."""
    unit = UNITS[found.measure.name]
    median, p95 = shown(found.median, unit), shown(found.p95, unit)
    n = len(found.values)
    ends = say.QUARTILES.format(low=number(found.low, unit), high=number(found.high, unit))
    spread = say.UNITS[unit].format(number=ends)
    named = (label(found.measure), median)
    return Row(*named, spread, p95, str(n)) if n > 1 else Row(*named, "", "", str(n))


def label(measure: Measure) -> str:
    """Return what a reader calls a measure: the thing measured, how many, and what of it."""
    subject = say.SUBJECTS.get(measure.subject, measure.subject)
    scale = say.SCALES.get(measure.part, "").format(scale=grouped(measure.scale))
    return ", ".join(filter(None, (subject, scale, say.MEASURES[measure.name])))


def shown(value: float, unit: str) -> str:
    """Return a value in its unit."""
    return say.UNITS[unit].format(number=number(value, unit))


def number(value: float, unit: str) -> str:
    """Return a value without its unit: three digits, or all of them before the comma.

    A cosine has four decimals: what matters of it is how far from 1 it is.
    """
    if unit == "cosine":
        return decimal(value, 4)
    value = 100 * value if unit == "share" else value
    rounded = abs(float(f"{value:.{DIGITS}g}"))
    if rounded >= 10**DIGITS:
        return grouped(value)
    whole = math.floor(math.log10(rounded)) + 1 if rounded else 1
    return decimal(value, DIGITS - whole)


def grouped(value: float) -> str:
    """Return a whole number, thousands set apart by a narrow no-break space."""
    return f"{value:,.0f}".replace(",", "\u202f")
