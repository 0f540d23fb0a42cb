"""All that a report says, gathered once for both of its forms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.measures.latency import Latency, Stage
from eval.measures.latency import latency as timed
from eval.measures.outcome import outcome
from eval.measures.refusal import RiskPoint, area_under_risk_coverage, risk_coverage
from eval.questions.golden import TextOf
from eval.report import strings
from eval.report.changes import Changes, changes
from eval.report.failures import REASONS, Failure, failures
from eval.report.numbers import count, decimal, percent, seconds
from eval.report.tables import Cut, Family, Row, cuts, families, heroes
from eval.types import Estimate, Record

COMMIT_SHOWN = 10
"""Digits of a commit's hash that tell it from all others of a project of this size."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended: what the system gave, its figures, and how they were got.

    `manifest` is the content of manifest.json; `summary` has the figures by measure.
    """

    records: Sequence[Record]
    summary: Mapping[str, Estimate]
    manifest: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """What both forms of a report print, each part ready for its section."""

    run: Run
    system: str
    dataset: str
    scope: str
    heroes: tuple[Row, ...]
    families: tuple[Family, ...]
    cuts: tuple[Cut, ...]
    failures: tuple[Failure, ...]
    tally: tuple[tuple[str, int], ...]
    curve: tuple[RiskPoint, ...]
    risk: tuple[str, ...]
    stages: Mapping[str, Stage]
    timing: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    changes: Changes | None
    text_of: TextOf | None


def gather(run: Run, other: Run | None = None, text_of: TextOf | None = None) -> Report:
    """Return the contents of a run's report.

    Args:
        run: with at least one record, in the order in which the questions were asked.
        other: the run before, or of another system, over the same questions.
        text_of: gives the documents that gold quotes are shown in; without it they stand alone.

    Raises:
        EvaluationError: the other run is over other questions.
    """
    found = failures(run.records)
    tally = Counter(reason for failure in found for reason in failure.reasons)
    outcomes = [outcome(record) for record in run.records]
    curve = risk_coverage(outcomes)
    times = timed(run.records)
    return Report(
        run=run,
        system=_named(run.manifest, "system") or strings.UNKNOWN_SYSTEM,
        dataset=_named(run.manifest, "dataset"),
        scope=_scope(run.records),
        heroes=heroes(run.summary),
        families=families(run.summary),
        cuts=cuts(run.records),
        failures=tuple(found),
        tally=tuple((name, tally[name]) for name in REASONS if name in tally),
        curve=curve,
        risk=_risk(curve, area_under_risk_coverage(outcomes)),
        stages={strings.STAGES.get(name, name): stage for name, stage in times.warm.items()},
        timing=_timing(times, len(run.records) - 1),
        conditions=tuple(flat(run.manifest)),
        changes=changes(other.records, run.records, _title(other)) if other else None,
        text_of=text_of,
    )


def _named(manifest: Mapping[str, object], field: str) -> str:
    """Return the name that a manifest gives to something, be it alone or among its properties."""
    value = manifest.get(field, "")
    return str(value.get("name", "")) if isinstance(value, Mapping) else str(value)


def _title(other: Run) -> str:
    """Return by what a reader knows the other run: its system, and its commit in short."""
    commit = _named(other.manifest, "commit")[:COMMIT_SHOWN]
    parts = (_named(other.manifest, "system") or strings.UNKNOWN_SYSTEM, commit)
    return ", ".join(filter(None, parts))


def _scope(records: Sequence[Record]) -> str:
    """Return how many questions there are of each kind."""
    answerable = sum(record.question.answerable for record in records)
    return strings.SCOPE.format(
        questions=count(len(records), strings.QUESTIONS),
        answerable=count(answerable, strings.ANSWERABLE),
        unanswerable=count(len(records) - answerable, strings.UNANSWERABLE),
    )


def _risk(curve: Sequence[RiskPoint], area: float | None) -> tuple[str, ...]:
    """Return what the curve comes to, in two sentences; none without a curve."""
    if area is None:
        return ()
    end = curve[-1]
    coverage, risk = percent(end.coverage), percent(end.risk)
    return (
        strings.RISK_AREA.format(area=decimal(area, 3)),
        strings.RISK_END.format(coverage=coverage, risk=risk),
    )


def _timing(times: Latency, warm: int) -> tuple[str, ...]:
    """Return what the plot of the times does not say, a sentence each."""
    over = strings.LATENCY_NOTE.format(n=count(warm, strings.QUESTIONS))
    lines = [over if times.warm else strings.NO_LATENCY]
    if "total" in times.cold:
        lines.append(strings.COLD.format(seconds=seconds(times.cold["total"])))
    if times.tokens_per_second is not None:
        lines.append(strings.SPEED.format(speed=decimal(times.tokens_per_second, 1)))
    return tuple(lines)


def flat(values: Mapping[str, object], above: str = "") -> list[tuple[str, str]]:
    """Return each value of a manifest with its path in it, such as « models.encoder »."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            found.extend(flat(value, f"{above}{name}."))
        else:
            found.append((f"{above}{name}", _printed(value)))
    return found


def _printed(value: object) -> str:
    """Return a value of a manifest on one line."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return strings.NONE if value is None else str(value)
