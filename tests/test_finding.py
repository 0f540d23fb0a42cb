"""How sure it is that the texts answer, in French and in other languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import RetrievalSettings
from rag.french.sentences import sentence_spans
from rag.french.values import Kind
from rag.search.answerable import FOREIGN, best_similarity, probability
from rag.search.finding import HIT_READING_WEIGHT, READ, Finder, after_reading
from rag.search.reading import Reading, Span, weigh
from rag.types import Document
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


STATION = document("gare", "La gare de Lens", "La gare de Lens a été bâtie en 1927.")


def test_what_is_read_ranks_passages_and_sentences_and_settles_the_certainty(
    tmp_path: Path,
) -> None:
    with build_index(tmp_path / "four", FakeEncoder(), (*DOCUMENTS, STATION)) as index:
        plain = Finder(index, FakeEncoder(), RetrievalSettings()).find("La gare de Lens")
        assert len(plain.hits) == READ + 1
        third = plain.hits[READ - 1].passage
        reader = FakeReader(third.text[:20])
        finder = Finder(index, FakeEncoder(), RetrievalSettings(), reader)
        read = finder.read(plain)
    assert reader.asked == ["La gare de Lens"]
    assert read.hits[0].passage == third
    assert [hit.score for hit in read.hits] == sorted(
        (hit.score for hit in read.hits), reverse=True
    )
    assert read.found.ranked[0].sentence.text.startswith(third.text[:20])
    assert (plain.odds, round(read.odds, 6)) == (0.0, 10.0)
    assert plain.certainty < read.certainty == probability(plain.near, read.odds)


def test_a_passage_that_is_not_read_takes_the_mean_of_the_others(tmp_path: Path) -> None:
    with build_index(tmp_path / "four", FakeEncoder(), (*DOCUMENTS, STATION)) as index:
        plain = Finder(index, FakeEncoder(), RetrievalSettings()).find("La gare de Lens")
    *_, last = plain.hits
    readings = [
        Reading((odds,) * len(sentence_spans(hit.passage.text)), Span(0, 0, odds), -1.0)
        for hit, odds in zip(plain.hits, (1.0, 2.0, 6.0), strict=False)
    ]
    read = after_reading(plain, readings)
    totals = [weigh([reading]).total for reading in readings]
    scores = {hit.passage.id: hit.score for hit in read.hits}
    expected = last.score + HIT_READING_WEIGHT * sum(totals) / READ
    assert scores[last.passage.id] == pytest.approx(expected)
    assert read.odds == pytest.approx(weigh(readings).total)


@pytest.mark.parametrize("documents", [(), DOCUMENTS])
def test_without_passages_or_reader_nothing_is_read(
    tmp_path: Path, documents: tuple[Document, ...]
) -> None:
    reader = None if documents else FakeReader("Lens")
    with build_index(tmp_path / "none", FakeEncoder(), documents) as index:
        finder = Finder(index, FakeEncoder(), RetrievalSettings(), reader)
        case = finder.find("La gare de Lens")
        assert finder.read(case) is case
