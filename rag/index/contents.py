"""What goes into one generation of an index, and the fingerprints that tell two apart."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.index.database import StoredDocument, database_bytes, passage_number
from rag.index.lexical import LexicalIndex
from rag.index.manifest import DENSE, LEXICAL, PASSAGES, SENTENCES, EncoderInfo, FileInfo, Manifest
from rag.index.sentence_vectors import HalfVectors, sentence_texts, vectors_bytes
from rag.index.vectors import DenseIndex
from rag.types import Passage, Vectors

Terms = Callable[[Passage], Sequence[str]]
"""Cuts a passage into the terms that the lexical index counts."""


@dataclass(frozen=True, slots=True, eq=False)
class IndexedDocument:
    """A document with its passages, and their vectors row by row: shape (passages, dimension).

    `sentences` are the vectors of the sentences of these passages, in their order.
    """

    stored: StoredDocument
    vectors: Vectors
    sentences: HalfVectors


@dataclass(frozen=True, slots=True)
class IndexContents:
    """All that an index holds; documents are kept in the order of their ids.

    `chunker` names the way documents were cut, in words that change when it does.
    """

    encoder: EncoderInfo
    chunker: str
    documents: tuple[IndexedDocument, ...]

    def __post_init__(self) -> None:
        """Sort the documents, so that the order of reading them changes nothing.

        Raises:
            ValueError: a passage is not cut from its document, or vectors do not fit passages.
        """
        ordered = sorted(self.documents, key=lambda indexed: indexed.stored.document.id)
        for indexed in ordered:
            _check(indexed, self.encoder.dimension)
        object.__setattr__(self, "documents", tuple(ordered))

    def passages(self) -> tuple[Passage, ...]:
        """Return all passages in their order."""
        return tuple(passage for indexed in self.documents for passage in indexed.stored.passages)

    def vectors(self) -> Vectors:
        """Return the vectors of all passages, shape (passages, dimension), little-endian."""
        empty = np.zeros((0, self.encoder.dimension), np.float32)
        rows = [empty, *(indexed.vectors for indexed in self.documents)]
        return np.concatenate(rows).astype("<f4")

    def sentences(self) -> HalfVectors:
        """Return the vectors of all sentences, shape (sentences, dimension), little-endian."""
        empty = np.zeros((0, self.encoder.dimension), np.float16)
        rows = [empty, *(indexed.sentences for indexed in self.documents)]
        return np.concatenate(rows).astype("<f2")


def corpus_fingerprint(contents: IndexContents) -> str:
    """Return the sha256 over the documents' ids and sha256, sorted; their origin is left out."""
    documents = (indexed.stored.document for indexed in contents.documents)
    pairs = sorted((document.id, document.sha256) for document in documents)
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()


def index_fingerprint(contents: IndexContents) -> str:
    """Return the sha256 over encoder, chunker, passages (id, text) in order, and all vectors."""
    passages = [(passage.id, passage.text) for passage in contents.passages()]
    described = [contents.encoder.fingerprint, contents.chunker, passages]
    digest = hashlib.sha256(json.dumps(described).encode())
    digest.update(contents.vectors().tobytes())
    digest.update(contents.sentences().tobytes())
    return digest.hexdigest()


def generation_files(contents: IndexContents, terms: Terms) -> tuple[Manifest, dict[str, bytes]]:
    """Return the manifest of a generation and its other files by name.

    Raises:
        ValueError: an id comes twice or is malformed, or a vector is not of length 1.
    """
    passages, sentences = contents.passages(), contents.sentences()
    ids = np.array([passage_number(passage.id) for passage in passages], dtype=np.int64)
    files = {
        PASSAGES: database_bytes(indexed.stored for indexed in contents.documents),
        DENSE: DenseIndex.build(ids, contents.vectors()).to_bytes(),
        LEXICAL: LexicalIndex.build(ids, [terms(passage) for passage in passages]).to_bytes(),
        SENTENCES: vectors_bytes(sentences),
    }
    manifest = Manifest(
        encoder=contents.encoder,
        chunker=contents.chunker,
        documents=len(contents.documents),
        passages=len(passages),
        sentences=len(sentences),
        corpus=corpus_fingerprint(contents),
        index=index_fingerprint(contents),
        files={name: FileInfo.of(data) for name, data in files.items()},
    )
    return manifest, files


def _check(indexed: IndexedDocument, dimension: int) -> None:
    """Raise ValueError unless the passages and vectors are those of their document."""
    document, passages = indexed.stored.document, indexed.stored.passages
    sentences = sum(len(sentence_texts(passage)) for passage in passages)
    found = (indexed.vectors.shape, indexed.sentences.shape)
    expected = ((len(passages), dimension), (sentences, dimension))
    if found != expected:
        raise ValueError(f"{document.id!r}: vectors {found} do not fit, {expected} would")
    for passage in passages:
        cut = document.text[passage.start : passage.end]
        if passage.document_id != document.id or passage.text != cut:
            raise ValueError(f"passage {passage.id} is not cut from {document.id!r}")
