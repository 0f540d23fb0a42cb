"""The dense index: exact, deterministic, and wary of the bytes it is given."""

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import StoreCorruptError
from rag.index.vectors import DenseIndex, Ids
from rag.types import Vectors


def _unit(count: int, dimension: int = 8, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, dimension))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def _ids(*values: int) -> Ids:
    return np.array(values, dtype=np.int64)


def _axes() -> DenseIndex:
    """Return the three axes of space under ids that are not in order."""
    return DenseIndex.build(_ids(30, 10, 20), np.eye(3, dtype=np.float32))


def test_the_nearest_come_first_with_their_inner_products() -> None:
    query = np.array([0.6, 0.0, 0.8], dtype=np.float32)
    ids, scores = _axes().search(query, 2)
    assert ids.tolist() == [20, 30]
    assert scores.tolist() == [np.float32(0.8), np.float32(0.6)]


def test_equal_scores_are_ordered_by_id_even_across_the_last_rank() -> None:
    same = np.repeat(_unit(1), 40, axis=0)
    ids = np.random.default_rng(1).permutation(40).astype(np.int64)
    index = DenseIndex.build(ids, same)
    for k in (1, 2, 5, 39, 40):
        found, _ = index.search(same[0], k)
        assert found.tolist() == list(range(k))


def test_ties_after_better_ones_are_cut_by_id() -> None:
    best, other = _unit(2)
    rows = np.stack([other, other, best, other, other, other, other, other])
    index = DenseIndex.build(_ids(9, 8, 7, 6, 5, 4, 3, 2), rows)
    assert index.search(best, 3)[0].tolist() == [7, 2, 3]


def test_more_than_there_are_gives_all_and_no_padding() -> None:
    ids, scores = _axes().search(np.array([0.0, 1.0, 0.0], dtype=np.float32), 50)
    assert ids.tolist() == [10, 20, 30]
    assert scores.tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("k", [1, 3, 7, 50])
def test_a_search_among_some_ids_is_the_whole_search_without_the_others(k: int) -> None:
    index = DenseIndex.build(np.arange(200, dtype=np.int64)[::-1].copy(), _unit(200))
    query = _unit(1, seed=5)[0]
    among = _ids(3, 199, 17, 42, 100, 8, 77)
    whole, scores = index.search(query, 200)
    kept = np.isin(whole, among)
    ids, found = index.search(query, k, among)
    assert ids.tolist() == whole[kept][:k].tolist()
    assert found.tolist() == scores[kept][:k].tolist()


def test_ties_among_some_ids_are_cut_by_id() -> None:
    index = DenseIndex.build(np.arange(40, dtype=np.int64), np.repeat(_unit(1), 40, axis=0))
    assert index.search(_unit(1)[0], 2, _ids(31, 9, 20, 12))[0].tolist() == [9, 12]


def test_a_search_among_none_finds_nothing() -> None:
    assert _axes().search(np.ones(3, np.float32), 2, _ids())[0].tolist() == []


def test_an_empty_index_finds_nothing_and_survives_its_file() -> None:
    index = DenseIndex.build(_ids(), np.zeros((0, 4), np.float32))
    again = DenseIndex.from_bytes(index.to_bytes())
    ids, scores = again.search(np.ones(4, np.float32), 3)
    assert (ids.tolist(), scores.tolist(), len(again), again.dimension) == ([], [], 0, 4)
    assert again.scores(np.ones(4, np.float32), _ids()).tolist() == []


@settings(max_examples=40, deadline=None)
@given(count=st.integers(1, 300), dimension=st.integers(1, 40), seed=st.integers(0, 1000))
def test_search_agrees_with_numpy_and_scores_agree_with_search_to_the_bit(
    count: int, dimension: int, seed: int
) -> None:
    vectors = _unit(count, dimension, seed)
    ids = np.random.default_rng(seed).permutation(count * 3)[:count].astype(np.int64)
    index = DenseIndex.build(ids, vectors)
    query = _unit(1, dimension, seed + 1)[0]
    found, scores = index.search(query, count)
    assert index.scores(query, found).tolist() == scores.tolist()
    assert index.scores(query, found[::-1]).tolist() == scores[::-1].tolist()
    expected = dict(zip(ids.tolist(), (vectors @ query).tolist(), strict=True))
    assert sorted(found.tolist()) == sorted(expected)
    assert scores == pytest.approx([expected[key] for key in found.tolist()], abs=1e-5)
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_a_score_depends_neither_on_the_row_nor_on_k_nor_on_threads() -> None:
    vectors, query = _unit(500, 37), _unit(1, 37, seed=5)[0]
    ids = np.arange(500, dtype=np.int64)
    order = np.random.default_rng(3).permutation(500)
    forward = DenseIndex.build(ids, vectors)
    shuffled = DenseIndex.build(ids[order], vectors[order])
    found, scores = forward.search(query, 500)
    threads = faiss.omp_get_max_threads()
    try:
        for count in (1, 2):
            faiss.omp_set_num_threads(count)
            for k in (3, 150, 500):
                again, same = shuffled.search(query, k)
                assert again.tolist() == found[:k].tolist()
                assert same.tolist() == scores[:k].tolist()
    finally:
        faiss.omp_set_num_threads(threads)


