"""The figures that both forms of a report show, as rows ready to be printed."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval import strings as names
from eval.report import strings
from eval.report.numbers import figure, interval, is_share
from eval.score import ALL, MAIN, MEASURES, summarise
from eval.types import Estimate, Question, Record

SMALL = 20
"""With fewer questions the interval of a rate may be 40 points wide: it is shown in grey."""

HEROES = (MAIN, "citation_recall", "refusal_f1", "crag_score")
"""The figures that stand above all others."""

COLUMNS = (MAIN, "citation_recall", "answer_rate", "refusal_recall")
"""The measures of each slice."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an interval and its value stand on a strip, in per cent of its length."""

    left: float
    width: float
    value: float


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as a reader sees it; `small` if it rests on few questions."""

    label: str
    explanation: str
    value: str
    interval: str
    n: int
    small: bool
    place: Place | None


@dataclass(frozen=True, slots=True)
class Family:
    """The measures of one subject."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One slice of a run: a figure for each column, or None where nothing was measured."""

    label: str
    rows: tuple[Row | None, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A run cut into slices by one property of its questions."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def row(name: str, estimate: Estimate) -> Row:
    """Return a measure's row; one whose name is unknown is shown under its name alone."""
    label, explanation = names.MEASURES.get(name, (name, ""))
    if name in _LOWER:
        explanation = f"{explanation} {strings.LOWER_IS_BETTER}"
    return Row(
        label=label,
        explanation=explanation,
        value=figure(name, estimate.value),
        interval=interval(name, estimate),
        n=estimate.n,
        small=estimate.n < SMALL,
        place=_place(estimate) if is_share(name) else None,
    )


def heroes(summary: Mapping[str, Estimate]) -> tuple[Row, ...]:
    """Return the few figures that matter most, of those that there are."""
    return tuple(row(name, summary[name]) for name in HEROES if name in summary)


def families(summary: Mapping[str, Estimate]) -> tuple[Family, ...]:
    """Return all figures by subject, subjects and measures in the order of French names."""
    groups = {measure.name: measure.group for measure in ALL} | {"in_french": "language"}
    order = {name: rank for rank, name in enumerate(names.MEASURES)}
    subjects = {name: rank for rank, name in enumerate(names.MEASURE_GROUPS)}

    def rank(name: str) -> tuple[int, int]:
        return subjects.get(groups.get(name, ""), len(subjects)), order.get(name, len(order))

    found = sorted(summary, key=rank)
    return tuple(
        Family(
            names.MEASURE_GROUPS.get(group, strings.OTHER_MEASURES),
            tuple(row(name, summary[name]) for name in some),
        )
        for group, some in groupby(found, key=lambda name: groups.get(name, ""))
    )


def cuts(records: Sequence[Record]) -> tuple[Cut, ...]:
    """Return the run cut by type, document and variant, in the order of the French names."""
    labels = {name: names.MEASURES[name][0] for name in COLUMNS}
    return tuple(
        Cut(strings.CUTS[by], tuple(labels.values()), _lines(records, keys))
        for by, keys in _KEYS.items()
    )


def _types(question: Question) -> Iterable[str]:
    """Return the type of a question, by its French name."""
    return (strings.TYPES.get(question.type, question.type),)


def _documents(question: Question) -> Iterable[str]:
    """Return the documents that a question's evidence stands in, each once."""
    return dict.fromkeys(gold.document for gold in question.gold) or (strings.NO_DOCUMENT,)


def _variants(question: Question) -> Iterable[str]:
    """Return the variant of a question, by its French name."""
    return (strings.VARIANTS.get(question.variant, question.variant),)


_KEYS: Mapping[str, Callable[[Question], Iterable[str]]] = {
    "type": _types,
    "document": _documents,
    "variant": _variants,
}

_LOWER = {measure.name for measure in ALL if measure.better == "lower"}


def _lines(
    records: Sequence[Record], keys: Callable[[Question], Iterable[str]]
) -> tuple[Line, ...]:
    """Return the slices of a run; a question with several keys stands in several of them."""
    slices: dict[str, list[Record]] = {}
    for record in records:
        for key in keys(record.question):
            slices.setdefault(key, []).append(record)
    return tuple(_line(key, slices[key]) for key in sorted(slices, key=_rank))


def _line(label: str, records: Sequence[Record]) -> Line:
    """Return the figures of one slice."""
    wanted = [measure for measure in MEASURES if measure.name in COLUMNS]
    found = summarise(records, wanted)
    return Line(label, tuple(row(name, found[name]) if name in found else None for name in COLUMNS))


def _rank(label: str) -> tuple[int, str]:
    """Return where a slice stands: in the order of the French names, then by its own name."""
    known = (*strings.TYPES.values(), *strings.VARIANTS.values())
    return (known.index(label) if label in known else len(known), label)


def _place(estimate: Estimate) -> Place | None:
    """Return an interval's place on a strip from 0 to 1, None if it leaves that or has none."""
    if math.isnan(estimate.low) or estimate.low < 0 or estimate.high > 1:
        return None
    left, right = round(100 * estimate.low, 1), round(100 * estimate.high, 1)
    return Place(left, round(right - left, 1), round(100 * estimate.value, 1))
