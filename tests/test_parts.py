"""Two questions in one: parted, looked for each by itself, and answered in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import AnswerabilitySettings, GenerationSettings, RetrievalSettings, Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.search.finding import Finder
from rag.search.turns import interleaved, unique
from rag.talk.parts import parted
from rag.types import Turn
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import DOCUMENTS, build_index

WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))
BOTH = "Combien coûte l’entrée du musée du Textile, et combien de pains vend la boulangerie ?"
ENTRY = "L’entrée coûte 6,50 euros."
BREAD = "Elle vend trente sortes de pains."


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Qui dirige le musée du Textile, et où travaille Claire Martin ?",
            ("Qui dirige le musée du Textile\u00a0?", "où travaille Claire Martin\u00a0?"),
        ),
        (
            "Qui dirige le musée du Textile ? Combien de pains vend la boulangerie ?",
            (
                "Qui dirige le musée du Textile\u00a0?",
                "Combien de pains vend la boulangerie\u00a0?",
            ),
        ),
        (
            "Que vend Claire Martin et à quel prix le musée est-il ouvert ?",
            ("Que vend Claire Martin\u00a0?", "à quel prix le musée est-il ouvert\u00a0?"),
        ),
    ],
)
def test_two_questions_are_parted(question: str, parts: tuple[str, ...]) -> None:
    assert parted(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Qui dirige le musée du Textile ?",
        "Qui dirige le musée du Textile, et pourquoi ?",
        "Qui dirige le musée du Textile, et quand l’a-t-il repris ?",
        "Quels pains et quels gâteaux vend la boulangerie Martin ?",
        "Le musée du Textile et qui le dirige",
        "Que dit Paul Vasseur des pains, des prix et des visiteurs ?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parted(question) == ()


def test_lists_take_turns() -> None:
    assert list(interleaved(["ace", "bd", ""])) == ["a", "b", "c", "d", "e"]
    assert unique("abAcB", str.lower) == ["a", "b", "c"]


def test_each_part_has_its_turn_in_what_is_found_and_told(index: Index) -> None:
    finder = Finder(index, FakeEncoder(), RetrievalSettings(), FakeReader("nulle part"))
    case = finder.read(finder.find(BOTH))
    assert [hit.passage.title for hit in case.hits[:2]] == [
        "Le musée du Textile", "La boulangerie Martin",
    ]  # fmt: skip
    first, second, *_ = (item.sentence for item in case.found.ranked)
    assert first.text == ENTRY
    assert second.hit.passage.title == "La boulangerie Martin"
    told = case.found.context(GenerationSettings())
    assert {ENTRY, BREAD} <= {sentence.text for sentence in told}
    assert len(told) == len(set(told))
    places = [(one.hit.passage.id, one.start) for one in case.found.sentences]
    assert len(places) == len(set(places))
    assert case.odds == max(part.odds for part in case.parts) < 0


def test_where_nothing_stands_each_part_is_quoted(index: Index) -> None:
    draft = "Douze euros et quarante pains."
    assistant = Assistant(index, FakeEncoder(), FakeGenerator(draft), WILLING)
    answer = assistant.ask(BOTH)
    quotes = [citation.quote for one in answer.sentences for citation in one.citations]
    assert quotes == [ENTRY, BREAD]
    assert [citation.n for one in answer.sentences for citation in one.citations] == [1, 2]
    assert answer.text.endswith(f"Un autre extrait dit\u00a0: «\u00a0{BREAD}\u00a0» [2]")


def test_a_follow_up_is_looked_for_as_one(index: Index) -> None:
    finder = Finder(index, FakeEncoder(), RetrievalSettings())
    turn = Turn("Qui dirige le musée du Textile ?", "Paul Vasseur.")
    assert finder.find("Et lui, que prévoit-il ?", [turn]).parts == ()
