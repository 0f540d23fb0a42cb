"""The vectors of sentences in their file: exact rows, mapped, and nothing but such a file."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.errors import StoreCorruptError
from rag.index.manifest import SCHEMA
from rag.index.sentence_vectors import HalfVectors, open_vectors, sentence_texts, vectors_bytes
from rag.types import Passage
from tests.index_samples import DIMENSION, rows

VECTORS = rows(["Le phare tourne.", "Son gardien dort.", "Il rêve."]).astype(np.float16)


def written(folder: Path, data: bytes) -> Path:
    """Return a file that holds `data`."""
    path = folder / "sentences.npy"
    path.write_bytes(data)
    return path


def plain(values: NDArray[Any]) -> bytes:
    """Return the values as numpy saves them, whatever they are."""
    file = io.BytesIO()
    np.save(file, values, allow_pickle=False)
    return file.getvalue()


@pytest.mark.parametrize("vectors", [VECTORS, VECTORS[:0]])
def test_what_was_written_is_mapped_as_it_was(tmp_path: Path, vectors: HalfVectors) -> None:
    path = written(tmp_path, vectors_bytes(vectors))
    opened = open_vectors(path, DIMENSION)
    path.unlink()
    assert isinstance(opened, np.memmap)
    assert (opened.shape, opened.dtype) == (vectors.shape, np.float16)
    assert opened.tolist() == vectors.tolist()


def test_the_rows_cannot_be_changed(tmp_path: Path) -> None:
    opened = open_vectors(written(tmp_path, vectors_bytes(VECTORS)), DIMENSION)
    with pytest.raises(ValueError, match="read-only"):
        opened[0] = 0


def test_the_same_vectors_give_the_same_bytes_in_any_byte_order() -> None:
    assert vectors_bytes(VECTORS) == vectors_bytes(VECTORS.astype(">f2"))
    assert vectors_bytes(VECTORS) != vectors_bytes(VECTORS[::-1])


def test_half_precision_hardly_moves_a_cosine() -> None:
    texts = [f"Phrase {number}." for number in range(200)]
    exact = rows(texts)
    kept = exact.astype(np.float16).astype(np.float32)
    assert np.abs(kept @ exact.T - exact @ exact.T).max() < 5e-4


@pytest.mark.parametrize("factor", [0.0, 2.0, np.nan, np.inf])
def test_only_unit_vectors_are_written(factor: float) -> None:
    spoilt = VECTORS.copy()
    spoilt[1] *= np.float16(factor)
    with pytest.raises(ValueError, match="length 1"):
        vectors_bytes(spoilt)


OBJECTS = plain(np.zeros((3, DIMENSION), "<f8")).replace(b"'<f8'", b"'|O' ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\x80\x04N.",
        vectors_bytes(VECTORS)[:-1],
        vectors_bytes(VECTORS)[:40],
        vectors_bytes(VECTORS).replace(b"(3, 8)", b"(9, 8)"),
        plain(VECTORS.astype(np.float32)),
        plain(VECTORS.astype(">f2")),
        plain(VECTORS.ravel()),
        plain(VECTORS[:, :4]),
        plain(VECTORS[:, :, np.newaxis]),
        OBJECTS,
    ],
    ids=lambda data: repr(data[:64]),
)
def test_any_other_file_is_damage(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(StoreCorruptError, match=r"sentences\.npy"):
        open_vectors(written(tmp_path, data), DIMENSION)


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(StoreCorruptError, match=r"sentences\.npy"):
        open_vectors(tmp_path / "sentences.npy", DIMENSION)


def test_sentences_cut_elsewhere_need_another_schema() -> None:
    """The rows of an index belong to these cuts: where they change, raise SCHEMA too."""
    text = (
        "Les horaires\n\nM. Dupin (né en 1902) ouvre à 8 h. Il dit : « Entrez ! » puis sort.\n"
        "- le lundi ;\n- le mardi, etc.\nFermé en 50 av. J.-C. ? Non… Voir p. 12."
    )
    passage = Passage("0" * 15, "a", "", "", None, 0, len(text), text)
    assert sentence_texts(passage) == [
        "Les horaires",
        "M. Dupin (né en 1902) ouvre à 8 h.",
        "Il dit : « Entrez ! » puis sort.",
        "- le lundi ;",
        "- le mardi, etc.",
        "Fermé en 50 av. J.-C. ?",
        "Non…",
        "Voir p. 12.",
    ]
    assert SCHEMA == 2
