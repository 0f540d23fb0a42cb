"""Requests for a whole text, and the text that they mean."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.config import AnswerabilitySettings, Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.search.evidence import sentences_of
from rag.search.overview import SENTENCES, overview
from rag.talk.wholes import asks_for_whole, meant, named_in
from rag.types import Checked, Done, Hit, Retrieved
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import DOCUMENTS, build_index, document

REFUSING = Settings(answerability=AnswerabilitySettings(threshold=1.1))
TITLES = {"a": "Le phare de l’île", "b": "Le phare du port et son gardien", "c": "Le moulin"}
LONG = (
    "Le phare de l’île a été bâti en 1863 par des maçons du port. Mais qui s’en souvient ? "
    "Il est blanc. Le gardien du phare monte chaque soir les cent vingt marches de la tour. "
    "Mais il n’a jamais voulu quitter cette île, dit-il à tous ceux qui passent. "
    "La lampe du phare brûle trois litres d’huile de colza dans une nuit d’hiver. "
    "Les marins du port reconnaissent le phare à ses deux éclats blancs et longs. "
    "Chaque été, le phare accueille des visiteurs que le gardien guide jusqu’à la lampe. "
    "Le phare attend ses peintres depuis dix ans"
)


@pytest.mark.parametrize(
    "question",
    [
        "Résume l’entretien avec Antoine Dupin",
        "Peux-tu me résumer le texte sur le phare ?",
        "Fais-moi un bref résumé de cet article.",
        "RESUME CE DOCUMENT",
        "De quoi parle l’article sur le phare ?",
        "Quelles sont les idées principales du texte ?",
        "Quels sont les points clés de mon cours ?",
        "Que dit ce texte ?",
        "Synthèse du rapport",
        "Can you summarize the interview?",
    ],
)
def test_who_asks_for_a_whole_text_is_heard(question: str) -> None:
    assert asks_for_whole(question)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit le gardien du phare ?",
        "De quoi parle son livre ?",
        "De quoi vit le gardien ?",
        "Qui a résumé le texte ?",
        "Le texte est-il résumé ?",
        "Quelles sont les idées du gardien ?",
        "Quel est le principal port ?",
    ],
)
def test_who_asks_something_else_is_not(question: str) -> None:
    assert not asks_for_whole(question)


@pytest.mark.parametrize(
    ("question", "found", "name"),
    [
        ("Résume le texte sur le moulin", (), "c"),
        ("Résume le texte sur le phare", ("c", "b", "a"), "b"),
        ("Résume le texte sur le phare du port", ("a", "b"), "b"),
        ("Résume l’histoire du moulin", ("c",), None),
        ("Résume ce texte", ("a",), None),
    ],
)
def test_a_title_tells_which_text_is_meant(
    question: str, found: tuple[str, ...], name: str | None
) -> None:
    assert meant(question, TITLES, found) == name


def test_the_only_text_is_meant_whatever_it_is_called() -> None:
    assert meant("Résume ce document", {"a": "scan 3.pdf"}, ()) == "a"
    assert meant("Résume ce document", {}, ()) is None


def test_a_text_is_named_by_what_stands_in_it() -> None:
    assert named_in("Résume l’entretien du gardien", LONG)
    assert not named_in("Résume l’entretien du maire", LONG)
    assert not named_in("Résume la vie du gardien", LONG), "no text was asked for"
    assert not named_in("Résume ce texte", LONG)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    texts = (*DOCUMENTS, document("phare", "Le phare de l’île", LONG))
    with build_index(tmp_path / "index", FakeEncoder(), texts) as opened:
        yield opened


def test_each_stretch_gives_its_most_typical_sentence_that_stands_alone(index: Index) -> None:
    (passage,) = index.passages("essai/phare.md")
    hit = Hit(passage, 0.0, 0.0, 0.0)
    sentences = sentences_of(hit, index.document("essai/phare.md"))
    told = overview(sentences, index.sentence_vectors(passage))
    assert [one.text.split()[0] for one in told] == ["Le", "Le", "La", "Les", "Chaque"]
    assert all(one.text.endswith(".") for one in told)
    few = overview(sentences[:3], index.sentence_vectors(passage)[:3])
    assert [one.text for one in few] == [sentences[0].text, "Il est blanc."]
    assert overview([], np.zeros((0, 8), np.float32)) == []


def test_a_whole_text_is_told_in_its_own_words_and_nothing_is_written(index: Index) -> None:
    generator = FakeGenerator()
    assistant = Assistant(index, FakeEncoder(), generator, REFUSING, FakeReader("phare"))
    found, *checked, done = assistant.stream("Résume le texte sur le phare de l’île")
    assert isinstance(found, Retrieved)
    assert isinstance(done, Done)
    answer = done.answer
    assert checked == [Checked(sentence) for sentence in answer.sentences]
    assert (answer.refused, answer.reason, answer.certainty) == (False, "", 1.0)
    assert answer.text.startswith(
        "«\u00a0Le phare de l’île\u00a0», en phrases du texte même\u00a0: «\u00a0Le phare de l’île"
    )
    citations = [sentence.citations[0] for sentence in answer.sentences]
    assert [citation.n for citation in citations] == list(range(1, SENTENCES + 1))
    assert {LONG[one.start : one.end] == one.quote for one in citations} == {True}
    assert found.evidence == citations[0]
    assert {hit.passage.document_id for hit in answer.hits} == {"essai/phare.md"}


def test_a_text_that_is_out_of_scope_is_not_told(index: Index) -> None:
    assistant = Assistant(index, FakeEncoder(), FakeGenerator(), REFUSING)
    asked = "Résume le texte sur le phare de l’île"
    assert assistant.ask(asked, within={"essai/musee.md", "essai/boulangerie.md"}).refused
    assert not assistant.ask(asked, within={"essai/phare.md"}).refused
