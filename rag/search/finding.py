"""From a question in its conversation to what the corpus has to say about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.check.cite import cite, states
from rag.check.repeats import asks_more, repeats
from rag.config import RetrievalSettings
from rag.french.tongue import foreign
from rag.french.values import Kind
from rag.index.store import Index
from rag.search.answerable import FOREIGN, best_similarity, probability
from rag.search.evidence import Findings, Sentence, gather, reread
from rag.search.expected import Expected, expected, lacking
from rag.search.query import Query, read_query
from rag.search.reading import Reader
from rag.search.retrieve import Retriever
from rag.talk.dialogue import leaned_on, standalone
from rag.types import AnswerSentence, Citation, Encoder, Hit, Turn

READ = 3
"""Passages that the reader reads. With all five, as many of the 96 answers were told to the
generator, and as many first sentences were right; each passage read takes its time."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what was found for it.

    `history` holds the turns that it leans on alone; `certainty` is the probability that the
    corpus answers it; `wanted` the kind of value that is asked for, if it is one that shows;
    `lacks`: no sentence found holds one.
    """

    question: str
    query: Query
    history: tuple[Turn, ...]
    hits: tuple[Hit, ...]
    found: Findings
    certainty: float
    wanted: Expected | None
    lacks: bool

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

    def answered_by(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind that is asked for, if one is."""
        wanted = self.wanted
        return wanted is None or wanted.shown_in(text) or wanted.held_in(text)

    def not_repeated(self, sentences: Sequence[AnswerSentence]) -> list[AnswerSentence]:
        """Return the sentences that do more than give the question back, if it asks for more."""
        if not asks_more(self.question):
            return list(sentences)
        return [item for item in sentences if not repeats(item.text, self.query.text)]

    def evidence(self) -> Citation | None:
        """Return the sentence that may answer best, under no number; no heading."""
        ranked = self.fitting() or [item.sentence for item in self.found.ranked]
        best = next((sentence for sentence in ranked if states(sentence.text)), None)
        return cite(best, 0, self.certainty) if best else None


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
        query = read_query(standalone(question, turns), self._encoder)
        hits = tuple(self._retriever.retrieve(query, within))
        found = gather(query, hits, self._index.sentence_vectors, self._index.document)
        near = best_similarity(found) + (FOREIGN if foreign(question) else 0.0)
        wanted = expected(question)
        lacks = lacking(wanted, [item.sentence.text for item in found.ranked])
        certainty = probability(near, lacks=lacks)
        return Case(question, query, turns, hits, found, certainty, wanted, lacks)

    def read(self, case: Case) -> Case:
        """Read the passages found, and rank their sentences by what was read as well."""
        if self._reader is None:
            return case
        return replace(case, found=reread(case.found, odds(self._reader, case)))


def odds(reader: Reader, case: Case) -> list[float]:
    """Return the log-odds of each sentence found that it answers.

    Only the best passages are read; sentences of the others take the median.
    """
    passages = [hit.passage for hit in case.hits[:READ]]
    readings = reader.read(case.query.text, passages)
    told = [score for reading in readings for score in reading.sentences]
    unread = len(case.found.sentences) - len(told)
    return told + [float(np.median(told))] * unread if told else []
