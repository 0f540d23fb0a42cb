"""How sure it is that the texts answer, in French and in other languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import RetrievalSettings
from rag.french.values import Kind
from rag.search.answerable import FOREIGN, best_similarity, probability
from rag.search.finding import READ, Finder, odds
from tests.fakes import FakeEncoder, FakeReader
from tests.samples import DOCUMENTS, build_index, document


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[Finder]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        yield Finder(index, FakeEncoder(), RetrievalSettings())


@pytest.mark.parametrize(
    ("question", "offset"),
    [
        ("Combien coûte l’entrée du musée du Textile\u00a0?", 0.0),
        ("What is the price of the ticket to the museum?", FOREIGN),
        ("¿Cuánto cuesta la entrada?", FOREIGN),
    ],
)
def test_a_foreign_question_is_forgiven_what_its_language_costs(
    finder: Finder, question: str, offset: float
) -> None:
    case = finder.find(question)
    assert case.certainty == probability(best_similarity(case.found) + offset)
    assert FOREIGN > 0


def test_a_value_that_no_passage_holds_lowers_the_certainty(finder: Finder) -> None:
    case = finder.find("Quel âge a le musée du Textile ?")
    near = best_similarity(case.found)
    assert case.certainty == probability(near, lacks=True) < probability(near)
    assert case.lacking is Kind.AGE


def test_the_evidence_holds_the_value_that_is_asked_for(finder: Finder) -> None:
    case = finder.find("Combien coûte l’entrée du musée du Textile ?")
    assert [sentence.text for sentence in case.fitting()] == ["L’entrée coûte 6,50 euros."]
    evidence = case.evidence()
    assert evidence is not None
    assert evidence.quote == "L’entrée coûte 6,50 euros."
    assert case.lacking is None


def test_only_the_best_passages_are_read(tmp_path: Path) -> None:
    station = document("gare", "La gare de Lens", "La gare de Lens a été bâtie en 1927.")
    with build_index(tmp_path / "four", FakeEncoder(), (*DOCUMENTS, station)) as index:
        case = Finder(index, FakeEncoder(), RetrievalSettings()).find("La gare de Lens")
        first, *_, last = case.hits
        assert len(case.hits) == READ + 1
        read = odds(FakeReader(first.passage.text), case)
        assert (read[0], set(read[1:])) == (10.0, {-10.0})
        unread = odds(FakeReader(last.passage.text[:20]), case)
        assert unread == [-10.0] * len(case.found.sentences)


def test_nothing_found_is_nothing_read(tmp_path: Path) -> None:
    with build_index(tmp_path / "none", FakeEncoder(), ()) as index:
        case = Finder(index, FakeEncoder(), RetrievalSettings()).find("La gare de Lens")
        assert odds(FakeReader("Lens"), case) == []
