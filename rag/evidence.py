"""From passages to sentences: which of them speak to the question, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.retrieve import fuse, standardise
from rag.sentences import sentence_spans
from rag.text import search_terms
from rag.types import Encoder, Hit, Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a passage found: `document.text[start:end] == text`.

    `similarity` is the cosine with the question, `coverage` the share of the question's
    terms that stand in it, `score` how well it ranks among the sentences found.
    """

    hit: Hit
    start: int
    end: int
    text: str
    similarity: float
    coverage: float
    score: float

    @property
    def heading(self) -> str:
        """The title and section that the sentence stands under."""
        return f"{self.hit.passage.title} {self.hit.passage.section}"


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceSet:
    """All sentences of the hits in reading order, with one unit vector for each.

    `vectors` has the shape (len(sentences), dimension).
    """

    sentences: tuple[Evidence, ...]
    vectors: Vectors

    def best(self, count: int) -> list[Evidence]:
        """Return the `count` best sentences, best first, ties in reading order."""
        order = sorted(range(len(self.sentences)), key=lambda i: (-self.sentences[i].score, i))
        return [self.sentences[i] for i in order[:count]]


SENTENCE_DENSE_WEIGHT = 0.6
"""Share of the similarity in a sentence's own score: as for passages (rag/config.py)."""

PASSAGE_WEIGHT = 0.5
"""Weight of the passage's score, standardised, beside that of the sentence itself."""


def share(wanted: frozenset[str], found: frozenset[str]) -> float:
    """Return the share of `wanted` that is in `found`; 0 when nothing is wanted."""
    return len(wanted & found) / len(wanted) if wanted else 0.0


def gather(question: str, hits: Sequence[Hit], encoder: Encoder) -> EvidenceSet:
    """Cut the hits into sentences and score each of them against the question."""
    places = [
        (hit, hit.passage.start + start, hit.passage.start + end)
        for hit in hits
        for start, end in sentence_spans(hit.passage.text)
    ]
    if not places:
        return EvidenceSet((), np.zeros((0, encoder.dimension), np.float32))
    texts = [_cut(hit, start, end) for hit, start, end in places]
    vectors = encoder.encode_passages(texts)
    similarity = vectors @ encoder.encode_queries([question])[0]
    wanted = frozenset(search_terms(question))
    coverage = np.array(
        [
            share(wanted, frozenset(search_terms(f"{text} {hit.passage.section}")))
            for (hit, _, _), text in zip(places, texts, strict=True)
        ],
        np.float32,
    )
    passages = standardise(np.array([hit.score for hit, _, _ in places], np.float32))
    scores = fuse(similarity, coverage, SENTENCE_DENSE_WEIGHT) + PASSAGE_WEIGHT * passages
    sentences = tuple(
        Evidence(hit, start, end, text, float(near), float(covered), float(score))
        for (hit, start, end), text, near, covered, score in zip(
            places, texts, similarity, coverage, scores, strict=True
        )
    )
    return EvidenceSet(sentences, vectors)


def _cut(hit: Hit, start: int, end: int) -> str:
    """Return the characters of the document from `start` to `end`, taken from the passage."""
    return hit.passage.text[start - hit.passage.start : end - hit.passage.start]
