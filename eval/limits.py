"""`--fail-under measure=value`: what a run must reach, and which questions kept it below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval import strings as say
from eval.measures.outcome import outcome
from eval.score import Measure, Summarised
from eval.types import Estimate, Record
from rag.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Limit:
    """The least value of a measure, or the greatest of one where lower is better."""

    measure: Summarised
    value: float

    def broken(self, found: float) -> bool:
        """Tell whether a figure is on the wrong side."""
        return found > self.value if self.measure.better == "lower" else found < self.value


def read_limit(text: str, measures: Sequence[Summarised]) -> Limit:
    """Return the limit that `measure=value` sets.

    Raises:
        EvaluationError: there is no such measure, or the value is no number.
    """
    name, _, value = text.partition("=")
    known = {measure.name: measure for measure in measures}
    if name not in known:
        raise EvaluationError(say.LIMIT_UNKNOWN.format(name=name, names=", ".join(known)))
    try:
        return Limit(known[name], float(value.replace(",", ".")))
    except ValueError as error:
        raise EvaluationError(say.LIMIT_NO_NUMBER.format(text=text)) from error


def breaches(
    limits: Sequence[Limit], summary: Mapping[str, Estimate], records: Sequence[Record]
) -> Iterator[str]:
    """Yield a sentence for each limit that is not kept, and one for each question behind it.

    A measure that a run has no value for breaks its limit too.
    """
    for limit in limits:
        name = limit.measure.name
        found = summary.get(name)
        if found is not None and not limit.broken(found.value):
            continue
        value = say.LIMIT_NONE if found is None else f"{found.value:.3f}".replace(".", ",")
        wanted = f"{limit.value:.3f}".replace(".", ",")
        yield say.LIMIT_BROKEN.format(measure=name, value=value, limit=wanted)
        for record in records:
            if _to_blame(limit, record):
                yield say.LIMIT_QUESTION.format(
                    id=record.question.id, question=record.question.text
                )


def _to_blame(limit: Limit, record: Record) -> bool:
    """Tell whether a question kept a measure on the wrong side; for a set's, whether it failed."""
    if isinstance(limit.measure, Measure):
        value = limit.measure.of(record)
        return value is not None and limit.broken(value)
    return outcome(record).right is False
