"""The lexical index: BM25 as published, empty cases, and one plain file."""

import math

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import StoreCorruptError
from rag.index.lexical import K1, B, LexicalIndex

TEXTS = ["le chat dort", "le chien court vite", "le chat et le chat", ""]


def _index(texts: list[str]) -> LexicalIndex:
    ids = np.arange(100, 100 + len(texts), dtype=np.int64)
    return LexicalIndex.build(ids, [text.split() for text in texts])


def _bm25(passages: list[list[str]], query: list[str]) -> list[float]:
    """Compute the sum of the published formula (Kamphuis et al. 2020, Lucene accurate)."""
    mean = sum(map(len, passages)) / max(1, len(passages))
    scores = [0.0] * len(passages)
    for term in query:
        holding = sum(term in passage for passage in passages)
        idf = math.log(1 + (len(passages) - holding + 0.5) / (holding + 0.5))
        for number, passage in enumerate(passages):
            count = passage.count(term)
            norm = K1 * (1 - B + B * len(passage) / mean) if mean else 1
            scores[number] += idf * count / (count + norm) if count else 0
    return scores


def test_scores_are_those_of_the_formula() -> None:
    query = ["chat", "vite", "inconnu", "chat"]
    scores = _index(TEXTS).scores(query)
    assert scores.tolist() == pytest.approx(
        _bm25([text.split() for text in TEXTS], query), rel=1e-5
    )
    assert np.argsort(-scores).tolist()[:3] == [2, 0, 1]


words = st.lists(st.sampled_from(["a", "b", "c", "été", "𝔸", "", "\n"]), max_size=6)


@given(st.lists(words, max_size=8), words)
def test_any_corpus_scores_as_the_formula_and_survives_its_file(
    passages: list[list[str]], query: list[str]
) -> None:
    ids = np.arange(len(passages), dtype=np.int64)
    index = LexicalIndex.build(ids, passages)
    scores = index.scores(query)
    assert scores.dtype == np.float32
    assert scores.shape == (len(passages),)
    again = LexicalIndex.from_bytes(index.to_bytes())
    assert again.scores(query).tolist() == scores.tolist()
    assert again.to_bytes() == index.to_bytes()
    assert scores.tolist() == pytest.approx(_bm25(passages, query), rel=1e-4)


@pytest.mark.filterwarnings("error")
def test_an_empty_corpus_an_empty_question_and_unknown_terms_score_nothing() -> None:
    assert _index([]).scores(["chat"]).tolist() == []
    assert _index(["", ""]).scores(["chat"]).tolist() == [0.0, 0.0]
    assert _index(TEXTS).scores([]).tolist() == [0.0] * 4
    assert _index(TEXTS).scores(["inconnu", "absent"]).tolist() == [0.0] * 4


def test_ids_stay_aligned_through_the_file() -> None:
    ids = np.array([7, 2**60 - 1, 3], dtype=np.int64)
    index = LexicalIndex.build(ids, [["a"], ["b"], ["c"]])
    again = LexicalIndex.from_bytes(index.to_bytes())
    assert again.ids.tolist() == [7, 2**60 - 1, 3]
    assert int(again.ids[int(again.scores(["b"]).argmax())]) == 2**60 - 1


def test_the_same_terms_give_the_same_bytes() -> None:
    assert _index(TEXTS).to_bytes() == _index(list(TEXTS)).to_bytes()
    assert _index(TEXTS).to_bytes() != _index(TEXTS[::-1]).to_bytes()


def test_as_many_lists_as_ids_are_wanted() -> None:
    with pytest.raises(ValueError, match="do not fit 1 lists"):
        LexicalIndex.build(np.arange(2, dtype=np.int64), [["a"]])


def test_cut_bytes_are_damage_not_a_crash() -> None:
    data = _index(TEXTS).to_bytes()
    for length in (*range(0, len(data), 11), len(data) - 1):
        with pytest.raises(StoreCorruptError, match="BM25"):
            LexicalIndex.from_bytes(data[:length])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("indices", np.array([0, 9] * 4, np.int32)),
        ("indices", np.array([0, -1] * 4, np.int32)),
        ("indices", np.array([0], np.int32)),
        ("indptr", np.array([0, 9, 2, 3, 4, 5, 6, 8], np.int64)),
        ("indptr", np.array([0, 8], np.int64)),
        ("data", np.full(8, np.nan, np.float32)),
        ("data", np.ones(8, np.float64)),
        ("ids", np.zeros((2, 2), np.int64)),
        ("vocabulary", np.frombuffer(b'{"a": 1}', np.uint8)),
        ("vocabulary", np.frombuffer(b"[1, 2, 3, 4, 5, 6, 7]", np.uint8)),
        ("vocabulary", np.frombuffer(b'["a", "a", "a", "a", "a", "a", "a"]', np.uint8)),
        ("vocabulary", np.frombuffer(b"\xff", np.uint8)),
        ("extra", np.zeros(1, np.int64)),
    ],
)
def test_arrays_that_do_not_fit_together_are_damage(name: str, value: np.ndarray) -> None:
    arrays = safetensors.numpy.load(_index(["b c d", "e f g", "a a b"]).to_bytes())
    assert (len(arrays["data"]), len(arrays["indptr"])) == (8, 8)
    data = safetensors.numpy.save({**arrays, name: value})
    with pytest.raises(StoreCorruptError, match="BM25"):
        LexicalIndex.from_bytes(data)


def test_a_missing_array_is_damage() -> None:
    arrays = safetensors.numpy.load(_index(TEXTS).to_bytes())
    for name in arrays:
        rest = {key: array for key, array in arrays.items() if key != name}
        with pytest.raises(StoreCorruptError, match="BM25"):
            LexicalIndex.from_bytes(safetensors.numpy.save(rest))
