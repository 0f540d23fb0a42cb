"""Passages made from a seed, and how well each search finds the best of them."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from eval.bench.collection import QUERY_COSINE, QUERY_TERMS, TERMS, make, word
from eval.bench.search import BEST, Made, bench_search, fused, recall, recalls, searches
from eval.bench.usual import FlatIndex
from rag.index.lexical import LexicalIndex
from rag.index.vectors import DenseIndex
from rag.search.fusion import fuse
from tests.bench_fakes import Bench

SIZE = 300


def test_the_same_seed_gives_the_same_collection_and_another_one_another() -> None:
    one, same, other = (make(SIZE, 3, seed) for seed in (0, 0, 1))
    assert one.vectors.tobytes() == same.vectors.tobytes()
    assert [list(one.terms), one.questions[0].terms] == [list(same.terms), same.questions[0].terms]
    assert one.vectors.tobytes() != other.vectors.tobytes()
    assert list(one.terms) != list(other.terms)


def test_vectors_are_near_each_other_as_those_of_the_encoder_are() -> None:
    vectors = make(1000, 1, 0).vectors
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, np.nan)
    assert np.nanmean(cosines) == pytest.approx(0.85, abs=0.02)
    assert np.nanmean(np.nanmax(cosines, axis=1)) == pytest.approx(0.95, abs=0.02)


def test_words_are_as_frequent_as_words_are() -> None:
    terms = list(make(1000, 1, 0).terms)
    assert np.mean([len(found) for found in terms]) == pytest.approx(TERMS, rel=0.02)
    common = Counter(term for found in terms for term in found)
    assert common[word(0)] == pytest.approx(2 * common[word(10)], rel=0.15)
    assert common[word(0)] > 20 * common[word(1000)]


def test_no_two_ranks_have_one_word_and_frequent_ones_are_short() -> None:
    words = [word(rank) for rank in range(7000)]
    assert len(set(words)) == 7000
    assert [len(words[rank]) for rank in (0, 79, 80, 6479, 6480)] == [2, 2, 4, 4, 6]


def test_a_question_is_about_its_passage() -> None:
    made = make(SIZE, 5, 0)
    for asked in made.questions:
        assert float(asked.vector @ made.vectors[asked.about]) == pytest.approx(QUERY_COSINE)
        assert len(asked.terms) == QUERY_TERMS
        assert set(asked.terms) <= set(made.terms[asked.about])


def test_every_search_of_today_finds_the_best_passages_of_all() -> None:
    collection = make(SIZE, 4, 0)
    made = Made(
        DenseIndex.build(collection.ids, collection.vectors),
        LexicalIndex.build(collection.ids, collection.terms),
        collection,
    )
    works = searches(made, FlatIndex(collection.vectors))
    asked = collection.questions[0]
    exact = np.argsort(-(collection.vectors @ asked.vector))[:BEST].tolist()
    assert works["dense"](asked) == works["faiss"](asked) == exact
    assert works["hybrid"](asked)[0] == works["lexical"](asked)[0] == asked.about
    assert recalls(works, made) == {"dense": 1.0, "lexical": 1.0, "hybrid": 1.0, "faiss": 1.0}
    worse = {"dense": lambda question: works["dense"](question)[:7]}
    assert recalls(worse, made) == {"dense": pytest.approx(0.7)}


def test_a_passage_that_ties_with_the_last_of_the_best_counts() -> None:
    scores = np.array([5.0, 1.0, *[3.0] * 10, 0.0], np.float32)
    assert recall([0, *range(2, 11)], scores) == 1.0
    assert recall([0, *range(3, 12)], scores) == 1.0
    assert recall([0, 1, 12, *range(2, 9)], scores) == 0.8


def test_only_candidates_of_either_side_have_a_fused_score() -> None:
    dense = np.linspace(1, 0, 200, dtype=np.float32)
    lexical = np.zeros(200, np.float32)
    lexical[150] = 4.0
    found = fused(dense, lexical)
    assert np.flatnonzero(np.isfinite(found)).tolist() == [*range(50), 150]
    rows = np.array([*range(50), 150])
    assert found[rows].tolist() == fuse(dense[rows], lexical[rows], 0.6).tolist()


def test_each_size_is_built_asked_and_held_against_plain_faiss() -> None:
    bench = Bench()
    ticks = iter(range(10**6))
    stand = replace(bench.stand, clock=lambda: float(next(ticks)))
    bench_search((100, 200), 0, stand)
    values = bench.values()
    assert values["dense", "passage_bytes", 200] == [pytest.approx(384 * 4 + 8, rel=0.01)]
    assert values["hybrid", "recall", 100] == [1.0]
    assert values["dense", "build", 100] == [1.0]
    assert values["faiss", "ratio_query", 100] == [1.0] * 50
    assert len(values["hybrid", "query", 200]) == 50
    assert bench.progress == [("search", 1, 2), ("search", 2, 2)]
