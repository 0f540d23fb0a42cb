"""The data that every part of the speed benchmark shares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Part = Literal["machine", "ask", "askers", "encode", "search", "index", "start", "memory"]

Clock = Callable[[], float]
"""Seconds from any moment on, as `time.perf_counter` gives them."""

Progress = Callable[[Part, int, int], None]
"""Told the part, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a value is of: `scale` is how many passages or askers, 0 where there is no such thing.

    `name` is one of `UNITS`, `subject` what was measured, such as `parole` or `naive`.
    """

    part: Part
    subject: str
    name: str
    scale: int = 0


Note = Callable[[Measure, float], None]
"""Keeps one value that was measured."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The values of a measure in the order they were taken, with their quantiles."""

    measure: Measure
    values: tuple[float, ...]
    median: float
    low: float
    high: float
    p95: float


@dataclass(frozen=True, slots=True)
class Stand:
    """How a part measures: what it reads the time from, how often, and who is told."""

    clock: Clock
    rounds: int
    note: Note
    progress: Progress


@dataclass(frozen=True, slots=True)
class Results:
    """One run: its figures in the order they were first measured, and how they were got.

    `finished` names the parts that were measured to their end.
    """

    figures: tuple[Figure, ...]
    conditions: Mapping[str, object]
    finished: Sequence[Part]


UNITS: Mapping[str, str] = {
    "bandwidth": "gigabytes_per_second",
    "matrix_rate": "billions_per_second",
    "passages": "seconds",
    "evidence": "seconds",
    "first_word": "seconds",
    "total": "seconds",
    "prompt_tokens": "tokens",
    "answer_tokens": "tokens",
    "prompt_rate": "tokens_per_second",
    "answer_rate": "tokens_per_second",
    "wait": "seconds",
    "wait_last": "seconds",
    "total_last": "seconds",
    "throughput": "answers_per_minute",
    "passage_rate": "passages_per_second",
    "query": "milliseconds",
    "least_cosine": "cosine",
    "build": "seconds",
    "recall": "share",
    "passage_bytes": "bytes",
    "document_rate": "documents_per_second",
    "process": "seconds",
    "peak": "gibibytes",
    "ratio_first_word": "times",
    "ratio_total": "times",
    "ratio_query": "times",
    "ratio_changed": "times",
    "share_of_limit_prompt": "times",
    "share_of_limit_answer": "times",
}
"""The unit of each measure by its name; nothing else can be noted."""
