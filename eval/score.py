"""The list of all measures: each is named once, here, for records, reports and comparisons.

Most have a value for each question, and their figure is the mean; a few are of a set of
questions only. Groups and names are those of `summary.json`.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol, TypeVar

from eval.estimate import bootstrap, estimate, mean
from eval.measures import citations, correctness, refusal
from eval.measures.language import Identifier, in_french
from eval.measures.latency import quantile, tokens_per_second, warm
from eval.measures.outcome import Outcome, outcome
from eval.measures.retrieval import RETRIEVAL, retrieval
from eval.measures.robustness import by_variant, robustness
from eval.types import Estimate, Question, Record, Response

Better = Literal["higher", "lower", "neither"]
Row = TypeVar("Row")

MAIN = "answer_inclusion"
"""The measure that stands first wherever there is room for one."""


class Summarised(Protocol):
    """Anything that has a figure for a set of questions."""

    @property
    def name(self) -> str:
        """What it is called everywhere."""
        ...

    @property
    def group(self) -> str:
        """The subject it belongs to, such as retrieval."""
        ...

    @property
    def better(self) -> Better:
        """Which way is better."""
        ...

    @property
    def share(self) -> bool:
        """Whether it lies between 0 and 1 and may be read as a percentage."""
        ...

    def over(self, records: Sequence[Record]) -> Estimate | None:
        """Return its figure for a run, None where there is nothing to measure."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with a value for each question, or None where it has none.

    `paired` is False if a value depends on what the system chose to do in such a way that
    two systems cannot be held against each other question by question.
    """

    name: str
    group: str
    of: Callable[[Record], float | None]
    better: Better = "higher"
    share: bool = True
    paired: bool = True

    def over(self, records: Sequence[Record]) -> Estimate | None:
        """Return the mean of the values that there are, clustered by base question.

        A share that is 0 or 1 for every question is a rate and gets Wilson's interval, so
        that one of 100 % has some width; all else gets the bootstrap's (`eval.estimate`).
        """
        pairs = [(self.of(record), record.question.base_id) for record in records]
        known = [(value, base_id) for value, base_id in pairs if value is not None]
        if not known:
            return None
        values, clusters = zip(*known, strict=True)
        return (estimate if self.share else mean)(values, clusters)


@dataclass(frozen=True, slots=True)
class SetMeasure:
    """A measure that only a set of questions has, with its own way to an interval."""

    name: str
    group: str
    over: Callable[[Sequence[Record]], Estimate | None]
    better: Better = "higher"
    share: bool = True


def _of(
    measure: Callable[[Question, Response], float | None],
) -> Callable[[Record], float | None]:
    """Return as a measure of a record one that looks at its question and response alone."""
    return lambda record: measure(record.question, record.response)


def _bootstrapped(
    rows: Iterable[tuple[Row, str]], statistic: Callable[[Sequence[Row]], float | None]
) -> Estimate | None:
    """Return a statistic of rows, each with its cluster; None where it is undefined."""

    def defined(some: Sequence[Row]) -> float:
        value = statistic(some)
        return math.nan if value is None else value

    values, clusters = [], []
    for row, cluster in rows:
        values.append(row)
        clusters.append(cluster)
    if statistic(values) is None:
        return None
    return bootstrap(values, defined, clusters)


def _over_outcomes(
    statistic: Callable[[Sequence[Outcome]], float | None], records: Sequence[Record]
) -> Estimate | None:
    """Return a statistic of what became of the questions."""
    return _bootstrapped(
        ((outcome(record), record.question.base_id) for record in records), statistic
    )


def _variant_loss(records: Sequence[Record]) -> Estimate | None:
    """Return what variants lose against their base question, over base questions."""
    found = robustness(records)
    return mean([item.loss for item in found.values()], list(found)) if found else None


def _variant_worst(records: Sequence[Record]) -> Estimate | None:
    """Return the share of base questions that are right in every wording."""
    found = robustness(records)
    return estimate([item.worst for item in found.values()], list(found)) if found else None


def _variant_consistency(records: Sequence[Record]) -> Estimate | None:
    """Return the share of variants that fare as their base question, over base questions."""
    found = robustness(records)
    values = [item.consistency for item in found.values()]
    return estimate(values, list(found)) if found else None


def _total(share: float, records: Sequence[Record]) -> Estimate | None:
    """Return a quantile of the seconds that an answer took in all."""
    rows = ((item.response.seconds.get("total"), item.question.base_id) for item in warm(records))
    known = [(seconds, base_id) for seconds, base_id in rows if seconds is not None]
    return _bootstrapped(known, lambda seconds: quantile(seconds, share)) if known else None


def _speed(records: Sequence[Record]) -> Estimate | None:
    """Return the tokens generated a second."""
    rows = ((item.response, item.question.base_id) for item in warm(records))
    return _bootstrapped(rows, tokens_per_second)


MEASURES: tuple[Measure, ...] = (
    Measure(MAIN, "correctness", _of(correctness.inclusion)),
    Measure("answer_inclusion_unmarked", "correctness", _of(correctness.inclusion_unmarked)),
    Measure("answer_inclusion_accents", "correctness", _of(correctness.inclusion_with_accents)),
    Measure("required_claims", "correctness", _of(correctness.claims)),
    Measure("forbidden", "correctness", _of(correctness.forbidden), "lower"),
    Measure("numeric", "correctness", _of(correctness.numeric)),
    Measure("token_f1", "correctness", _of(correctness.token_f1)),
    Measure("exact_match", "correctness", _of(correctness.exact_match)),
    Measure("answer_words", "correctness", _of(correctness.length), "neither", share=False),
    Measure("citation_precision", "citations", citations.citation_precision),
    Measure("citation_recall", "citations", citations.citation_recall),
    Measure("quote_exactness", "citations", citations.quote_exactness),
    Measure("supported_share", "citations", citations.supported_share),
    Measure("unmarked_share", "citations", citations.unmarked_share, "lower"),
    Measure("refusal_precision", "refusal", refusal.refusal_precision, paired=False),
    Measure("refusal_recall", "refusal", refusal.refusal_recall),
    Measure("answer_rate", "refusal", refusal.answer_rate),
    Measure("crag_score", "refusal", refusal.crag_score, share=False),
    *(Measure(name, "retrieval", partial(retrieval, name=name)) for name in RETRIEVAL),
)
"""The measures of one question."""

SET_MEASURES: tuple[SetMeasure, ...] = (
    SetMeasure("refusal_f1", "refusal", partial(_over_outcomes, refusal.refusal_f1)),
    SetMeasure(
        "risk_coverage_area",
        "refusal",
        partial(_over_outcomes, refusal.area_under_risk_coverage),
        "lower",
    ),
    SetMeasure("variant_loss", "robustness", _variant_loss, "lower", share=False),
    SetMeasure("variant_worst", "robustness", _variant_worst),
    SetMeasure("variant_consistency", "robustness", _variant_consistency),
    SetMeasure("seconds_p50", "latency", partial(_total, 0.50), "lower", share=False),
    SetMeasure("seconds_p95", "latency", partial(_total, 0.95), "lower", share=False),
    SetMeasure("tokens_per_second", "latency", _speed, share=False),
)
"""The measures of a run; those of latency need its records in the order they were asked."""

ALL: tuple[Summarised, ...] = (*MEASURES, *SET_MEASURES)
"""Every measure that needs no engine of its own."""


def french(identifier: Identifier) -> Measure:
    """Return the share of answers in French as a measure, which needs a language identifier."""
    return Measure("in_french", "language", lambda record: in_french(record.response, identifier))


def score(record: Record, measures: Sequence[Measure] = MEASURES) -> dict[str, float | None]:
    """Return the value of every measure for one question, None where it has none."""
    return {measure.name: measure.of(record) for measure in measures}


def summarise(
    records: Sequence[Record], measures: Sequence[Summarised] = ALL
) -> dict[str, Estimate]:
    """Return the figure of every measure over a run or a slice of one, with its interval.

    A measure that no record has a value for is left out.

    Args:
        records: in the order in which the questions were asked.
        measures: those wanted; the bootstraps of sets take most of the time.
    """
    figures = ((measure.name, measure.over(records)) for measure in measures)
    return {name: figure for name, figure in figures if figure is not None}


def summarise_variants(records: Sequence[Record]) -> dict[str, dict[str, Estimate]]:
    """Return the measures of robustness for each kind of variant that has some."""
    wanted = [measure for measure in SET_MEASURES if measure.group == "robustness"]
    figures = {kind: summarise(some, wanted) for kind, some in by_variant(records).items()}
    return {kind: summary for kind, summary in figures.items() if summary}
