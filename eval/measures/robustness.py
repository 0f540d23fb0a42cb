"""What other wordings of a question do to its answer.

Each figure is one of a base question over its variants, and the measure is its mean over
base questions. The worst case is that of Cao et al. (NeurIPS 2024, «On the Worst Prompt
Performance of Large Language Models»); consistency is close to that of Elazar et al. (TACL
2021), here of verdicts, and against the base alone, not between all pairs of wordings.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.measures.outcome import outcome
from eval.types import Record

BASE = "base"
"""The variant that is the question itself."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """How the variants of one base question fare, each being right (1) or wrong (0).

    `loss` is the base's rightness less the mean of its variants', from −1 to 1; `worst` is
    the least rightness of base and variants together; `consistency` is the share of
    variants that are right or wrong as the base is.
    """

    loss: float
    worst: float
    consistency: float


def robustness(records: Sequence[Record]) -> dict[str, Robustness]:
    """Return how the variants of each base question fare, by base id.

    A question without base or without variant among the records, or of which nothing tells
    whether its answer is right, has none.
    """
    return {
        base_id: _robustness(verdicts[BASE], others)
        for base_id, verdicts in _verdicts(records).items()
        if BASE in verdicts
        and (others := [right for name, right in verdicts.items() if name != BASE])
    }


def by_variant(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Return, for each kind of variant, its records and those of the base questions.

    With it, every measure of robustness is also one of a kind of variant alone.
    """
    kinds = dict.fromkeys(record.question.variant for record in records)
    return {
        kind: [record for record in records if record.question.variant in {BASE, kind}]
        for kind in kinds
        if kind != BASE
    }


def _verdicts(records: Sequence[Record]) -> Mapping[str, Mapping[str, bool]]:
    """Return whether each variant was right, by base id and variant."""
    verdicts: dict[str, dict[str, bool]] = defaultdict(dict)
    for record in records:
        right = outcome(record).right
        if right is not None:
            verdicts[record.question.base_id][record.question.variant] = right
    return verdicts


def _robustness(base: bool, variants: Sequence[bool]) -> Robustness:  # noqa: FBT001  # a verdict
    """Return how one base question's variants fare, of which there is at least one."""
    return Robustness(
        loss=base - fmean(variants),
        worst=float(base and all(variants)),
        consistency=fmean(right == base for right in variants),
    )
