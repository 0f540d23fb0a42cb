"""The whole path over fakes: what is said, what is refused, in which order it is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.config import AnswerabilitySettings, RetrievalSettings, Settings
from rag.errors import QuestionError
from rag.index.store import Index
from rag.pipeline import MAX_QUESTION, Assistant
from rag.search.finding import Finder
from rag.types import Answer, Checked, Done, Retrieved, Timings, Token, Turn
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import DOCUMENTS, build_index

WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))
REFUSING = Settings(answerability=AnswerabilitySettings(threshold=1.1))
QUESTION = "Combien coûte l’entrée du musée du Textile ?"
NO_TIME = Timings(0, 0, 0, 0, 0)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


def assistant(index: Index, *drafts: str, settings: Settings = WILLING) -> Assistant:
    return Assistant(index, FakeEncoder(), FakeGenerator(*drafts), settings)


def ask(index: Index, draft: str, question: str = QUESTION) -> Answer:
    return assistant(index, draft).ask(question)


def test_a_true_draft_becomes_a_cited_answer(index: Index) -> None:
    answer = ask(index, "L’entrée coûte 6,50 euros.")
    assert (answer.text, answer.refused) == ("L’entrée coûte 6,50 euros. [1]", False)
    citation = answer.sentences[0].citations[0]
    assert citation.document == "essai/musee.md"
    text = DOCUMENTS[1].text
    assert text[citation.start : citation.end] == citation.quote == "L’entrée coûte 6,50 euros."


def test_an_invented_sentence_is_marked_beside_a_true_one(index: Index) -> None:
    answer = ask(index, "L’entrée coûte 6,50 euros. Le café y est offert le dimanche.")
    assert [sentence.supported for sentence in answer.sentences] == [True, False]
    assert answer.text.endswith("Le café y est offert le dimanche. [non vérifié]")


def test_a_draft_that_is_all_wrong_gives_way_to_the_corpus(index: Index) -> None:
    answer = ask(index, "L’entrée coûte 12 euros.")
    assert answer.text == (
        "Je n’ai pas de réponse sûre\u00a0; l’extrait le plus proche dit\u00a0: "
        "«\u00a0L’entrée coûte 6,50 euros.\u00a0» [1]"
    )
    assert answer.sentences[0].citations[0].quote == "L’entrée coûte 6,50 euros."
    assert not answer.refused
    assert answer.reason.startswith("Aucune phrase rédigée")


def test_a_draft_that_the_corpus_has_nothing_of_is_refused(index: Index) -> None:
    """The generator wrote of something else: it found no answer in what it was told."""
    answer = ask(index, "Un billet combiné donne accès aux caves voisines.")
    assert answer.refused
    assert answer.text == "Je ne trouve pas la réponse dans le corpus."
    assert answer.hits[0].passage.document_id == "essai/musee.md"


def test_a_draft_that_only_says_no_gives_way_to_the_corpus(index: Index) -> None:
    answer = ask(index, "Non.", "L’entrée du musée est-elle gratuite ?")
    assert answer.sentences[0].citations[0].quote == "L’entrée coûte 6,50 euros."


def test_a_draft_in_other_words_is_shown_unverified_before_the_quotation(index: Index) -> None:
    draft = "Le musée réclame 6,50 euros."
    answer = ask(index, draft, "Combien le musée réclame-t-il pour l’entrée ?")
    assert [(item.text, item.supported) for item in answer.sentences] == [
        (draft, False),
        ("L’extrait le plus proche dit\u00a0: «\u00a0L’entrée coûte 6,50 euros.\u00a0»", True),
    ]
    assert answer.text.startswith(f"{draft} [non vérifié] L’extrait")
    assert answer.reason.startswith("Aucune phrase rédigée")


def test_what_the_reader_is_sure_of_is_shown_first(index: Index) -> None:
    reader = FakeReader("accueille")
    made = Assistant(index, FakeEncoder(), FakeGenerator("Quinze heures."), WILLING, reader)
    question = "Que sait-on du musée du Textile ?"
    _, found, *_, done = made.stream(question)
    assert isinstance(found, Retrieved)
    assert isinstance(done, Done)
    assert found.evidence is not None
    assert found.evidence.quote == (
        "Le musée du Textile de Roubaix accueille 40 000 visiteurs par an."
    )
    assert done.answer.receipt.models["reader"] == reader.fingerprint
    assert reader.asked == [question]


def test_what_the_reader_is_sure_of_is_not_refused(index: Index) -> None:
    def refused(phrase: str) -> bool:
        reader = FakeReader(phrase)
        parts = Assistant(index, FakeEncoder(), FakeGenerator("Non."), settings, reader)
        return parts.ask(QUESTION).refused

    near = Finder(index, FakeEncoder(), RetrievalSettings()).find(QUESTION).certainty
    settings = Settings(answerability=AnswerabilitySettings(threshold=near))
    assert [refused(phrase) for phrase in ("nulle part", "coûte")] == [True, False]


def test_an_empty_draft_gives_way_to_the_corpus(index: Index) -> None:
    assert ask(index, "").sentences[0].citations[0].quote == "L’entrée coûte 6,50 euros."


def test_a_refusal_writes_nothing_and_offers_the_nearest_passages(index: Index) -> None:
    generator = FakeGenerator()
    answer = Assistant(index, FakeEncoder(), generator, REFUSING).ask(QUESTION)
    assert answer.refused
    assert answer.text == "Je ne trouve pas la réponse dans le corpus."
    assert answer.reason
    assert answer.hits[0].passage.document_id == "essai/musee.md"
    assert (generator.prompts, answer.sentences, answer.timings.generate) == ([], (), 0)


def test_an_empty_index_refuses(tmp_path: Path) -> None:
    with build_index(tmp_path / "empty", FakeEncoder(), ()) as empty:
        answer = Assistant(empty, FakeEncoder(), FakeGenerator(), WILLING).ask(QUESTION)
    assert (answer.refused, answer.hits) == (True, ())


def test_events_come_in_order_and_end_with_the_answer(index: Index) -> None:
    events = list(assistant(index, "L’entrée coûte 6,50 euros.").stream(QUESTION))
    kinds = [type(event) for event in events]
    assert kinds == [Retrieved, Retrieved, *[Token] * 4, Checked, Done]
    last = events[-1]
    assert isinstance(last, Done)
    assert isinstance(events[0], Retrieved)
    assert (events[0].hits, events[0].evidence) == (last.answer.hits, None)
    assert isinstance(events[1], Retrieved)
    assert events[1].evidence is not None
    assert events[1].evidence.quote == "L’entrée coûte 6,50 euros."
    assert events[-2] == Checked(last.answer.sentences[0])


def test_the_best_sentence_is_known_before_anything_is_written(index: Index) -> None:
    _, read, *_ = assistant(index, "Rien.").stream(QUESTION)
    assert isinstance(read, Retrieved)
    assert read.evidence is not None
    assert (read.evidence.n, read.evidence.quote) == (0, "L’entrée coûte 6,50 euros.")
    text = DOCUMENTS[1].text
    assert text[read.evidence.start : read.evidence.end] == read.evidence.quote


def test_a_sentence_is_checked_as_soon_as_the_next_one_begins(index: Index) -> None:
    draft = "L’entrée coûte 6,50 euros. Le café y est offert."
    events = list(assistant(index, draft).stream(QUESTION))
    told = ["".join(kind.__name__[0] for kind in map(type, events))]
    assert told == ["RRTTTTTCTTTTCD"]
    settled = [event.sentence for event in events if isinstance(event, Checked)]
    assert [item.supported for item in settled] == [True, False]
    assert isinstance(events[-1], Done)
    assert tuple(settled) == events[-1].answer.sentences


def test_an_answer_looks_only_in_the_documents_named(index: Index) -> None:
    answer = assistant(index, "Rien.").ask(QUESTION, within=["essai/port.md"])
    assert {hit.passage.document_id for hit in answer.hits} == {"essai/port.md"}
    assert assistant(index).ask(QUESTION, within=[]).refused


def test_a_search_writes_nothing(index: Index) -> None:
    generator = FakeGenerator()
    parts = Assistant(index, FakeEncoder(), generator, WILLING)
    assert parts.search(QUESTION)[0].passage.document_id == "essai/musee.md"
    assert parts.search(QUESTION, ["essai/port.md"])[0].passage.document_id == "essai/port.md"
    assert generator.prompts == []
    with pytest.raises(QuestionError, match="question est"):
        parts.search(" ")


def test_the_passages_told_are_named(index: Index) -> None:
    answer = ask(index, "L’entrée coûte 6,50 euros.")
    assert answer.told[0] == answer.hits[0].passage.id
    assert set(answer.told) <= {hit.passage.id for hit in answer.hits}


def test_the_same_models_answer_over_another_index(index: Index, tmp_path: Path) -> None:
    with build_index(tmp_path / "other", FakeEncoder(), DOCUMENTS[2:]):
        pass
    parts = assistant(index, "Le port de Dunkerque emploie 2 300 personnes.")
    with parts.over(tmp_path / "other") as other:
        answer = other.ask("Combien de personnes le port de Dunkerque emploie-t-il ?")
    assert answer.text == "Le port de Dunkerque emploie 2 300 personnes. [1]"
    assert answer.receipt.index != parts.receipt.index
    assert answer.receipt.models == parts.receipt.models


def test_closing_the_stream_stops_the_generator(index: Index) -> None:
    generator = FakeGenerator("L’entrée coûte 6,50 euros.")
    stream = Assistant(index, FakeEncoder(), generator, WILLING).stream(QUESTION)
    assert isinstance(next(stream), Retrieved)
    assert isinstance(next(stream), Retrieved)
    assert isinstance(next(stream), Token)
    assert not generator.closed
    stream.close()
    assert generator.closed


def test_cancelling_keeps_what_was_written_and_checks_it(index: Index) -> None:
    words: list[str] = []
    parts = assistant(index, "L’entrée coûte 6,50 euros. Et ceci ne sera pas écrit.")
    for event in parts.stream(QUESTION, cancelled=lambda: len(words) == 4):
        if isinstance(event, Token):
            words.append(event.text)
    assert isinstance(event, Done)
    assert event.answer.text == "L’entrée coûte 6,50 euros. [1]"


def test_the_same_question_gives_the_same_answer(index: Index) -> None:
    parts = assistant(index, "L’entrée coûte 6,50 euros.", "L’entrée coûte 6,50 euros.")
    first, second = parts.ask(QUESTION), parts.ask(QUESTION)
    assert replace(first, timings=NO_TIME) == replace(second, timings=NO_TIME)


def test_a_follow_up_searches_with_the_turn_before(index: Index) -> None:
    generator = FakeGenerator("Elle est de 6,50 euros.")
    parts = Assistant(index, FakeEncoder(), generator, WILLING)
    history = [Turn("Que sait-on du port de Dunkerque ?", "Rien."), Turn(QUESTION, "Je cherche.")]
    answer = parts.ask("Et pour elle ?", history)
    assert answer.hits[0].passage.document_id == "essai/musee.md"
    spoken = [message.text for message in generator.tokenizer.messages]
    assert spoken[1:3] == [QUESTION, "Je cherche."], "the turn before is told, earlier ones are not"


def test_a_new_question_leaves_the_history_behind(index: Index) -> None:
    generator = FakeGenerator("La boulangerie est à Lille.")
    parts = Assistant(index, FakeEncoder(), generator, WILLING)
    parts.ask(
        "Où se trouve la boulangerie Martin qui vend du pain ?", [Turn(QUESTION, "6,50 euros.")]
    )
    assert [message.role for message in generator.tokenizer.messages] == ["system", "user"]


@pytest.mark.parametrize("question", ["", "   ", "a" * (MAX_QUESTION + 1)])
def test_a_question_that_is_none_is_refused_in_french(index: Index, question: str) -> None:
    with pytest.raises(QuestionError, match="question est"):
        assistant(index).ask(question)


def test_the_receipt_changes_with_settings_alone(index: Index) -> None:
    one = assistant(index, "x").ask(QUESTION).receipt
    other = assistant(index, settings=REFUSING).ask(QUESTION).receipt
    assert one.settings != other.settings
    assert replace(one, settings="") == replace(other, settings="")
    assert one.index == index.manifest.index
    assert one.models["encoder"] == "fake@" + "f" * 64


def test_timings_add_up(index: Index) -> None:
    timings = ask(index, "L’entrée coûte 6,50 euros.").timings
    assert 0 < timings.retrieve <= timings.first_token <= timings.total
    assert timings.retrieve + timings.generate + timings.verify <= timings.total
