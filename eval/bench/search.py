"""Part `search`: dense, lexical and hybrid search as the collection grows, against plain FAISS."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from eval.bench.collection import Collection, Question, make
from eval.bench.timing import turns
from eval.bench.types import Clock, Measure, Stand
from eval.bench.usual import FlatIndex
from rag.config import RetrievalSettings
from rag.index.lexical import LexicalIndex
from rag.index.vectors import DenseIndex, Ids, Scores
from rag.search.fusion import fuse
from rag.search.query import Query
from rag.search.retrieve import Retriever
from rag.types import Passage

QUESTIONS = 50
"""Questions asked at each size: the median of so many, each of all kinds in turn."""

BEST = 10
"""Passages that each search gives, and that recall is counted over."""

SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Passages; how far it goes is the caller's choice, the last one takes some 10 GB."""

SETTINGS = replace(RetrievalSettings(), hits=BEST)

TIE = 1e-4
"""Scores this near are equal: fused ones carry the rounding of two float32 products."""

T = TypeVar("T")

Search = Callable[[Question], Sequence[int]]
"""Returns the rows of the best passages for a question."""


@dataclass(frozen=True, slots=True)
class Made:
    """Both indexes of a collection, with all that a retriever asks of an index on disk."""

    dense: DenseIndex
    lexical: LexicalIndex
    collection: Collection

    def passage(self, number: int) -> Passage:
        """Return a passage, each of a document of its own; its text is its terms."""
        text = " ".join(self.collection.terms[number])
        return Passage(f"{number:015x}", str(number), "", "", None, 0, len(text), text)

    def numbers(self, document_ids: Iterable[str]) -> Ids:
        """Return the ids of the passages of some documents."""
        return np.array(sorted(map(int, document_ids)), np.int64)


def bench_search(sizes: Sequence[int], seed: int, stand: Stand) -> None:
    """Make a collection of each size, index it and ask it; see `eval.bench.collection`.

    Building and bytes are measured once a size. Encoding a question is not counted, and
    passages are in memory, not read from disk.
    """
    for done, size in enumerate(sizes, 1):
        _measure(make(size, QUESTIONS, seed), stand)
        stand.progress("search", done, len(sizes))


def _measure(collection: Collection, stand: Stand) -> None:
    """Note all that is measured of one collection."""
    size = len(collection.ids)

    def note(subject: str, name: str, value: float) -> None:
        stand.note(Measure("search", subject, name, size), value)

    dense, took = _built(lambda: DenseIndex.build(collection.ids, collection.vectors), stand.clock)
    note("dense", "build", took)
    lexical, took = _built(
        lambda: LexicalIndex.build(collection.ids, collection.terms), stand.clock
    )
    note("lexical", "build", took)
    note("dense", "passage_bytes", len(dense.to_bytes()) / size)
    note("lexical", "passage_bytes", len(lexical.to_bytes()) / size)
    flat, took = _built(lambda: FlatIndex(collection.vectors), stand.clock)
    note("faiss", "build", took)
    made = Made(dense, lexical, collection)
    works = searches(made, flat)
    for found in turns(works, collection.questions, stand.clock):
        for name, length in found.items():
            note(name, "query", 1000 * length)
        note("faiss", "ratio_query", found["faiss"] / found["dense"])
    for name, value in recalls(works, made).items():
        note(name, "recall", value)


def searches(made: Made, flat: FlatIndex) -> dict[str, Search]:
    """Return each kind of search by its name."""
    retriever = Retriever(made, SETTINGS)

    def lexical(question: Question) -> list[int]:
        scores = made.lexical.scores(question.terms)
        best = np.argsort(-scores, kind="stable")[:BEST]
        return [int(number) for number in made.lexical.ids[best]]

    def hybrid(question: Question) -> list[int]:
        hits = retriever.retrieve(Query("", tuple(question.terms), question.vector))
        return [int(hit.passage.id, 16) for hit in hits]

    return {
        "dense": lambda question: made.dense.search(question.vector, BEST)[0].tolist(),
        "lexical": lexical,
        "hybrid": hybrid,
        "faiss": lambda question: flat.search(question.vector, BEST)[0].tolist(),
    }


def recalls(works: Mapping[str, Search], made: Made) -> dict[str, float]:
    """Return the mean recall of each kind of search against an exhaustive one."""
    sums = dict.fromkeys(works, 0.0)
    for question in made.collection.questions:
        dense = made.collection.vectors @ question.vector
        lexical = made.lexical.scores(question.terms)
        exact = {"lexical": lexical, "hybrid": fused(dense, lexical)}
        for name, search in works.items():
            sums[name] += recall(search(question), exact.get(name, dense))
    return {name: total / len(made.collection.questions) for name, total in sums.items()}


def fused(dense: Scores, lexical: Scores) -> Scores:
    """Return the fused score of every passage, -inf for those that are no candidate.

    Args:
        dense: the similarity of every passage, shape (n,).
        lexical: the BM25 score of every passage, shape (n,).
    """
    near, worded = (np.argsort(-scores)[: SETTINGS.candidates] for scores in (dense, lexical))
    rows = np.union1d(near, worded[lexical[worded] > 0])
    scores = np.full(len(dense), -np.inf, np.float32)
    scores[rows] = fuse(dense[rows], lexical[rows], SETTINGS.dense_weight)
    return scores


def recall(rows: Sequence[int], scores: Scores) -> float:
    """Return the share of the `BEST` passages that are as good as the best: ties all count."""
    least = np.sort(scores)[-BEST:][0]
    return float(np.count_nonzero(scores[list(rows)] >= least - TIE)) / BEST


def _built(build: Callable[[], T], clock: Clock) -> tuple[T, float]:
    """Return what is built, and the seconds that it took."""
    start = clock()
    made = build()
    return made, clock() - start
