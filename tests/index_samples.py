"""Small contents for the tests of the index on disk, and what they share."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.index.contents import IndexContents, IndexedDocument
from rag.index.database import StoredDocument
from rag.index.manifest import EncoderInfo, Manifest
from rag.index.sentence_vectors import sentence_texts
from rag.index.store import Index, writer
from rag.types import Document, Passage, Section, Vectors

DIMENSION = 8
ENCODER = EncoderInfo("encodeur-essai", "e" * 64, DIMENSION)


def terms(passage: Passage) -> list[str]:
    """Cut the passage at its spaces: enough for a test."""
    return passage.text.casefold().split()


def vector(text: str) -> Vectors:
    """Return a unit vector, shape (8,), that depends on `text` alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


def indexed(document_id: str, *texts: str) -> IndexedDocument:
    """Return a document of which each of `texts` is a passage."""
    whole = "\n".join(texts)
    title = f"Titre de {document_id}"
    passages: list[Passage] = []
    start = 0
    for text in texts:
        digest = hashlib.sha256(f"{document_id}:{start}:{text}".encode()).hexdigest()
        place = (title, "Partie", 3, start, start + len(text), text)
        passages.append(Passage(digest[:15], document_id, *place))
        start += len(text) + 1
    document = Document(
        id=document_id,
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        title=title,
        text=whole,
        sections=(Section(0, "Début"), Section(1, "Partie", 3)),
        metadata=(("Auteur", "Anne d’Essai"), ("Année", "1901")),
    )
    stored = StoredDocument(document, f"/ailleurs/{document_id}", tuple(passages))
    sentences = [text for passage in passages for text in sentence_texts(passage)]
    return IndexedDocument(stored, rows(texts), rows(sentences).astype(np.float16))


def rows(texts: Sequence[str]) -> Vectors:
    """Return the vectors of the texts, shape (texts, 8)."""
    return np.array([vector(text) for text in texts], np.float32).reshape(-1, DIMENSION)


def contents(*documents: IndexedDocument) -> IndexContents:
    """Return contents made by the test's encoder."""
    return IndexContents(ENCODER, "mots-120-220", documents)


def first() -> IndexContents:
    """Return what the older index of a test holds."""
    return contents(
        indexed("notes/phare.md", "Le phare tourne la nuit.", "Son gardien dort. Il rêve."),
        indexed("notes/moulin.md", "Le moulin attend le vent."),
    )


def second() -> IndexContents:
    """Return what the newer index of a test holds: one document kept, one changed, one new."""
    return contents(
        indexed("notes/phare.md", "Le phare tourne la nuit.", "Son gardien dort. Il rêve."),
        indexed("notes/moulin.md", "Le moulin moud le blé du village."),
        indexed("notes/quai.md", "Trois barques attendent au quai.", "La marée monte à midi."),
    )


def third() -> IndexContents:
    """Return the contents that a third write puts in place."""
    return contents(indexed("notes/gare.md", "Le train part à huit heures."))


def write_index(root: Path, *versions: IndexContents) -> Manifest:
    """Write each of `versions` in turn and return the manifest of the last."""
    with writer(root) as index_writer:
        for version in versions:
            manifest = index_writer.write(version, terms)
    return manifest


def assert_holds(index: Index, expected: IndexContents) -> None:
    """Assert that every document, passage, vector and score is that of `expected`."""
    documents = [one.stored for one in expected.documents]
    summaries = index.documents()
    assert [one.id for one in summaries] == [one.document.id for one in documents]
    for wanted in expected.documents:
        found = index.indexed(wanted.stored.document.id)
        assert found.stored == wanted.stored
        assert found.vectors.tolist() == wanted.vectors.tolist()
        assert found.sentences.tolist() == wanted.sentences.tolist()
    for passage in expected.passages():
        number = int(passage.id, 16)
        assert index.passage(number) == passage
        sentences = rows(sentence_texts(passage)).astype(np.float16).tolist()
        assert index.sentence_vectors(passage).tolist() == sentences
        assert index.dense.search(vector(passage.text), 1)[0].tolist() == [number]
        best = index.lexical.scores(terms(passage)).argmax()
        assert index.lexical.ids[best] == number


def generation_names(root: Path) -> list[str]:
    """Return the names of the generations, the oldest first."""
    return sorted(path.name for path in (root / "generations").iterdir())
