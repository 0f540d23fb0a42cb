"""Texts are encoded once: passages under their headings, sentences as they stand."""

import numpy as np
import pytest

from rag.index.contents import IndexedDocument
from rag.index.database import StoredDocument
from rag.index.sentence_vectors import sentence_texts
from rag.index.vectorise import searchable, vectorise
from rag.types import Document, Passage
from tests.fakes import DIMENSION, FakeEncoder
from tests.samples import BAKERY, HARBOUR, MUSEUM, document, passages


def cut(*documents: Document) -> list[StoredDocument]:
    return [StoredDocument(made, f"/{made.id}", passages(made)) for made in documents]


def run(
    encoder: FakeEncoder, old: list[IndexedDocument], *documents: Document
) -> list[IndexedDocument]:
    return vectorise(cut(*documents), old, encoder, lambda _done, _total: None)


def test_every_passage_and_every_sentence_has_the_vector_of_its_text() -> None:
    encoder = FakeEncoder()
    museum = document("musee", "Le musée", MUSEUM)
    (made,) = run(encoder, [], museum)
    (passage,) = made.stored.passages
    whole, parts = searchable(passage), sentence_texts(passage)
    assert encoder.encoded == sorted([whole, *parts])
    assert made.vectors.tolist() == encoder.encode_queries([whole]).tolist()
    expected = encoder.encode_queries(parts).astype(np.float16)
    assert made.sentences.tolist() == expected.tolist()
    assert [str(made.vectors.dtype), str(made.sentences.dtype)] == ["float32", "float16"]


def test_a_sentence_of_two_documents_is_encoded_once() -> None:
    encoder = FakeEncoder()
    twice = document("copie", "Le port, encore", f"{HARBOUR} Un phare le signale.")
    run(encoder, [], document("port", "Le port", HARBOUR), twice)
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert encoder.encoded.count("Le port de Dunkerque emploie 2 300 personnes.") == 1


def test_what_was_encoded_before_keeps_its_very_vectors() -> None:
    old = run(FakeEncoder(), [], document("boulangerie", "La boulangerie", BAKERY))
    turned = IndexedDocument(old[0].stored, -old[0].vectors, -old[0].sentences)
    encoder = FakeEncoder()
    (made,) = run(encoder, [turned], document("boulangerie", "La boulangerie", BAKERY))
    assert encoder.encoded == []
    assert made.vectors.tolist() == turned.vectors.tolist()
    assert made.sentences.tolist() == turned.sentences.tolist()


def test_another_title_encodes_passages_anew_but_not_their_sentences() -> None:
    old = run(FakeEncoder(), [], document("port", "Le port", HARBOUR))
    encoder = FakeEncoder()
    (made,) = run(encoder, old, document("port", "Le port de nuit", HARBOUR))
    assert encoder.encoded == [searchable(made.stored.passages[0])]
    assert made.sentences.tolist() == old[0].sentences.tolist()


def test_progress_counts_the_texts_to_encode() -> None:
    told: list[tuple[int, int]] = []
    museum = document("musee", "Le musée", MUSEUM)
    vectorise(cut(museum), [], FakeEncoder(), lambda *step: told.append(step))
    assert told == [(4, 4)]


def test_nothing_new_asks_the_encoder_nothing() -> None:
    encoder = FakeEncoder()
    assert run(encoder, []) == []
    bare = StoredDocument(document("vide", "Vide", "x"), "/vide", ())
    (made,) = vectorise([bare], [], encoder, lambda _done, _total: None)
    assert (made.vectors.shape, made.sentences.shape) == ((0, DIMENSION), (0, DIMENSION))
    assert encoder.encoded == []


@pytest.mark.parametrize(
    ("title", "section", "expected"),
    [
        ("Le phare", "La lampe", "Le phare — La lampe\nElle brille."),
        ("Le phare", "", "Le phare\nElle brille."),
    ],
)
def test_a_passage_is_searched_with_its_headings(title: str, section: str, expected: str) -> None:
    passage = Passage("0" * 15, "notes/phare.md", title, section, None, 0, 12, "Elle brille.")
    assert searchable(passage) == expected
