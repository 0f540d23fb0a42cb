"""Passages by the thousand, made from a seed: words as frequent as words are, vectors in clusters.

What the constants are taken from is the corpus of Parole under e5-small, 47 passages: 91 search
terms each, standard deviation 18; two passages have a cosine of 0.85, nearest neighbours one of
0.92; what differs between passages has 26 effective dimensions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from rag.index.vectors import Ids
from rag.types import Vectors

DIMENSION = 384

TERMS, TERMS_SPREAD = 91, 18
"""Mean and standard deviation of the search terms of a passage."""

VOCABULARY = 300_000
SHIFT = 10.0
"""Terms there are, and the shift of Zipf's law (Mandelbrot 1953: the frequency of rank r is as
1/(r + shift)): without function words, the first ranks are nearly as frequent as one another."""

TOPIC_TERMS = 400
TOPIC_SHARE = 0.4
"""Terms of its own that each cluster has, and the share of a passage's terms drawn from them."""

CLUSTER = 100
"""Passages of one cluster, as a book or a course has."""

COMMON, SHARED = 0.85, 0.45
"""Cosine of any two passages, and the share of the rest that those of one cluster have in common:
0.85 + 0.45 · 0.15 = 0.92."""

QUERY_TERMS = 6
QUERY_COSINE = 0.9
"""Terms of a question, all of them from one passage, and its cosine with that passage."""

SCALE = np.arange(1, DIMENSION + 1) ** -0.5 / np.linalg.norm(np.arange(1, DIMENSION + 1) ** -0.5)
"""Standard deviation of each coordinate: variances as 1/i have (Σ 1/i)² / Σ 1/i² = 26 effective
dimensions, and sum to 1."""

BLOCK = 50_000
"""Passages whose vectors are made together, so that 10⁶ of them need no second copy."""

SYLLABLES = [f"{consonant}{vowel}" for consonant in "bcdfghjlmnprstvz" for vowel in "aeiou"]

Numbers = NDArray[np.int64]


class Terms(Sequence[list[str]]):
    """The terms of each passage, made when they are asked for: lists of them all would be vast."""

    def __init__(self, ranks: Numbers, ends: Numbers) -> None:
        self._words = [word(rank) for rank in range(int(ranks.max()) + 1)]
        self._ranks = ranks
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[str]]: ...
    def __getitem__(self, place: int | slice) -> list[str] | list[list[str]]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        ranks = self._ranks[self._ends[place] : self._ends[place + 1]]
        return [self._words[rank] for rank in ranks.tolist()]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as both indexes look for it, about the passage in row `about`."""

    about: int
    vector: NDArray[np.float32]
    terms: list[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages under ids that rise with their rows, and questions about some of them."""

    ids: Ids
    vectors: Vectors
    terms: Terms
    questions: tuple[Question, ...]


def word(rank: int) -> str:
    """Return the term of a rank, from 0: syllables, the frequent ones shorter, no two the same."""
    syllables = [SYLLABLES[rank % len(SYLLABLES)]]
    while rank := rank // len(SYLLABLES):
        syllables.append(SYLLABLES[(rank - 1) % len(SYLLABLES)])
        rank -= 1
    return "".join(syllables)


def make(passages: int, questions: int, seed: int) -> Collection:
    """Return a collection; the same arguments give the same one.

    Args:
        passages: at least one.
        questions: how many are asked about passages drawn at random.
        seed: of all that is random in it.
    """
    random = np.random.default_rng([seed, passages])
    clusters = random.integers(0, max(1, passages // CLUSTER), passages)
    vectors, terms = _vectors(clusters, random), _terms(clusters, random)
    about = random.integers(0, passages, questions)
    asked = tuple(_question(int(row), vectors, terms, random) for row in about)
    return Collection(np.arange(passages, dtype=np.int64), vectors, terms, asked)


def _vectors(clusters: Numbers, random: np.random.Generator) -> Vectors:
    """Return unit vectors, those of a cluster near each other, shape (n, DIMENSION)."""
    common = np.full(DIMENSION, DIMENSION**-0.5)
    centres = random.standard_normal((int(clusters.max()) + 1, DIMENSION), np.float32) * SCALE
    rows = np.empty((len(clusters), DIMENSION), np.float32)
    for start in range(0, len(clusters), BLOCK):
        some = slice(start, start + BLOCK)
        own = random.standard_normal((len(rows[some]), DIMENSION), np.float32) * SCALE
        apart = np.sqrt(SHARED) * centres[clusters[some]] + np.sqrt(1 - SHARED) * own
        rows[some] = _unit(np.sqrt(COMMON) * common + np.sqrt(1 - COMMON) * apart)
    return rows


def _terms(clusters: Numbers, random: np.random.Generator) -> Terms:
    """Return terms by Zipf's law, some of each passage from those of its cluster."""
    sizes = np.maximum(1, random.normal(TERMS, TERMS_SPREAD, len(clusters))).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    ranks = _zipf(VOCABULARY, int(ends[-1]), random)
    own = random.random(len(ranks)) < TOPIC_SHARE
    begins = random.integers(0, VOCABULARY - TOPIC_TERMS, int(clusters.max()) + 1)
    topic = begins[np.repeat(clusters, sizes)[own]]
    ranks[own] = topic + _zipf(TOPIC_TERMS, len(topic), random)
    return Terms(ranks, ends)


def _zipf(terms: int, n: int, random: np.random.Generator) -> Numbers:
    """Return `n` ranks, from 0, of so many terms."""
    shares = np.cumsum(1 / (np.arange(1, terms + 1) + SHIFT))
    return np.searchsorted(shares / shares[-1], random.random(n)).astype(np.int64)


def _question(row: int, vectors: Vectors, terms: Terms, random: np.random.Generator) -> Question:
    """Return a question about a passage: some of its terms, and a vector near its own."""
    aside = random.standard_normal(DIMENSION) * SCALE
    aside -= (aside @ vectors[row]) * vectors[row]
    aside /= np.linalg.norm(aside)
    vector = QUERY_COSINE * vectors[row] + np.sqrt(1 - QUERY_COSINE**2) * aside
    there = terms[row]
    chosen = random.choice(len(there), min(QUERY_TERMS, len(there)), replace=False)
    return Question(row, _unit(vector[None])[0], [there[place] for place in sorted(chosen)])


def _unit(rows: NDArray[np.floating]) -> Vectors:
    """Return rows scaled to length 1."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
