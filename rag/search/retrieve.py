"""From a question to the passages that may answer it: dense and lexical, fused."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import numpy as np

from rag.config import RetrievalSettings
from rag.french.text import search_terms
from rag.index.lexical import LexicalIndex
from rag.index.vectors import DenseIndex, Ids
from rag.search.fusion import fuse
from rag.search.query import Query
from rag.types import Hit, Passage

DUPLICATE_OVERLAP = 0.8
"""Jaccard overlap of search terms from which two passages say the same: a reprinted
paragraph with another headline keeps over 0.9, two passages on one subject stay under 0.4."""


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the Jaccard index of two sets: shared members over all members; 0 if empty."""
    union = left | right
    return len(left & right) / len(union) if union else 0.0


def select(hits: Sequence[Hit], settings: RetrievalSettings) -> list[Hit]:
    """Return the best hits, near-duplicates and the surplus of one document left out.

    Args:
        hits: candidates, best first.
        settings: how many hits to keep, in all and from one document.
    """
    kept: list[Hit] = []
    terms: list[frozenset[str]] = []
    for hit in hits:
        if len(kept) == settings.hits:
            break
        mine = frozenset(search_terms(hit.passage.text))
        same = sum(other.passage.document_id == hit.passage.document_id for other in kept)
        if same < settings.hits_per_document and all(
            overlap(mine, theirs) < DUPLICATE_OVERLAP for theirs in terms
        ):
            kept.append(hit)
            terms.append(mine)
    return kept


class Searched(Protocol):
    """What a retriever needs of an index: both its sides, and the passages by their ids."""

    @property
    def dense(self) -> DenseIndex:
        """The vectors of all passages."""

    @property
    def lexical(self) -> LexicalIndex:
        """The terms of all passages, under the same ids."""

    def passage(self, number: int) -> Passage:
        """Return the passage that both sides call `number`."""

    def numbers(self, document_ids: Iterable[str]) -> Ids:
        """Return the ids of all passages of these documents, ascending."""


class Retriever:
    """Finds passages in one opened index."""

    def __init__(self, index: Searched, settings: RetrievalSettings) -> None:
        self._index = index
        self._settings = settings
        self._by_id = np.argsort(index.lexical.ids)

    def retrieve(self, query: Query, within: Collection[str] | None = None) -> list[Hit]:
        """Return the passages nearest to `query`, best first; none from an empty index.

        `within` names the only documents to look in; None is all of them.
        """
        among = None if within is None else self._index.numbers(within)
        return select(self._candidates(query, among), self._settings)

    def _candidates(self, query: Query, among: Ids | None) -> list[Hit]:
        """Return every candidate of either side with both its scores, best first."""
        index, limit = self._index, self._settings.candidates
        near, _ = index.dense.search(query.vector, limit, among)
        every = index.lexical.scores(query.terms)
        if among is not None:
            every = np.where(np.isin(index.lexical.ids, among), every, np.float32(0))
        best = np.argsort(-every, kind="stable")[:limit]
        ids = np.union1d(near, index.lexical.ids[best[every[best] > 0]])
        if not len(ids):
            return []
        dense = index.dense.scores(query.vector, ids)
        rows = self._by_id[np.searchsorted(index.lexical.ids, ids, sorter=self._by_id)]
        lexical = every[rows]
        fused = fuse(dense, lexical, self._settings.dense_weight)
        order = np.lexsort((ids, -fused))
        return [
            Hit(
                passage=index.passage(int(ids[place])),
                score=float(fused[place]),
                dense=float(dense[place]),
                lexical=float(lexical[place]),
            )
            for place in order
        ]
