"""A keyword search engine: the best passage by BM25 is the answer."""

from collections.abc import Mapping, Sequence

import numpy as np

from eval.systems.common import Stopwatch, search_answer, span, spans
from eval.types import Question, Ranked, Response, Span
from rag.french.text import search_terms
from rag.index.store import Index

DEPTH = 10
"""Passages listed: as deep as the measures look."""


class Bm25System:
    """Lexical search alone, over the index of the product."""

    name = "bm25"
    identity: Mapping[str, str] = {}

    def __init__(self, index: Index) -> None:
        self._index = index

    def passages(self) -> Sequence[Span]:
        """Return the passages of the index."""
        return spans(self._index)

    def answer(self, question: Question) -> Response:
        """Return the best passage; a question without a known word is refused."""
        watch = Stopwatch()
        with watch.stage("retrieve"):
            scores = self._index.lexical.scores(search_terms(question.text))
            best = np.argsort(-scores, kind="stable")[:DEPTH]
            hits = tuple(
                Ranked(span(self._index.passage(int(number))), float(score))
                for number, score in zip(self._index.lexical.ids[best], scores[best], strict=True)
                if score > 0
            )
        certainty = _squashed(hits[0].score) if hits else 0.0
        return search_answer(hits, certainty, watch.all(), self._index.document)


def _squashed(score: float) -> float:
    """Return a BM25 score, which has no upper bound, in 0 to 1 with its order kept."""
    return score / (1.0 + score)
