"""Fusion as arithmetic, selection as rules, retrieval over a small index."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.config import RetrievalSettings
from rag.search.fusion import fuse, standardise
from rag.search.query import read_query
from rag.search.retrieve import Retriever, overlap, select
from tests.fakes import FakeEncoder
from tests.samples import DOCUMENTS, build_index, document, hits

SETTINGS = RetrievalSettings()


def test_standardised_scores_have_mean_0_and_deviation_1() -> None:
    expected = [-1.3416408, -0.4472136, 0.4472136, 1.3416408]
    assert standardise(np.array([1, 2, 3, 4], np.float32)).tolist() == pytest.approx(expected)


def test_equal_scores_tell_nothing() -> None:
    assert standardise(np.array([3, 3, 3], np.float32)).tolist() == [0, 0, 0]


def test_fusion_weighs_the_two_sides() -> None:
    dense = np.array([0.9, 0.8, 0.7], np.float32)
    lexical = np.array([0.0, 0.0, 9.0], np.float32)
    assert np.argsort(-fuse(dense, lexical, 1.0)).tolist() == [0, 1, 2]
    assert np.argsort(-fuse(dense, lexical, 0.0))[0] == 2
    half = fuse(dense, lexical, 0.5)
    assert half.tolist() == pytest.approx(
        [(1.2247449 - 0.7071068) / 2, (0 - 0.7071068) / 2, (-1.2247449 + 1.4142135) / 2],
        abs=1e-6,
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("ab", "bc", 1 / 3), ("ab", "ab", 1.0), ("a", "b", 0.0), ("", "", 0.0)],
)
def test_overlap_is_the_jaccard_index(left: str, right: str, expected: float) -> None:
    assert overlap(frozenset(left), frozenset(right)) == pytest.approx(expected)


def test_near_duplicates_are_shown_once() -> None:
    bakery = DOCUMENTS[0]
    copy = replace(bakery, id="copie/boulangerie.md", text=bakery.text + " Fin.")
    kept = select(hits(bakery, copy, DOCUMENTS[1]), SETTINGS)
    assert [hit.passage.document_id for hit in kept] == ["essai/boulangerie.md", "essai/musee.md"]


def test_one_document_cannot_fill_the_list() -> None:
    animals = ["Le chat dort.", "Un chien aboie.", "Une vache rumine.", "Des poules picorent."]
    flood = [document("zoo", f"Zoo {place}", text) for place, text in enumerate(animals)]
    kept = select(hits(*flood, DOCUMENTS[2]), RetrievalSettings(hits_per_document=2))
    assert [hit.passage.text for hit in kept[:2]] == animals[:2]
    assert [hit.passage.document_id for hit in kept] == ["essai/zoo.md"] * 2 + ["essai/port.md"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qui vend du pain à Lille ?", "essai/boulangerie.md"),
        ("Combien coûte l’entrée du musée ?", "essai/musee.md"),
        ("Pourquoi les grues travaillent-elles la nuit ?", "essai/port.md"),
    ],
)
def test_the_passage_that_speaks_of_it_comes_first(
    tmp_path: Path, question: str, expected: str
) -> None:
    encoder = FakeEncoder()
    index = build_index(tmp_path / "index", encoder, DOCUMENTS)
    found = Retriever(index, SETTINGS).retrieve(read_query(question, encoder))
    assert found[0].passage.document_id == expected
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_both_scores_of_a_hit_are_its_own(tmp_path: Path) -> None:
    """The dense score is the cosine with the question, the lexical one that of BM25."""
    encoder = FakeEncoder()
    index = build_index(tmp_path / "index", encoder, DOCUMENTS)
    question = "les grues de Dunkerque"
    for hit in Retriever(index, SETTINGS).retrieve(read_query(question, encoder)):
        number = int(hit.passage.id, 16)
        vector = index.dense.vectors(np.array([number]))[0]
        assert hit.dense == pytest.approx(float(vector @ encoder.encode_queries([question])[0]))
        assert (hit.lexical > 0) is (hit.passage.document_id == "essai/port.md")


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    index = build_index(tmp_path / "index", encoder, ())
    assert Retriever(index, SETTINGS).retrieve(read_query("Qui ?", encoder)) == []


def test_only_the_documents_named_are_looked_in(tmp_path: Path) -> None:
    query = read_query("Combien coûte l’entrée du musée du Textile ?", FakeEncoder())
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        retriever = Retriever(index, SETTINGS)
        found = [hit.passage.document_id for hit in retriever.retrieve(query)]
        others = [one for one in found if one != "essai/musee.md"]
        assert found[0] == "essai/musee.md"
        within = {"essai/port.md", "essai/boulangerie.md", "essai/absent.md"}
        assert [hit.passage.document_id for hit in retriever.retrieve(query, within)] == others
        assert retriever.retrieve(query, ()) == []
