"""What was asked for decides what counts as an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import AnswerabilitySettings, Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.types import Answer
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import DOCUMENTS, build_index

WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


def ask(index: Index, draft: str, question: str) -> Answer:
    return Assistant(index, FakeEncoder(), FakeGenerator(draft), WILLING).ask(question)


def test_a_value_that_no_passage_holds_is_refused_before_anything_is_written(index: Index) -> None:
    generator = FakeGenerator()
    made = Assistant(index, FakeEncoder(), generator, Settings())
    answer = made.ask("Quel âge a le musée du Textile de Roubaix ?")
    assert (answer.refused, generator.prompts) == (True, [])
    assert answer.reason == (
        "Le corpus parle de «\u00a0Textile\u00a0» et de «\u00a0Roubaix\u00a0», mais les passages "
        "trouvés ne donnent pas l’âge demandé\u00a0: lisez les passages les plus proches, ou "
        "reformulez."
    )


def test_a_quotation_without_the_value_asked_for_is_no_answer(index: Index) -> None:
    draft = "Le musée emploie du personnel."
    answer = ask(index, draft, "Combien de gardiens le musée du Textile emploie-t-il ?")
    assert (answer.refused, answer.sentences) == (True, ())


def test_a_true_sentence_without_the_value_asked_for_gives_way_to_one_that_has_it(
    index: Index,
) -> None:
    draft = "Le musée du Textile est à Roubaix."
    answer = ask(index, draft, "Combien de visiteurs le musée du Textile de Roubaix a-t-il ?")
    assert answer.sentences[-1].citations[0].quote == (
        "Le musée du Textile de Roubaix accueille 40 000 visiteurs par an."
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Que fait le port de Dunkerque ?", "Je n’ai pas de réponse sûre"),
        ("Le port de Dunkerque emploie-t-il 2 300 personnes ?", "Le port de Dunkerque emploie"),
    ],
)
def test_a_question_given_back_answers_none_but_whether_it_is_so(
    index: Index, question: str, text: str
) -> None:
    said = "Le port de Dunkerque emploie 2 300 personnes."
    draft = said if "emploie" in question else "Le port de Dunkerque."
    assert ask(index, draft, question).text.startswith(text)


def test_a_true_sentence_that_the_reader_passes_over_is_no_answer(index: Index) -> None:
    draft = "Le musée accueille 40 000 visiteurs par an."

    def said(phrase: str) -> str:
        reader = FakeReader(phrase)
        made = Assistant(index, FakeEncoder(), FakeGenerator(draft), WILLING, reader)
        return made.ask("Que sait-on du musée du Textile de Roubaix ?").text

    assert said("accueille") == f"{draft} [1]"
    assert said("coûte").startswith("Je n’ai pas de réponse sûre")


def test_what_the_reader_ranks_first_is_quoted_beside_what_is_nearest(index: Index) -> None:
    draft = "Des visiteurs arrivent au musée, 40 000 personnes."

    def quoted(phrase: str) -> list[str]:
        reader = FakeReader(phrase)
        made = Assistant(index, FakeEncoder(), FakeGenerator(draft), WILLING, reader)
        answer = made.ask("Que sait-on du musée du Textile de Roubaix ?")
        return [cited.quote for one in answer.sentences for cited in one.citations]

    near = "Le musée du Textile de Roubaix accueille 40 000 visiteurs par an."
    assert quoted("accueille") == [near]
    assert quoted("coûte") == [near, "L’entrée coûte 6,50 euros."]
