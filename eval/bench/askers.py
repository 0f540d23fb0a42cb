"""Part `askers`: several people at once before one model, in the order that its gate keeps."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice

from eval.bench.types import Clock, Measure, Stand
from eval.types import Question
from rag.pipeline import Assistant
from rag.types import Done, Token

CROWDS = (1, 4, 16)
"""How many ask at once; all but one of the greatest crowd must be allowed to wait."""


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds until an asker had the first word, if there was one, and the whole answer."""

    wait: float | None
    total: float


def bench_askers(assistant: Assistant, questions: Sequence[Question], stand: Stand) -> None:
    """Let each crowd ask in turn, round after round; each asker has a question of its own.

    With more askers than questions these come again. The first question is asked once
    before, unmeasured.
    """
    _serve(assistant, questions[:1], stand.clock)
    whole = stand.rounds * len(CROWDS)
    for done in range(whole):
        size = CROWDS[done % len(CROWDS)]
        served = _serve(assistant, tuple(islice(cycle(questions), size)), stand.clock)
        _note(size, served, stand)
        stand.progress("askers", done + 1, whole)


def _note(size: int, served: Sequence[Served], stand: Stand) -> None:
    """Note how one crowd fared."""
    waits = [one.wait for one in served if one.wait is not None]
    last = max(one.total for one in served)
    for wait in waits:
        stand.note(Measure("askers", "parole", "wait", size), wait)
    if waits:
        stand.note(Measure("askers", "parole", "wait_last", size), max(waits))
    stand.note(Measure("askers", "parole", "total_last", size), last)
    stand.note(Measure("askers", "parole", "throughput", size), 60 * size / last)


def _serve(assistant: Assistant, questions: Sequence[Question], clock: Clock) -> list[Served]:
    """Ask all questions at once, each in a thread; an interruption cancels them."""
    start, stopped = clock(), threading.Event()

    def ask(question: Question) -> Served:
        wait = None
        stream = assistant.stream(question.text, question.history, stopped.is_set)
        for event in stream:
            if isinstance(event, Token) and wait is None:
                wait = clock() - start
            if isinstance(event, Done):
                break
        return Served(wait, clock() - start)

    with ThreadPoolExecutor(len(questions)) as pool:
        try:
            return list(pool.map(ask, questions))
        finally:
            stopped.set()
