"""How long a user waits: quantiles of each stage, and the speed of generation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.types import Record, Response

GENERATE = "generate"
"""The stage whose seconds the generated tokens are counted over; it includes the prompt."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The median and the 95th percentile of a stage, in seconds, over `n` questions."""

    p50: float
    p95: float
    n: int


@dataclass(frozen=True, slots=True)
class Latency:
    """The times of a run: the cold first question, then the stages of the warm ones by name.

    `tokens_per_second` is None if nothing was generated.
    """

    cold: Mapping[str, float]
    warm: Mapping[str, Stage]
    tokens_per_second: float | None


def latency(records: Sequence[Record]) -> Latency:
    """Return the times of a run.

    The first question is cold: it is told apart, and enters neither the quantiles nor the
    speed. A stage is taken over the questions that went through it.

    Args:
        records: in the order in which the questions were asked.

    Raises:
        ValueError: there is no record.
    """
    if not records:
        message = "no record to time"
        raise ValueError(message)
    rest = [record.response for record in warm(records)]
    names = dict.fromkeys(name for response in rest for name in response.seconds)
    return Latency(
        cold=dict(records[0].response.seconds),
        warm={name: _stage(rest, name) for name in names},
        tokens_per_second=tokens_per_second(rest),
    )


def warm(records: Sequence[Record]) -> Sequence[Record]:
    """Return the records but the first, whose question pays for what is loaded on first use."""
    return records[1:]


def _stage(responses: Iterable[Response], name: str) -> Stage:
    """Return the quantiles of one stage, that at least one response has."""
    seconds = [response.seconds[name] for response in responses if name in response.seconds]
    return Stage(quantile(seconds, 0.5), quantile(seconds, 0.95), len(seconds))


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a `share` of `values` lies.

    It is the smallest of the values that at least that share is not above: the inverse of
    the empirical distribution (Hyndman and Fan, The American Statistician 1996, type 1), so
    that every figure is a time that somebody did wait.

    Args:
        values: at least one.
        share: from 0 to 1.
    """
    return float(np.quantile(values, share, method="inverted_cdf"))


def tokens_per_second(responses: Iterable[Response]) -> float | None:
    """Return all generated tokens over all seconds of the stage `generate`, or None."""
    generating = [response for response in responses if response.tokens > 0]
    seconds = sum(response.seconds.get(GENERATE, 0.0) for response in generating)
    if seconds <= 0:
        return None
    return sum(response.tokens for response in generating) / seconds
