"""From passages to sentences: which of them speak to the question, and how surely."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np

from rag.config import GenerationSettings
from rag.french.sentences import sentence_spans
from rag.french.text import search_terms
from rag.search.fusion import fuse, standardise
from rag.search.query import Query
from rag.types import Document, Hit, Passage, Section, Vectors

SENTENCE_DENSE_WEIGHT = 0.8
PASSAGE_WEIGHT = 0.5
"""Share of the similarity in a sentence's own score, and weight of its passage's beside it.

With both and no reader, one that answers is told to the generator for 99 % of 96 development
questions, in the best passage or among two sentences of other ones (`python -m eval.calibrate`).
"""

READING_WEIGHT = 0.5
"""What a reader's log-odds count beside a sentence's score (`python -m eval.calibrate`)."""

SURE = 12.0
"""Log-odds beyond which a reader is as sure as can be."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage found: `document.text[start:end] == text`."""

    hit: Hit
    start: int
    end: int
    text: str
    section: Section
    terms: frozenset[str]

    @property
    def heading(self) -> str:
        """The title and section that the sentence stands under."""
        return f"{self.hit.passage.title} {self.section.title}"

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands, whatever question it was found for."""
        return self.hit.passage.id, self.start


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence held against the question.

    `similarity` is the cosine with it, `coverage` the share of the question's terms that
    stand in the sentence or its section's title, `score` its rank's measure.
    """

    sentence: Sentence
    similarity: float
    coverage: float
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """All sentences of the hits in reading order, and again the best first.

    `read`: a reader has ranked them.
    """

    sentences: tuple[Sentence, ...]
    ranked: tuple[Evidence, ...]
    read: bool = False

    def context(self, settings: GenerationSettings) -> list[Sentence]:
        """Return what to answer from, the best first.

        What answers seldom stands alone: it leans on the sentences around it.
        """
        if not self.sentences:
            return []
        return self._around(settings) if self.read else self._whole(settings.other_sentences)

    def _around(self, settings: GenerationSettings) -> list[Sentence]:
        """Return the best sentences, and those before and behind the very best ones."""
        beside = defaultdict[Sentence, list[Sentence]](list)
        for first, second in neighbours(self.sentences):
            beside[first].append(second)
            beside[second].append(first)
        chosen: list[Sentence] = []
        for rank, item in enumerate(self.ranked[: settings.sentences]):
            chosen.append(item.sentence)
            chosen += beside[item.sentence] if rank < settings.with_neighbours else ()
        return list(dict.fromkeys(chosen))

    def _whole(self, others: int) -> list[Sentence]:
        """Return all of the best passage, and as many sentences of other ones."""
        best = self.sentences[0].hit.passage.id
        whole = [item for item in self.sentences if item.hit.passage.id == best]
        rest = (item.sentence for item in self.ranked)
        return [*whole, *islice((item for item in rest if item.hit.passage.id != best), others)]


def neighbours(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield each sentence with the next one of its passage."""
    for first, second in pairwise(sentences):
        if first.hit.passage.id == second.hit.passage.id:
            yield first, second


def share(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Return the share of `wanted` that is in `found`; 0 when nothing is wanted."""
    return len(wanted & found) / len(wanted) if wanted else 0.0


def gather(
    query: Query,
    hits: Sequence[Hit],
    vectors: Callable[[Passage], Vectors],
    document: Callable[[str], Document],
) -> Findings:
    """Cut the hits into sentences and rank them by how they speak to the question.

    Args:
        query: what is asked.
        hits: passages found, best first.
        vectors: returns the unit vectors of a passage's sentences, shape (sentences,
            dimension), by the encoder of the query.
        document: returns a document by its id; it knows the section of each sentence.
    """
    sentences = [
        sentence
        for hit in hits
        for sentence in sentences_of(hit, document(hit.passage.document_id))
    ]
    if not sentences:
        return Findings((), ())
    rows = np.concatenate([vectors(hit.passage) for hit in hits])
    similarity = np.asarray(rows @ query.vector, np.float32)
    wanted = frozenset(query.terms)
    coverage = np.array([_coverage(wanted, sentence) for sentence in sentences], np.float32)
    passages = np.array([sentence.hit.score for sentence in sentences], np.float32)
    own = fuse(similarity, coverage, SENTENCE_DENSE_WEIGHT)
    scores = own + PASSAGE_WEIGHT * standardise(passages)
    ranked = [
        Evidence(
            sentence=sentences[place],
            similarity=float(similarity[place]),
            coverage=float(coverage[place]),
            score=float(scores[place]),
        )
        for place in np.argsort(-scores, kind="stable")
    ]
    return Findings(tuple(sentences), tuple(ranked))


def reread(found: Findings, told: Sequence[float], weight: float = READING_WEIGHT) -> Findings:
    """Rank the sentences anew by what a reader makes of them.

    Args:
        found: the sentences of some passages.
        told: log-odds that each of `found.sentences` answers.
        weight: what these count beside the sentences' scores.
    """
    odds = dict(zip(found.sentences, np.clip(told, -SURE, SURE).tolist(), strict=True))
    ranked = [
        replace(item, score=item.score + weight * odds[item.sentence]) for item in found.ranked
    ]
    return replace(found, ranked=tuple(sorted(ranked, key=lambda item: -item.score)), read=True)


def sentences_of(hit: Hit, document: Document) -> list[Sentence]:
    """Cut one passage into its sentences, each under the section that it stands in."""
    passage = hit.passage
    return [
        Sentence(
            hit=hit,
            start=passage.start + start,
            end=passage.start + end,
            text=passage.text[start:end],
            section=document.section_at(passage.start + start),
            terms=frozenset(search_terms(passage.text[start:end])),
        )
        for start, end in sentence_spans(passage.text)
    ]


def _coverage(wanted: frozenset[str], sentence: Sentence) -> float:
    """Return the share of the question's terms in a sentence or its section's title."""
    return share(wanted, sentence.terms | frozenset(search_terms(sentence.section.title)))
