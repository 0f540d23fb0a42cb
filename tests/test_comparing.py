"""Two things set side by side: what is searched for on each, and that each is quoted."""

from pathlib import Path

import pytest

from rag.config import AnswerabilitySettings, RetrievalSettings, Settings
from rag.pipeline import Assistant
from rag.search.finding import Finder
from rag.talk.comparing import compared
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import DOCUMENTS, build_index


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Compare Lille et Roubaix", ("Lille", "Roubaix")),
        (
            "Peux-tu comparer l’avis de Claire avec celui de Paul sur le prix du pain ?",
            ("l’avis de Claire sur le prix du pain", "avis de Paul sur le prix du pain"),
        ),
        (
            "Quelle est la différence entre un four à bois et un four électrique ?",
            ("un four à bois", "un four électrique"),
        ),
        (
            "Quels points communs y a-t-il entre Lille et Dunkerque, selon Claire Martin ?",
            ("Lille, selon Claire Martin", "Dunkerque, selon Claire Martin"),
        ),
        (
            "Quelle différence Paul fait-il entre ses dimanches et ceux de Claire ?",
            ("Paul fait-il ses dimanches", "Paul fait-il dimanches de Claire"),
        ),
        (
            "Quel moulin revient à la fois dans le récit de Claire et dans celui de Paul ?",
            (
                "Quel moulin revient dans le récit de Claire",
                "Quel moulin revient dans celui de Paul",
            ),
        ),
        (
            "Pour Claire, en quoi le seigle se distingue-t-il du froment ?",
            ("Pour Claire le seigle", "Pour Claire froment"),
        ),
        ("En quoi le musée est-il différent d’un dépôt ?", ("le musée", "un dépôt")),
    ],
)
def test_each_side_is_searched_for_with_what_is_said_of_both(
    question: str, sides: tuple[str, str]
) -> None:
    assert compared(question) == sides


@pytest.mark.parametrize(
    "question",
    [
        "Que s’est-il passé entre 1998 et 2004 ?",
        "Qu’est-ce qui fait la différence ?",
        "Quelle différence de prix y a-t-il entre les deux ?",
        "Entre le seigle et le froment, que préfère Claire Martin ?",
        "Qui oppose le musée et la ville ?",
        "Que compare l’auteur et pourquoi le fait-il ?",
        "Quelle distinction de Claire Martin et de quelle ville ?",
        "En quoi le musée est-il responsable de ses gardiens ?",
        "Quelle différence entre le seigle et le froment, " * 7 + "?",
    ],
)
def test_what_compares_nothing_stays_one_question(question: str) -> None:
    assert compared(question) == ()


def test_where_nothing_stands_both_sides_are_quoted(tmp_path: Path) -> None:
    settings = Settings(answerability=AnswerabilitySettings(threshold=0.0))
    draft = "Les deux se valent."
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        made = Assistant(index, FakeEncoder(), FakeGenerator(draft), settings)
        answer = made.ask("Compare le port de Dunkerque et la boulangerie Martin")
    quoted = [citation for one in answer.sentences for citation in one.citations]
    assert {citation.document for citation in quoted} == {"essai/port.md", "essai/boulangerie.md"}
    assert [citation.n for citation in quoted] == [1, 2, 3]


def test_a_side_is_found_by_itself_and_read_for_the_whole_question(tmp_path: Path) -> None:
    question = "Compare le port de Dunkerque et la boulangerie Martin"
    reader = FakeReader("grues")
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        finder = Finder(index, FakeEncoder(), RetrievalSettings(), reader)
        found = finder.find(question)
        case = finder.read(found)
    assert reader.asked == [question]
    _, port, bakery = found.parts
    assert port.hits[0].passage.document_id == "essai/port.md"
    assert bakery.hits[0].passage.document_id == "essai/boulangerie.md"
    best = case.found.ranked[0].sentence
    assert best.text == "Les grues y travaillent la nuit parce que la marée l’impose."
