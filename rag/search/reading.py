"""What a reader finds in passages, sentence by sentence, and one ranking of it all; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.french.sentences import sentence_spans
from rag.types import Passage

FLOOR = -50.0
"""Log-odds of a sentence that holds no token: no sentence that was read comes near."""

Row = NDArray[np.float64]
Offsets = Sequence[tuple[int, int]]
"""Where each token stands in its passage's text, from and to."""


@dataclass(frozen=True, slots=True, eq=False)
class WindowScores:
    """Log-probabilities of where the answer starts and ends in one stretch of a passage.

    `start` and `end` have shape (1 + tokens,): the first value is that of no answer here.
    """

    start: Row
    end: Row
    offsets: Offsets


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document, with the log-odds that it answers against no answer there."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one passage has to say to a question.

    `sentences` has one value for each of `sentence_spans(passage.text)`: the log-odds that the
    answer stands in it against no answer in the passage. `answer` is the best span of any
    sentence; `absent` the log-probability of no answer.
    """

    sentences: tuple[float, ...]
    answer: Span
    absent: float


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of several readings, with its log-odds; both numbers count from 0."""

    passage: int
    sentence: int
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """All sentences of several readings, the best first, and how sure an answer is.

    `total` are the log-odds that some sentence answers against none, `best` those of the best
    one (`FLOOR` without any), `margin` what the second has less.
    """

    ranking: tuple[Place, ...]
    total: float
    best: float
    margin: float

    def probability(self, place: Place) -> float:
        """Return the probability that the answer stands at this place."""
        return float(np.exp(place.score - np.logaddexp(0.0, self.total)))


class Reader(Protocol):
    """Looks for the answer in passages."""

    @property
    def fingerprint(self) -> str:
        """The sha256 of what it has learnt."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order."""


def weigh(readings: Sequence[Reading]) -> Verdict:
    """Make one ranking of what was read in several passages.

    Each passage was read by itself and gives odds against its own «no answer here». If at
    most one sentence of all answers, its probability is its odds over one plus the sum of all
    odds: the passages' «no answer» probabilities are a factor of every case, and cancel out.
    """
    places = [
        Place(passage, sentence, score)
        for passage, reading in enumerate(readings)
        for sentence, score in enumerate(reading.sentences)
    ]
    ranking = tuple(sorted(places, key=lambda place: -place.score))
    scores = [place.score for place in ranking] or [FLOOR]
    second = scores[1] if len(scores) > 1 else FLOOR
    total = float(np.logaddexp.reduce(scores))
    return Verdict(ranking, total, scores[0], scores[0] - second)


def read_passage(passage: Passage, windows: Sequence[WindowScores]) -> Reading:
    """Return what the windows of one passage say together, at least one of them.

    A sentence takes its best window: each was normalised by itself and is compared with its
    own «no answer here».
    """
    scores = [FLOOR] * len(spans := sentence_spans(passage.text))
    best = Span(0, 0, FLOOR)
    for window in windows:
        for number, span in enumerate(spans):
            score, answer = _read_sentence(window, span)
            scores[number] = max(scores[number], score)
            best = max(best, answer, key=lambda item: item.score)
    return Reading(
        sentences=tuple(scores),
        answer=Span(passage.start + best.start, passage.start + best.end, best.score),
        absent=min(_absent(window) for window in windows),
    )


def _read_sentence(window: WindowScores, span: tuple[int, int]) -> tuple[float, Span]:
    """Return the log-odds of all spans inside a sentence together, and the best of them.

    A span's probability is that of its start times that of its end, as in BERT's reader for
    SQuAD 2 (Devlin et al. 2019, section 4.3).
    """
    first = sum(1 for _, end in window.offsets if end <= span[0])
    last = sum(1 for start, _ in window.offsets if start < span[1])
    if first >= last:
        return FLOOR, Span(0, 0, FLOOR)
    start, end = window.start[1 + first : 1 + last], window.end[1 + first : 1 + last]
    absent = _absent(window)
    mass = np.logaddexp.reduce(np.logaddexp.accumulate(start) + end)
    closing = int(np.argmax(np.maximum.accumulate(start) + end))
    opening = int(np.argmax(start[: closing + 1]))
    answer = Span(
        start=window.offsets[first + opening][0],
        end=window.offsets[first + closing][1],
        score=max(FLOOR, float(start[opening] + end[closing]) - absent),
    )
    return max(FLOOR, float(mass) - absent), answer


def _absent(window: WindowScores) -> float:
    """Return the log-probability that the answer is not in a window."""
    return float(window.start[0] + window.end[0])
