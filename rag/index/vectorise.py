"""Passages and sentences get their vectors; a text encoded before keeps the one it had."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.index.contents import IndexedDocument
from rag.index.database import StoredDocument
from rag.index.sentence_vectors import sentence_texts
from rag.types import Encoder, Passage

Known = Mapping[str, NDArray[np.floating]]
"""Vectors by the text that they stand for."""


def searchable(passage: Passage) -> str:
    """Return the text that stands for a passage in both indexes: its headings and itself."""
    heading = " — ".join(part for part in (passage.title, passage.section) if part)
    return f"{heading}\n{passage.text}"


def vectorise(
    stored: Sequence[StoredDocument],
    old: Iterable[IndexedDocument],
    encoder: Encoder,
    progress: Callable[[int, int], None],
) -> list[IndexedDocument]:
    """Give each passage of the documents, and each of its sentences, its vector.

    Args:
        stored: documents cut into passages.
        old: what `encoder` encoded before; each text is encoded once, whatever holds it.
        encoder: the one that makes the index.
        progress: told how many texts (passages and sentences) are encoded, of how many.
    """
    if not stored:
        return []
    known = _known(old)
    wanted = {text for item in stored for passage in item.passages for text in _texts(passage)}
    new = sorted(wanted - known.keys())
    vectors = encoder.encode_passages(new, lambda done: progress(done, len(new)))
    known |= dict(zip(new, vectors, strict=True))
    return [_with_vectors(item, known, encoder.dimension) for item in stored]


def _texts(passage: Passage) -> list[str]:
    """Return what is encoded of a passage: all of it under its headings, and each sentence."""
    return [searchable(passage), *sentence_texts(passage)]


def _known(old: Iterable[IndexedDocument]) -> dict[str, NDArray[np.floating]]:
    """Return the vector of every passage and sentence of the documents, by its text."""
    known: dict[str, NDArray[np.floating]] = {}
    for indexed in old:
        passages = indexed.stored.passages
        sentences = [text for passage in passages for text in sentence_texts(passage)]
        known.update(zip(sentences, indexed.sentences, strict=True))
        known.update(zip(map(searchable, passages), indexed.vectors, strict=True))
    return known


def _with_vectors(item: StoredDocument, known: Known, dimension: int) -> IndexedDocument:
    """Return a document with its vectors: those of its passages, those of their sentences."""
    whole = [known[searchable(passage)] for passage in item.passages]
    parts = [known[text] for passage in item.passages for text in sentence_texts(passage)]
    return IndexedDocument(
        stored=item,
        vectors=np.array(whole, np.float32).reshape(-1, dimension),
        sentences=np.array(parts, np.float16).reshape(-1, dimension),
    )
