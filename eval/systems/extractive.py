"""The product without a generator: its retrieval, its refusal, its best sentence."""

from collections.abc import Mapping, Sequence

from eval.systems.common import Stopwatch, cite, span, spans
from eval.types import Question, Ranked, Response, Said, Span
from rag.answerable import best_similarity, probability
from rag.config import Settings
from rag.dialogue import leaned_on, standalone
from rag.evidence import Findings, gather
from rag.query import read_query
from rag.retrieve import Retriever
from rag.store import Index
from rag.types import Encoder, Hit


class ExtractiveSystem:
    """Quotes the sentence that ranks first, or refuses where the product would."""

    name = "extractive"

    def __init__(self, index: Index, encoder: Encoder, settings: Settings) -> None:
        self._index = index
        self._encoder = encoder
        self._settings = settings
        self._retriever = Retriever(index, settings.retrieval)

    @property
    def identity(self) -> Mapping[str, str]:
        """The settings of retrieval and refusal."""
        return {"settings": self._settings.fingerprint()}

    def passages(self) -> Sequence[Span]:
        """Return the passages of the index."""
        return spans(self._index)

    def answer(self, question: Question) -> Response:
        """Return the best sentence with itself as its source."""
        watch = Stopwatch()
        with watch.stage("retrieve"):
            hits, found = self._find(question)
        certainty = probability(best_similarity(found))
        known = bool(found.ranked) and certainty >= self._settings.answerability.threshold
        sentences = (self._quote(found),) if known else ()
        return Response(
            text=" ".join(sentence.text for sentence in sentences),
            draft="",
            refused=not known,
            sentences=sentences,
            hits=tuple(Ranked(span(hit.passage), hit.score) for hit in hits),
            certainty=certainty,
            seconds=watch.all(),
            tokens=0,
        )

    def _find(self, question: Question) -> tuple[list[Hit], Findings]:
        """Retrieve passages and rank their sentences as the product does."""
        turns = leaned_on(question.text, question.history)
        query = read_query(standalone(question.text, turns), self._encoder)
        hits = self._retriever.retrieve(query)
        index = self._index
        return hits, gather(query, hits, index.sentence_vectors, index.document)

    def _quote(self, found: Findings) -> Said:
        """Return the sentence that ranks first."""
        best = found.ranked[0].sentence
        place = Span("", best.hit.passage.document_id, best.start, best.end)
        cited = cite(self._index.document, place, best.text)
        return Said(best.text, marked=False, citations=(cited,))
