"""The vectors of all sentences of an index, in half precision: one plain numpy file.

The rows stand in the order of the passages, and in each passage in that of its sentences;
rag/index/database.py knows which rows are a passage's. The file is mapped into memory: of an
index of any size, only the rows that a question needs are read.
"""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.french.sentences import sentence_spans
from rag.index.manifest import damaged
from rag.index.vectors import UNIT_TOLERANCE
from rag.types import Passage

HalfVectors = NDArray[np.float16]
"""Unit vectors of half the bytes: with 11 significant bits, no cosine moves by over 5e-4."""

_KIND = np.dtype("<f2")


def sentence_texts(passage: Passage) -> list[str]:
    """Return the text of each sentence of a passage: what its vectors stand for."""
    return [passage.text[start:end] for start, end in sentence_spans(passage.text)]


def vectors_bytes(vectors: HalfVectors) -> bytes:
    """Return the file that holds `vectors`, shape (sentences, dimension).

    Raises:
        ValueError: a vector is not finite and of length 1.
    """
    lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
    if not np.all(np.abs(lengths - 1) <= UNIT_TOLERANCE):
        raise ValueError("vectors of sentences must be finite and of length 1")
    file = io.BytesIO()
    np.save(file, vectors.astype(_KIND), allow_pickle=False)
    return file.getvalue()


def open_vectors(path: Path, dimension: int) -> HalfVectors:
    """Map what `vectors_bytes` wrote, whose sha256 the caller has checked first.

    The file may be deleted while it is mapped, as a later writer does; it is never changed.

    Raises:
        StoreCorruptError: it is no such file, or its vectors have another dimension.
    """
    try:
        # Unlike `np.load`, this reads one format alone: neither an archive nor a pickle.
        rows = np.lib.format.open_memmap(path, mode="r")
    except (OSError, ValueError) as error:
        raise damaged(path.name, error) from error
    if rows.dtype != _KIND or rows.shape[1:] != (dimension,):
        raise damaged(path.name, f"{rows.dtype} {rows.shape}")
    return rows
