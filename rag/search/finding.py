"""From a question in its conversation to what the corpus has to say about it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from rag.config import RetrievalSettings
from rag.french.tongue import foreign
from rag.index.store import Index
from rag.search.answerable import FOREIGN, best_similarity
from rag.search.case import Case
from rag.search.evidence import READING_WEIGHT, SURE, gather, reread
from rag.search.expected import expected, lacking
from rag.search.query import read_query
from rag.search.reading import Reader, Reading, weigh
from rag.search.retrieve import Retriever
from rag.search.turns import interleaved, joined, unique
from rag.talk.comparing import compared
from rag.talk.dialogue import leaned_on, standalone
from rag.talk.parts import parted
from rag.types import Encoder, Hit, Turn

READ = 3
"""Passages that the reader reads. With all five, as many of the 96 answers were told to the
generator, and as many first sentences were right; each passage read takes its time."""

HIT_READING_WEIGHT = 0.2
"""What a reader's log-odds count beside a passage's fused score; from 0.1 to 0.3 it is all one
(`python -m eval.calibrate`)."""


class Finder:
    """Finds passages and their sentences in one opened index."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        settings: RetrievalSettings,
        reader: Reader | None = None,
    ) -> None:
        self._index = index
        self._reader = reader
        self._encoder = encoder
        self._retriever = Retriever(index, settings)

    def find(
        self,
        question: str,
        history: Sequence[Turn] = (),
        within: Collection[str] | None = None,
    ) -> Case:
        """Find what speaks to the question as it stands in its conversation.

        Args:
            question: what is asked.
            history: the turns before it, oldest first.
            within: ids of the only documents to look in; None is all of them.
        """
        turns = leaned_on(question, history)
        whole = self._find(question, standalone(question, turns), turns, within)
        if turns:
            return whole
        parts = [self._find(part, part, (), within) for part in parted(question)]
        return composed(whole, parts or self._sides(whole, within))

    def _sides(self, whole: Case, within: Collection[str] | None) -> list[Case]:
        """Find what speaks to each side of a comparison; it is read for the whole question.

        The whole goes first: one sentence may tell both sides.
        """
        found = [self._find(side, side, (), within) for side in compared(whole.question)]
        return [whole, *(replace(side, query=whole.query) for side in found)] if found else []

    def _find(
        self,
        question: str,
        asked: str,
        turns: tuple[Turn, ...],
        within: Collection[str] | None,
    ) -> Case:
        """Find what speaks to one question, which is looked for as `asked`."""
        query = read_query(asked, self._encoder)
        hits = tuple(self._retriever.retrieve(query, within))
        found = gather(query, hits, self._index.sentence_vectors, self._index.document)
        near = best_similarity(found) + (FOREIGN if foreign(question) else 0.0)
        wanted = expected(question)
        lacks = lacking(wanted, [item.sentence.text for item in found.ranked])
        return Case(question, query, turns, hits, found, near, wanted, lacks)

    def read(self, case: Case) -> Case:
        """Read the best passages found, and rank all passages and sentences by that as well.

        What several parts found for the same question is read once.
        """
        if self._reader is None or not case.hits:
            return case
        told: dict[tuple[str, str], Reading] = {}
        parts = [self._read(part, self._reader, told) for part in case.parts or (case,)]
        return composed(case, parts) if case.parts else parts[0]

    def _read(self, case: Case, reader: Reader, told: dict[tuple[str, str], Reading]) -> Case:
        """Return a case after reading; `told` keeps what was read, by question and passage."""
        asked, passages = case.query.text, [hit.passage for hit in case.hits[:READ]]
        new = [passage for passage in passages if (asked, passage.id) not in told]
        read = reader.read(asked, new) if new else []
        told.update(((asked, one.id), found) for one, found in zip(new, read, strict=True))
        readings = [told[asked, passage.id] for passage in passages]
        return after_reading(case, readings) if readings else case


def composed(whole: Case, parts: Sequence[Case]) -> Case:
    """Return a question that consists of several with what was found for them, in turn.

    There are as many passages as for one question, and the surest part says how sure it is.
    """
    if not parts:
        return whole
    hits = unique(interleaved([part.hits for part in parts]), lambda hit: hit.passage.id)[
        : len(whole.hits)
    ]
    return replace(
        whole,
        hits=tuple(hits),
        found=joined([part.found for part in parts], [hit.passage.id for hit in hits]),
        odds=max(part.odds for part in parts),
        parts=tuple(parts),
    )


def after_reading(
    case: Case,
    readings: Sequence[Reading],
    hit_weight: float = HIT_READING_WEIGHT,
    weight: float = READING_WEIGHT,
) -> Case:
    """Return a case as its first passages' readings, at least one, make it.

    Args:
        case: what was found.
        readings: what the reader made of the first passages.
        hit_weight: what its odds count beside a passage's score.
        weight: what they count beside a sentence's score.
    """
    told = [score for reading in readings for score in reading.sentences]
    # What was not read is neither better nor worse for it.
    unread = len(case.found.sentences) - len(told)
    every = [*told, *[float(np.median(told))] * unread]
    return replace(
        case,
        hits=_reordered(case.hits, [_total([reading]) for reading in readings], hit_weight),
        found=reread(case.found, every, weight),
        odds=_total(readings),
    )


def _reordered(hits: Sequence[Hit], told: Sequence[float], weight: float) -> tuple[Hit, ...]:
    """Return the hits by their scores with the odds of the first ones; others take the mean."""
    odds = [*told, *[float(np.mean(told))] * (len(hits) - len(told))]
    scored = [
        replace(hit, score=hit.score + weight * value)
        for hit, value in zip(hits, odds, strict=True)
    ]
    return tuple(sorted(scored, key=lambda hit: -hit.score))


def _total(readings: Sequence[Reading]) -> float:
    """Return the log-odds that some sentence of the readings answers, within bounds."""
    return float(np.clip(weigh(readings).total, -SURE, SURE))
