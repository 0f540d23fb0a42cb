"""The product without a generator: its retrieval, its refusal, its best sentence."""

from collections.abc import Mapping, Sequence

from eval.systems.common import Stopwatch, cite, span, spans
from eval.types import Question, Ranked, Response, Said, Span
from rag.config import Settings
from rag.index.store import Index
from rag.search.evidence import Findings
from rag.search.finding import Finder
from rag.search.reading import Reader
from rag.types import Encoder


class ExtractiveSystem:
    """Quotes the sentence that ranks first, or refuses where the product would."""

    name = "extractive"

    def __init__(
        self, index: Index, encoder: Encoder, settings: Settings, reader: Reader | None = None
    ) -> None:
        self._index = index
        self._settings = settings
        self._finder = Finder(index, encoder, settings.retrieval, reader)
        self._reader = reader

    @property
    def identity(self) -> Mapping[str, str]:
        """The settings of retrieval and refusal, and what the reader has learnt."""
        read = {"reader": self._reader.fingerprint} if self._reader else {}
        return {"settings": self._settings.fingerprint(), **read}

    def passages(self) -> Sequence[Span]:
        """Return the passages of the index."""
        return spans(self._index)

    def answer(self, question: Question) -> Response:
        """Return the best sentence with itself as its source."""
        watch = Stopwatch()
        with watch.stage("retrieve"):
            case = self._finder.read(self._finder.find(question.text, question.history))
        found = case.found
        known = bool(found.ranked) and case.certainty >= self._settings.answerability.threshold
        sentences = (self._quote(found),) if known else ()
        return Response(
            text=" ".join(sentence.text for sentence in sentences),
            draft="",
            refused=not known,
            sentences=sentences,
            hits=tuple(Ranked(span(hit.passage), hit.score) for hit in case.hits),
            certainty=case.certainty,
            seconds=watch.all(),
            tokens=0,
        )

    def _quote(self, found: Findings) -> Said:
        """Return the sentence that ranks first."""
        best = found.ranked[0].sentence
        place = Span("", best.hit.passage.document_id, best.start, best.end)
        cited = cite(self._index.document, place, best.text)
        return Said(best.text, marked=False, citations=(cited,))
