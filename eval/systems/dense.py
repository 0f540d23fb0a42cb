"""A semantic search engine: the passage nearest to the question is the answer."""

from collections.abc import Mapping, Sequence

from eval.systems.bm25 import DEPTH
from eval.systems.common import Stopwatch, search_answer, span, spans
from eval.types import Question, Ranked, Response, Span
from rag.index.store import Index
from rag.types import Encoder


class DenseSystem:
    """Dense search alone, over the index of the product."""

    name = "dense"
    identity: Mapping[str, str] = {}

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder

    def passages(self) -> Sequence[Span]:
        """Return the passages of the index."""
        return spans(self._index)

    def answer(self, question: Question) -> Response:
        """Return the nearest passage; there always is one."""
        watch = Stopwatch()
        with watch.stage("retrieve"):
            vector = self._encoder.encode_queries([question.text])[0]
            ids, scores = self._index.dense.search(vector, DEPTH)
            hits = tuple(
                Ranked(span(self._index.passage(int(number))), float(score))
                for number, score in zip(ids, scores, strict=True)
            )
        certainty = max(0.0, hits[0].score) if hits else 0.0
        return search_answer(hits, certainty, watch.all(), self._index.document)
