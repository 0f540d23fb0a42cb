"""Two runs on the same questions: what got better or worse, and which questions changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from eval import paired, strings
from eval.measures.outcome import outcome
from eval.score import MEASURES, Measure
from eval.types import Estimate, Record
from rag.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Pair:
    """One question as both runs answered it."""

    before: Record
    after: Record


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the questions for which both runs have a value.

    `before` and `after` are the means, `change` that of after − before with its interval;
    `adjusted_p` is `p` made larger for the number of measures compared (Holm).
    """

    before: float
    after: float
    change: Estimate
    p: float
    adjusted_p: float
    test: Literal["mcnemar", "sign_flip"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a second run changed: measures by name, and questions in the first run's order.

    `fixed` are right only after, `broken` only before; `changed` are right in both or in
    neither, and a user reads another text.
    """

    differences: dict[str, Difference]
    fixed: tuple[Pair, ...]
    broken: tuple[Pair, ...]
    changed: tuple[Pair, ...]


def compare(
    a: Sequence[Record], b: Sequence[Record], measures: Sequence[Measure] = MEASURES
) -> Comparison:
    """Return what changed from run `a` to run `b`, whatever the order of their records.

    Measures that cannot be paired, or that no question has in both runs, are left out.

    Args:
        a: the run before, or the first system.
        b: the run after, or the second system.
        measures: those to compare; p-values are adjusted for their number.

    Raises:
        EvaluationError: the runs are not over the same questions.
        ValueError: a run has a question twice.
    """
    pairs = _pairs(a, b)
    fixed = [pair for pair in pairs if not _is_right(pair.before) and _is_right(pair.after)]
    broken = [pair for pair in pairs if _is_right(pair.before) and not _is_right(pair.after)]
    return Comparison(
        differences=_differences(pairs, measures),
        fixed=tuple(fixed),
        broken=tuple(broken),
        changed=tuple(pair for pair in pairs if _reads_otherwise(pair)),
    )


def _pairs(a: Sequence[Record], b: Sequence[Record]) -> list[Pair]:
    """Return both answers to each question, or raise if the questions are not the same."""
    before, after = _by_id(a), _by_id(b)
    alone = [name for name in {**before, **after} if name not in before or name not in after]
    if alone:
        raise EvaluationError(
            strings.COMPARE_OTHER_QUESTIONS.format(count=len(alone), example=alone[0])
        )
    edited = [name for name in before if before[name].question != after[name].question]
    if edited:
        raise EvaluationError(
            strings.COMPARE_EDITED_QUESTIONS.format(count=len(edited), example=edited[0])
        )
    return [Pair(before[name], after[name]) for name in before]


def _by_id(records: Sequence[Record]) -> dict[str, Record]:
    """Return the records by the id of their question."""
    found = {record.question.id: record for record in records}
    if len(found) < len(records):
        message = f"{len(records)} records for {len(found)} questions: one each is needed"
        raise ValueError(message)
    return found


def _is_right(record: Record) -> bool:
    """Tell whether a question ended as it should, by an answer or by a refusal."""
    return outcome(record).right is True


def _reads_otherwise(pair: Pair) -> bool:
    """Tell whether two answers are both right or both not, and not the same text."""
    same = _is_right(pair.before) == _is_right(pair.after)
    return same and pair.before.response.text != pair.after.response.text


def _differences(pairs: Sequence[Pair], measures: Sequence[Measure]) -> dict[str, Difference]:
    """Return the difference in each measure that both runs have, by name."""
    tested = {measure.name: _tested(pairs, measure) for measure in measures if measure.paired}
    known = {name: result for name, result in tested.items() if result is not None}
    adjusted = paired.holm({name: result.p for name, (_, _, result) in known.items()})
    return {
        name: Difference(
            before=before,
            after=after,
            change=result.difference,
            p=result.p,
            adjusted_p=adjusted[name],
            test=result.test,
        )
        for name, (before, after, result) in known.items()
    }


def _tested(
    pairs: Sequence[Pair], measure: Measure
) -> tuple[float, float, paired.Comparison] | None:
    """Return both means of a measure and the test of their difference; None without a pair."""
    before, after, clusters = [], [], []
    for pair in pairs:
        old, new = measure.of(pair.before), measure.of(pair.after)
        if old is not None and new is not None:
            before.append(old)
            after.append(new)
            clusters.append(pair.before.question.base_id)
    if not clusters:
        return None
    return fmean(before), fmean(after), paired.compare(before, after, clusters)