def test_vectors_come_back_exactly_in_the_order_asked() -> None:
    vectors = _unit(5)
    index = DenseIndex.build(_ids(5, 4, 3, 2, 1), vectors)
    assert index.vectors(_ids(2, 5)).tolist() == vectors[[3, 0]].tolist()
    assert index.vectors(_ids()).shape == (0, 8)


def test_ids_of_60_bits_keep_all_their_bits_and_their_order() -> None:
    ids = _ids(int("f" * 15, 16), 1, int("123456789abcdef", 16))
    again = DenseIndex.from_bytes(DenseIndex.build(ids, _unit(3)).to_bytes())
    assert again.ids.tolist() == ids.tolist()
    assert again.search(_unit(3)[0], 1)[0].tolist() == [2**60 - 1]


def test_the_same_contents_give_the_same_bytes_and_the_bytes_the_same_index() -> None:
    ids, vectors = np.arange(20, dtype=np.int64), _unit(20)
    data = DenseIndex.build(ids, vectors).to_bytes()
    assert DenseIndex.build(ids.copy(), vectors.copy()).to_bytes() == data
    again = DenseIndex.from_bytes(data)
    assert again.to_bytes() == data
    assert again.vectors(ids).tolist() == vectors.tolist()


@pytest.mark.parametrize(
    ("ids", "vectors"),
    [
        (_ids(1), _unit(2)),
        (_ids(1, 1), _unit(2)),
        (_ids(-1, 1), _unit(2)),
        (_ids(1), _unit(1)[0]),
        (_ids(), np.zeros((0, 0), np.float32)),
        (_ids(1), _unit(1) * 2),
        (_ids(1), np.full((1, 8), np.nan, np.float32)),
        (_ids(1), np.zeros((1, 8), np.float32)),
    ],
    ids=["counts", "twice", "negative", "flat", "no-dimension", "length", "nan", "zero"],
)
def test_unfit_contents_are_refused(ids: Ids, vectors: Vectors) -> None:
    with pytest.raises(ValueError, match=r"ids|vectors"):
        DenseIndex.build(ids, vectors)


def test_unfit_questions_are_refused() -> None:
    index = _axes()
    with pytest.raises(ValueError, match="dimension 3"):
        index.search(np.ones(4, np.float32), 1)
    with pytest.raises(ValueError, match="k must be positive"):
        index.search(np.ones(3, np.float32), 0)
    with pytest.raises(KeyError):
        index.vectors(_ids(10, 11))
    with pytest.raises(KeyError):
        index.scores(np.ones(3, np.float32), _ids(11))


def test_cut_bytes_are_damage_not_a_crash() -> None:
    data = _axes().to_bytes()
    for length in (*range(0, len(data), 7), len(data) - 1):
        with pytest.raises(StoreCorruptError, match="FAISS"):
            DenseIndex.from_bytes(data[:length])


def _bytes_of(index: faiss.Index) -> bytes:
    return faiss.serialize_index(index).tobytes()


def test_other_kinds_of_faiss_index_are_refused() -> None:
    euclidean = faiss.IndexIDMap2(faiss.IndexFlatL2(3))
    euclidean.add_with_ids(np.eye(3, dtype=np.float32), _ids(1, 2, 3))
    twice = faiss.IndexIDMap2(faiss.IndexFlatIP(3))
    twice.add_with_ids(np.eye(3, dtype=np.float32), _ids(1, 2, 2))
    graph = faiss.IndexIDMap2(faiss.IndexHNSWFlat(3, 4, faiss.METRIC_INNER_PRODUCT))
    for index in (faiss.IndexFlatIP(3), euclidean, twice, graph):
        with pytest.raises(StoreCorruptError):
            DenseIndex.from_bytes(_bytes_of(index))


def test_a_file_that_claims_more_than_it_holds_is_refused_before_memory_is_taken() -> None:
    data = bytearray(_axes().to_bytes())
    huge = (1 << 20).to_bytes(8, "little")
    floats = (9).to_bytes(8, "little")  # the length of the vectors' own array
    place = bytes(data).index(floats, data.index(b"IxFI"))
    data[place : place + 8] = huge
    with pytest.raises(StoreCorruptError, match="limit"):
        DenseIndex.from_bytes(bytes(data))
