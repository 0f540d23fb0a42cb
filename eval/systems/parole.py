"""The product, asked as any of its users asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from eval.systems.common import DocumentOf, cite, span
from eval.types import Question, Ranked, Response, Said, Span
from rag.pipeline import Assistant
from rag.types import Answer, AnswerSentence, Done, Generator, Token


class ParoleSystem:
    """Parole over one index."""

    name = "parole"

    def __init__(
        self, assistant: Assistant, generator: Generator, passages: Sequence[Span]
    ) -> None:
        self._assistant = assistant
        self._generator = generator
        self._passages = tuple(passages)

    @property
    def identity(self) -> Mapping[str, str]:
        """The receipt that every one of its answers carries."""
        known = self._assistant.receipt
        return {"settings": known.settings, "version": known.version}

    def passages(self) -> Sequence[Span]:
        """Return the passages of the index."""
        return self._passages

    def answer(self, question: Question) -> Response:
        """Return the answer as it is shown, and the draft behind it."""
        pieces: list[str] = []
        for event in self._assistant.stream(question.text, question.history):
            match event:
                case Token(text):
                    pieces.append(text)
                case Done(answer):
                    return self._response(answer, "".join(pieces))
                case _:
                    pass
        raise TypeError("a stream must end with Done")

    def _response(self, answer: Answer, draft: str) -> Response:
        """Return an answer in the benchmark's terms."""
        return Response(
            text=answer.text,
            draft=draft,
            # What Parole says of itself claims nothing of the documents.
            refused=answer.refused or answer.aside,
            sentences=tuple(
                said(sentence, self._assistant.document, bare=bool(answer.reason))
                for sentence in answer.sentences
            ),
            hits=tuple(Ranked(span(hit.passage), hit.score) for hit in answer.hits),
            certainty=answer.certainty,
            seconds=asdict(answer.timings),
            tokens=self._generator.tokenizer.count(draft),
        )


def said(sentence: AnswerSentence, document_of: DocumentOf, *, bare: bool) -> Said:
    """Return a sentence of an answer with its quotes held against the documents.

    With `bare`, what is said is the quote alone: Parole shows it behind words of its own when
    it has no sure answer, and those claim nothing of the documents.
    """
    citations = tuple(
        cite(document_of, Span("", found.document, found.start, found.end), found.quote)
        for found in sentence.citations
    )
    text = citations[0].quote if bare and citations else sentence.text
    return Said(text, marked=not sentence.supported, citations=citations)
