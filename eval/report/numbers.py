"""Figures as French writes them: decimal comma, no-break spaces, a true minus sign."""

import math
from collections.abc import Sequence

from eval.report import strings
from eval.types import Estimate

PLURAL = 2
"""The first number that takes the plural in French."""

PLAIN = {
    "answer_words": 1,
    "crag_score": 3,
    "mrr@10": 3,
    "ndcg@10": 3,
    "risk_coverage_area": 3,
    "tokens_per_second": 1,
}
"""The measures that are no share of anything, with their decimals."""

SECONDS = {"seconds_p50", "seconds_p95"}
"""The measures that are lengths of time."""


def decimal(number: float, digits: int) -> str:
    """Return a number with a decimal comma; zero has no sign."""
    written = f"{number:z.{digits}f}"
    return written.replace(".", ",").replace("-", "\u2212")


def percent(share: float) -> str:
    """Return a share from 0 to 1 as a percentage."""
    return strings.PERCENT.format(number=decimal(100 * share, 1))


def seconds(length: float) -> str:
    """Return a length of time in seconds, to the hundredth."""
    return strings.SECONDS.format(number=decimal(length, 2))


def count(n: int, wordings: Sequence[str]) -> str:
    """Return « 1 question » or « n questions »; French counts 0 as one."""
    return wordings[n >= PLURAL].format(n=n)


def is_share(measure: str) -> bool:
    """Tell whether a measure is written as a percentage."""
    return measure not in PLAIN and measure not in SECONDS


def figure(measure: str, value: float) -> str:
    """Return a measure's value in its own unit."""
    if measure in SECONDS:
        return seconds(value)
    return percent(value) if is_share(measure) else decimal(value, PLAIN[measure])


def interval(measure: str, estimate: Estimate) -> str:
    """Return both ends of an interval, the unit after the second; a dash if there is none."""
    if math.isnan(estimate.low):
        return strings.NONE
    low, high = figure(measure, estimate.low), figure(measure, estimate.high)
    return strings.INTERVAL.format(low=low.partition("\u00a0")[0], high=high)
