"""One question with what was found for it, and what of that may be said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.check.cite import cite, states
from rag.check.repeats import asks_more, repeats
from rag.french.values import Kind
from rag.search.answerable import probability
from rag.search.evidence import Findings, Sentence
from rag.search.expected import Expected
from rag.search.query import Query
from rag.types import AnswerSentence, Citation, Hit, Turn

ANSWERING_GAP = 3.5
"""How far behind the best sentence a quote may be ranked and still answer, in scores after
reading. Of 33 drafts to development questions that were borne out, the quotes of the 30 right
ones were at most 3.1 behind; one was 4.1 behind, true and about something else."""

QUOTABLE = 3
"""Sentences of which the one nearest to the draft is quoted for a part of a question: for four of
five answers the right one is among the best three (`python -m eval.calibrate`)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what was found for it.

    `history` holds the turns that it leans on alone; `near` is the cosine of the nearest
    sentence, with what a foreign language costs; `odds` are the reader's that some passage
    answers, 0 while none was read; `wanted` is the kind of value that is asked for, if it is
    one that shows; `lacks`: no sentence found holds one. `parts` are the cases of the questions
    that it consists of, if there are several, or of a comparison as a whole and of its sides:
    what was found is theirs in turn.
    """

    question: str
    query: Query
    history: tuple[Turn, ...]
    hits: tuple[Hit, ...]
    found: Findings
    near: float
    wanted: Expected | None
    lacks: bool
    odds: float = 0.0
    parts: tuple["Case", ...] = ()

    @property
    def certainty(self) -> float:
        """The probability that the corpus answers the question; 0 where nothing was found."""
        return probability(self.near, self.odds, lacks=self.lacks) if self.found.ranked else 0.0

    @property
    def lacking(self) -> Kind | None:
        """The kind of value that is asked for, if no sentence found holds one."""
        return self.wanted.kind if self.wanted and self.lacks else None

    def fitting(self) -> list[Sentence]:
        """Return the sentences that may answer, best first: all, or those with such a value."""
        ranked = [item.sentence for item in self.found.ranked]
        if self.wanted is None:
            return ranked
        return [sentence for sentence in ranked if self.wanted.held_in(sentence.text)]

    def quotable(self, told: Collection[Sentence]) -> list[list[Sentence]]:
        """Return what may be quoted, best first: one list a part, of what was told if possible.

        Where there are no parts, what the reader ranks first is quoted beside the nearest: of 58
        development questions whose drafts did not stand, one of both told 50, the nearest 44.
        """
        fitting = self.fitting()
        best = [sentence for sentence in fitting if sentence in told] or fitting
        if not self.parts:
            first = [sentence for sentence in best if states(sentence.text)][:1]
            return [some for some in (best, first if self.found.read else []) if some]
        told_at = {sentence.place: sentence for sentence in best}
        ranked = [[sentence.place for sentence in part.fitting()] for part in self.parts]
        lists = [[told_at[one] for one in some if one in told_at][:QUOTABLE] for some in ranked]
        return [some for some in lists if some]

    def answered_by(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind that is asked for, if one is."""
        wanted = self.wanted
        return wanted is None or wanted.shown_in(text) or wanted.held_in(text)

    def said_to_it(self, sentences: Sequence[AnswerSentence]) -> list[AnswerSentence]:
        """Return the sentences that say something to the question.

        Others give it back, though it asks for more, or are true of something else.
        """
        more = asks_more(self.question)
        return [
            item
            for item in sentences
            if (not item.supported or self._speaks(item))
            and not (more and repeats(item.text, self.query.text))
        ]

    def _speaks(self, sentence: AnswerSentence) -> bool:
        """Tell whether a quote of a sentence is ranked among those that may answer, once read."""
        if not self.found.read:
            return True
        near = {
            (item.sentence.hit.passage.document_id, item.sentence.start)
            for case in self.parts or (self,)
            for item in case.found.ranked
            if item.score >= case.found.ranked[0].score - ANSWERING_GAP
        }
        return any((quote.document, quote.start) in near for quote in sentence.citations)

    def evidence(self) -> Citation | None:
        """Return the sentence that may answer best, under no number; no heading."""
        ranked = self.fitting() or [item.sentence for item in self.found.ranked]
        best = next((sentence for sentence in ranked if states(sentence.text)), None)
        return cite(best, 0, self.certainty) if best else None
