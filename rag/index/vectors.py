"""The dense index: exact inner products over unit vectors, by FAISS."""

import threading
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from rag import messages
from rag.errors import StoreCorruptError
from rag.types import Vectors

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

UNIT_TOLERANCE = 1e-2
"""How far from 1 the length of a vector may be; normalising in bfloat16 leaves up to 4e-3."""

_deserialising = threading.Lock()
"""FAISS keeps its limit for the whole process, so one file is deserialised at a time."""


class DenseIndex:
    """Unit vectors under explicit positive 64-bit ids, searched exhaustively and exactly.

    FAISS gives each vector the same score whatever its row, `k` and the number of threads,
    and the same in `scores` as in `search`. A numpy product does not: in 25 % of the rows it
    differs in the last bits, which would order equal passages by chance.
    """

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        """Wrap an index that `build` or `from_bytes` has checked."""
        self._index = index

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> Self:
        """Index `vectors`, shape (n, dimension), under `ids`, shape (n,).

        Raises:
            ValueError: the shapes disagree, an id is negative or comes twice, or a vector
                is not finite and of length 1.
        """
        match vectors.shape:
            case (rows, dimension) if ids.shape == (rows,) and dimension > 0:
                pass
            case shape:
                raise ValueError(f"ids {ids.shape} do not fit vectors {shape}")
        if not _distinct(ids):
            raise ValueError("ids must be distinct and not negative")
        if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) <= UNIT_TOLERANCE):
            raise ValueError("vectors must be finite and of length 1")
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        index.add_with_ids(
            np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64)
        )
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; the caller has checked the sha256 of `data` first.

        Raises:
            StoreCorruptError: FAISS cannot read it, or it is not an index that `build` makes.
        """
        try:
            index = _deserialise(data)
        except RuntimeError as error:  # what every C++ exception of FAISS becomes
            raise _corrupt(str(error)) from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise _corrupt(f"{type(index).__name__} instead of IndexIDMap2")
        _check(index)
        return cls(index)

    def to_bytes(self) -> bytes:
        """Return the index in FAISS's own format; the same contents give the same bytes."""
        return faiss.serialize_index(self._index).tobytes()

    def __len__(self) -> int:
        """Return how many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self._index.d)

    @property
    def ids(self) -> Ids:
        """The ids in the order they were added, shape (n,)."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def search(self, query: Scores, k: int, among: Ids | None = None) -> tuple[Ids, Scores]:
        """Return the `k` nearest ids and their inner products with `query`, shape (dimension,).

        Best first, equal scores by ascending id; fewer than `k` if the index is smaller.
        `among` are the only ids to look at, all of which must be in the index.

        Raises:
            ValueError: `query` has another shape, or `k` is not positive.
        """
        if k < 1:
            raise ValueError(f"k must be positive, not {k}")
        row = self._row(query)
        total = len(self) if among is None else len(among)
        wanted = min(k, total)
        fetched = min(k + 1, total)
        scores, ids = self._nearest(row, max(fetched, 1), among)
        # FAISS keeps any of the vectors that tie for the last rank: fetch all of the tied.
        while wanted < fetched < total and scores[0, fetched - 1] == scores[0, wanted - 1]:
            fetched = min(2 * fetched, total)
            scores, ids = self._nearest(row, fetched, among)
        order = np.lexsort((ids[0, :fetched], -scores[0, :fetched]))[:wanted]
        return ids[0, order], scores[0, order]

    def _nearest(self, row: Vectors, k: int, among: Ids | None) -> tuple[Scores, Ids]:
        """Let FAISS search, among all vectors or those of some ids."""
        if among is None:
            scores, ids = self._index.search(row, k)
        else:
            only = faiss.IDSelectorBatch(np.ascontiguousarray(among, np.int64))
            params = faiss.SearchParameters()
            params.sel = only
            scores, ids = self._index.search(row, k, params=params)
        return scores, ids

    def scores(self, query: Scores, ids: Ids) -> Scores:
        """Return the inner product of `query` with each of `ids`, shape (n,): as `search` does.

        Raises:
            ValueError: `query` has another shape.
            KeyError: an id is not in the index.
        """
        row = self._row(query)
        found = np.zeros(len(ids), dtype=np.float32)
        if len(ids):
            scores, rows = faiss.knn(row, self.vectors(ids), len(ids), faiss.METRIC_INNER_PRODUCT)
            found[rows[0]] = scores[0]
        return found

    def vectors(self, ids: Ids) -> Vectors:
        """Return the vectors of `ids`, shape (n, dimension), exactly as they were added.

        Raises:
            KeyError: an id is not in the index.
        """
        try:
            rows = self._index.reconstruct_batch(np.ascontiguousarray(ids, np.int64))
        except RuntimeError as error:  # the only one it has: an id that is not there
            raise KeyError(str(error)) from error
        return np.asarray(rows, dtype=np.float32)

    def _row(self, query: Scores) -> Vectors:
        """Return `query` as the matrix of one row that FAISS takes."""
        if query.shape != (self.dimension,):
            raise ValueError(f"query {query.shape} does not fit dimension {self.dimension}")
        return np.ascontiguousarray(query.reshape(1, -1), np.float32)


def _distinct(ids: Ids) -> bool:
    """Tell whether no id is negative or comes twice; FAISS uses -1 for «nothing found»."""
    return bool(np.all(ids >= 0)) and len(np.unique(ids)) == len(ids)


def _deserialise(data: bytes) -> faiss.Index:
    """Let FAISS read `data`, no vector of which may claim more bytes than there are."""
    with _deserialising:
        faiss.set_deserialization_vector_byte_limit(len(data))
        return faiss.deserialize_index(np.frombuffer(data, np.uint8))


def _check(index: faiss.IndexIDMap2) -> None:
    """Raise StoreCorruptError unless the parts of the deserialised index agree."""
    flat = faiss.downcast_index(index.index)
    if not isinstance(flat, faiss.IndexFlat) or flat.metric_type != faiss.METRIC_INNER_PRODUCT:
        raise _corrupt(f"{type(flat).__name__} instead of IndexFlatIP")
    ids = faiss.vector_to_array(index.id_map)
    counts = {int(index.ntotal), int(flat.ntotal), len(ids)}
    sizes = {flat.codes.size(), int(flat.ntotal) * int(flat.d) * np.dtype(np.float32).itemsize}
    if len(counts) > 1 or len(sizes) > 1 or index.d != flat.d or index.d < 1:
        raise _corrupt(f"ntotal {counts}, bytes {sizes}, dimensions {index.d}, {flat.d}")
    if not _distinct(ids):
        raise _corrupt("id_map")


def _corrupt(reason: str) -> StoreCorruptError:
    """Return the error that says why the dense index cannot be used."""
    return StoreCorruptError(messages.INDEX_DAMAGED.format(part="FAISS", reason=reason))
