"""The three ways in which a question ends: an answer, a refusal, a word of Parole itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag import messages as say
from rag.check.cite import cite, compose_text, nested
from rag.clock import Clock
from rag.index.database import DocumentSummary
from rag.index.store import Index
from rag.search.case import Case
from rag.search.evidence import Sentence
from rag.talk.about import reply
from rag.talk.missing import quoted_reason, refusal_reason
from rag.talk.phrases import Topic
from rag.talk.suggestions import suggestions
from rag.types import Answer, AnswerSentence, Receipt


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said, and why it is not what was written, if so."""

    sentences: tuple[AnswerSentence, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Endings:
    """Puts answers together over one index, each with its receipt."""

    index: Index
    receipt: Receipt

    def answer(
        self, asked: str, case: Case, verdict: Verdict, told: Sequence[Sentence], clock: Clock
    ) -> Answer:
        """Return the answer to what was asked; `told` is what the generator was given."""
        return Answer(
            question=asked,
            text=compose_text(verdict.sentences),
            refused=False,
            reason=verdict.reason,
            certainty=case.certainty,
            sentences=verdict.sentences,
            hits=case.hits,
            timings=clock.timings(),
            receipt=self.receipt,
            told=tuple(dict.fromkeys(sentence.hit.passage.id for sentence in told)),
        )

    def whole(self, asked: str, told: Sequence[Sentence], clock: Clock) -> Answer:
        """Return a text in sentences of its own, each with its quote."""
        title = nested(told[0].hit.passage.title)
        first = say.WHOLE_TEXT.replace("{title}", title)
        sentences = tuple(
            AnswerSentence(
                (first if n == 1 else say.WHOLE_NEXT).replace("{quote}", nested(sentence.text)),
                supported=True,
                citations=(cite(sentence, n, 1.0),),
            )
            for n, sentence in enumerate(told, start=1)
        )
        return Answer(
            question=asked,
            text=compose_text(sentences),
            refused=False,
            reason="",
            certainty=1.0,
            sentences=sentences,
            hits=tuple(dict.fromkeys(sentence.hit for sentence in told)),
            timings=clock.timings(),
            receipt=self.receipt,
            told=tuple(dict.fromkeys(sentence.hit.passage.id for sentence in told)),
        )

    def refusal(
        self, asked: str, case: Case, within: Collection[str] | None, clock: Clock
    ) -> Answer:
        """Return why there is no answer, the nearest passages, and what to ask instead."""
        return Answer(
            question=asked,
            text=say.REFUSAL,
            refused=True,
            reason=refusal_reason(case.question, case.hits, self.index.lexical.holds, case.lacking),
            certainty=case.certainty,
            sentences=(),
            hits=case.hits,
            timings=clock.timings(),
            receipt=self.receipt,
            suggestions=suggestions(case.question, case.hits, self._among(within)),
        )

    def aside(
        self, asked: str, topic: Topic, within: Collection[str] | None, clock: Clock
    ) -> Answer:
        """Return what is said of Parole itself, without a search."""
        said = reply(topic, self._among(within))
        return Answer(
            question=asked,
            text=said.text,
            refused=False,
            reason="",
            certainty=0.0,
            sentences=(),
            hits=(),
            timings=clock.timings(),
            receipt=self.receipt,
            aside=True,
            suggestions=said.suggestions,
        )

    def quoted(self, case: Case, sentences: tuple[AnswerSentence, ...]) -> Verdict:
        """Return that a quotation is all that was verified, and why."""
        reason = quoted_reason(case.question, case.hits, self.index.lexical.holds)
        return Verdict(sentences, reason)

    def _among(self, within: Collection[str] | None) -> Sequence[DocumentSummary]:
        """Return what is known of the documents to look in."""
        every = self.index.documents()
        return every if within is None else [one for one in every if one.id in within]
