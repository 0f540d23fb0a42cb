"""How a question ends besides an answer: a word of Parole itself, or a refusal that says why."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.systems.parole import ParoleSystem
from rag.config import AnswerabilitySettings, Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.types import Done, Retrieved, Timings, Turn
from tests.eval_samples import question as golden
from tests.fakes import FakeEncoder, FakeGenerator
from tests.samples import DOCUMENTS, build_index

NBSP = "\u00a0"
WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))
REFUSING = Settings(answerability=AnswerabilitySettings(threshold=1.1))
NO_TIME = Timings(0, 0, 0, 0, 0)
NOTHING_MEANT = "Que faut-il retenir de «\u00a0{title}\u00a0»\u00a0?"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


def assistant(index: Index, *drafts: str, settings: Settings = WILLING) -> Assistant:
    return Assistant(index, FakeEncoder(), FakeGenerator(*drafts), settings)


def test_small_talk_is_answered_without_a_search_or_the_generator(index: Index) -> None:
    encoder, generator = FakeEncoder(), FakeGenerator()
    parts = Assistant(index, encoder, generator, WILLING)
    events = list(parts.stream("Bonjour, que sais-tu ?"))
    assert [type(event) for event in events] == [Done]
    answer = parts.ask("Bonjour, que sais-tu ?")
    assert (answer.aside, answer.refused, answer.reason) == (True, False, "")
    assert (answer.sentences, answer.hits, answer.told, answer.certainty) == ((), (), (), 0.0)
    assert answer.text.startswith(f"Je connais 3 textes{NBSP}: «{NBSP}La boulangerie Martin{NBSP}»")
    assert answer.suggestions[0] == NOTHING_MEANT.format(title="La boulangerie Martin")
    assert (answer.question, answer.receipt) == ("Bonjour, que sais-tu ?", parts.receipt)
    assert generator.prompts == []


def test_small_talk_is_the_same_each_time_and_knows_the_choice_of_documents(index: Index) -> None:
    parts = assistant(index)
    first, second = parts.ask("Que sais-tu ?"), parts.ask("Que sais-tu ?")
    assert replace(first, timings=NO_TIME) == replace(second, timings=NO_TIME)
    only = parts.ask("Que sais-tu ?", within=["essai/port.md"])
    assert only.text.startswith(f"Je connais un seul texte, «{NBSP}Le port de Dunkerque{NBSP}».")
    assert only.suggestions == (NOTHING_MEANT.format(title="Le port de Dunkerque"),)


def test_a_greeting_is_neither_searched_for_nor_told_to_the_generator(index: Index) -> None:
    generator = FakeGenerator("L’entrée coûte 6,50 euros.")
    parts = Assistant(index, FakeEncoder(), generator, WILLING)
    asked = "Bonjour, combien coûte l’entrée du musée du Textile ? Merci !"
    answer = parts.ask(asked)
    assert (answer.question, answer.aside) == (asked, False)
    told = generator.tokenizer.messages[-1].text
    assert "Question : combien coûte l’entrée du musée du Textile ?\n" in told
    plain = assistant(index, "Rien.").ask("combien coûte l’entrée du musée du Textile ?")
    assert answer.hits == plain.hits


def test_what_follows_small_talk_leans_on_what_came_before_it(index: Index) -> None:
    generator = FakeGenerator("Rien.")
    parts = Assistant(index, FakeEncoder(), generator, WILLING)
    museum = Turn("Qui dirige le musée du Textile ?", "Paul Vasseur.")
    parts.ask("Et pourquoi ?", [museum, Turn("Merci !", "Avec plaisir.")])
    assert [message.text for message in generator.tokenizer.messages][1] == museum.question


def test_a_refusal_says_what_the_documents_lack(index: Index) -> None:
    parts = assistant(index, settings=REFUSING)
    answer = parts.ask("Combien de vélos Claire Martin a-t-elle vendus à Lille ?")
    assert answer.reason == (
        f"Le corpus parle de «{NBSP}Claire Martin{NBSP}» et de «{NBSP}Lille{NBSP}», mais "
        f"«{NBSP}vélos{NBSP}» n’y figure pas{NBSP}: lisez les passages les plus proches, ou "
        "reformulez."
    )
    assert answer.text == "Je ne trouve pas la réponse dans le corpus."


def test_a_refusal_proposes_two_questions_of_the_documents_chosen(index: Index) -> None:
    parts = assistant(index, settings=REFUSING)
    assert len(parts.ask("Que vend la boulangerie ?").suggestions) == 2
    only = parts.ask("Que vend la boulangerie ?", within=["essai/port.md"])
    assert only.suggestions == (
        f"Que faut-il retenir de «{NBSP}Le port de Dunkerque{NBSP}»{NBSP}?",
    )


def test_where_nothing_can_be_looked_at_the_refusal_says_so(index: Index) -> None:
    answer = assistant(index).ask("Que vend la boulangerie ?", within=[])
    assert answer.reason.startswith("Il n’y a aucun passage où chercher")
    assert answer.suggestions == ()


def test_a_quotation_says_what_the_documents_lack(index: Index) -> None:
    answer = assistant(index, "Elle en vend douze.").ask("Où sont les vélos de Claire Martin ?")
    assert not answer.refused
    assert answer.reason == (
        f"Le corpus parle de «{NBSP}Claire Martin{NBSP}», mais «{NBSP}vélos{NBSP}» n’y figure pas, "
        f"et aucune phrase rédigée n’a pu être retenue{NBSP}: voici ce que les textes "
        "disent de plus proche, tel quel."
    )
    assert answer.suggestions == ()


def test_an_answer_proposes_nothing(index: Index) -> None:
    answer = assistant(index, "L’entrée coûte 6,50 euros.").ask("Combien coûte l’entrée du musée ?")
    assert (answer.aside, answer.suggestions) == (False, ())
    assert isinstance(next(assistant(index, "x").stream("Combien coûte l’entrée ?")), Retrieved)


def test_the_benchmark_takes_a_word_of_parole_itself_for_a_refusal(index: Index) -> None:
    generator = FakeGenerator()
    system = ParoleSystem(Assistant(index, FakeEncoder(), generator, WILLING), generator, ())
    given = system.answer(golden(text="Que sais-tu ?", history=()))
    assert (given.refused, given.sentences, given.hits) == (True, (), ())
