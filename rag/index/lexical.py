"""The lexical index: BM25 over terms that the caller has cut, by bm25s."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Self

import bm25s  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from rag import messages
from rag.errors import StoreCorruptError

# bm25s sets its own logger to DEBUG when it is imported.
logging.getLogger("bm25s").setLevel(logging.WARNING)

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]

K1 = 1.5
B = 0.75
"""Saturation of the term frequency and weight of the length: the defaults of bm25s and of
Lucene's authors, with which BM25 alone had recall@1 0.673 on 3,188 French questions."""

_LAYOUT = {"ids": np.int64, "data": np.float32, "indices": np.int32, "indptr": np.int64}
"""The arrays of a saved index beside its vocabulary: columns of terms, rows of passages."""


class LexicalIndex:
    """BM25 (Lucene's variant) with every term's score in every passage computed beforehand.

    Kamphuis et al. 2020, "Which BM25 do you mean?", gives the formula; Lù 2024, "BM25S",
    the sparse matrix of scores. bm25s saves a folder of .npy files; here one safetensors
    file holds all of it, so that the bytes that were hashed are the bytes that are read.
    """

    def __init__(self, arrays: Arrays, vocabulary: Sequence[str]) -> None:
        """Wrap arrays that `build` or `from_bytes` has checked."""
        self._arrays = arrays
        self._vocabulary = tuple(vocabulary)
        self._engine = _engine(arrays, self._vocabulary)

    @classmethod
    def build(cls, ids: Ids, terms: Sequence[Sequence[str]]) -> Self:
        """Index the `terms` of each passage, in their order, under `ids`, shape (n,).

        Raises:
            ValueError: there are not as many lists of terms as ids.
        """
        if ids.shape != (len(terms),):
            raise ValueError(f"ids {ids.shape} do not fit {len(terms)} lists of terms")
        vocabulary = sorted({term for passage in terms for term in passage})
        matrix = _matrix(terms, vocabulary) if vocabulary else _empty_matrix()
        arrays = {"ids": ids, **matrix}
        return cls({name: arrays[name].astype(kind) for name, kind in _LAYOUT.items()}, vocabulary)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote.

        Raises:
            StoreCorruptError: it is not a safetensors file that `to_bytes` makes.
        """
        try:
            arrays = safetensors.numpy.load(data)
            vocabulary = json.loads(arrays.pop("vocabulary").tobytes())
        except (safetensors.SafetensorError, KeyError, ValueError) as error:
            raise _corrupt(str(error)) from error
        _check(arrays, vocabulary)
        return cls(arrays, vocabulary)

    def to_bytes(self) -> bytes:
        """Return the index as one safetensors file; the same contents give the same bytes."""
        vocabulary = json.dumps(self._vocabulary, ensure_ascii=False).encode()
        return safetensors.numpy.save(
            {**self._arrays, "vocabulary": np.frombuffer(vocabulary, np.uint8)}
        )

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self.ids)

    @property
    def ids(self) -> Ids:
        """The ids in the order they were given, shape (n,)."""
        return self._arrays["ids"]

    def holds(self, term: str) -> bool:
        """Tell whether any passage holds the term."""
        return term in self._engine.vocab_dict

    def scores(self, terms: Sequence[str]) -> Scores:
        """Return the BM25 score of every passage, shape (n,), aligned with `ids`.

        A term that comes twice counts twice, one that no passage holds counts nothing.
        """
        known = self._engine.get_tokens_ids(terms)
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        return np.asarray(self._engine.get_scores_from_ids(known), dtype=np.float32)


def _matrix(terms: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Arrays:
    """Return the sparse matrix of scores that bm25s computes, by columns of terms."""
    numbers = {term: number for number, term in enumerate(vocabulary)}
    engine = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    engine.index(
        ([[numbers[term] for term in passage] for passage in terms], numbers),
        create_empty_token=False,
        show_progress=False,
    )
    return {name: engine.scores[name] for name in ("data", "indices", "indptr")}


def _empty_matrix() -> Arrays:
    """Return a matrix without terms; bm25s would divide by a mean length of zero."""
    return {"data": np.zeros(0), "indices": np.zeros(0), "indptr": np.zeros(1)}


def _engine(arrays: Arrays, vocabulary: Sequence[str]) -> Any:
    """Return a bm25s engine that answers from `arrays`, as its own loader would set it up."""
    engine = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
    engine.scores = {name: arrays[name] for name in ("data", "indices", "indptr")}
    engine.scores["num_docs"] = len(arrays["ids"])
    engine.vocab_dict = {term: number for number, term in enumerate(vocabulary)}
    engine.nonoccurrence_array = None  # only BM25L and BM25+ have one
    return engine


def _check(arrays: Arrays, vocabulary: object) -> None:
    """Raise StoreCorruptError unless the loaded arrays are a matrix over the vocabulary."""
    if {name: array.dtype for name, array in arrays.items()} != _LAYOUT:
        raise _corrupt(f"{sorted(arrays)}")
    if not isinstance(vocabulary, list) or not all(isinstance(term, str) for term in vocabulary):
        raise _corrupt("vocabulary")
    if any(array.ndim != 1 for array in arrays.values()):
        raise _corrupt("ndim")
    indptr, indices = arrays["indptr"], arrays["indices"]
    if len(indptr) != len(vocabulary) + 1 or len(set(vocabulary)) != len(vocabulary):
        raise _corrupt(f"{len(vocabulary)} / {len(indptr)}")
    if indptr[0] != 0 or indptr[-1] != len(indices) or np.any(np.diff(indptr) < 0):
        raise _corrupt("indptr")
    if len(arrays["data"]) != len(indices) or not np.all(np.isfinite(arrays["data"])):
        raise _corrupt("data")
    if np.any(indices < 0) or np.any(indices >= len(arrays["ids"])):
        raise _corrupt("indices")


def _corrupt(reason: str) -> StoreCorruptError:
    """Return the error that says why the lexical index cannot be used."""
    return StoreCorruptError(messages.INDEX_DAMAGED.format(part="BM25", reason=reason))
