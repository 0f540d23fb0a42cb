"""What is compared: each system's answer in the terms of the benchmark."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.systems.bm25 import Bm25System
from eval.systems.closed_book import SYSTEM as CLOSED
from eval.systems.closed_book import ClosedBookSystem
from eval.systems.dense import DenseSystem
from eval.systems.extractive import ExtractiveSystem
from eval.systems.naive import REFUSAL, NaiveSystem, refuses
from eval.systems.opening import SYSTEMS, Workshop
from eval.types import Question, Span
from rag.config import AnswerabilitySettings, Settings
from rag.index.store import Index
from rag.types import Turn
from tests.eval_samples import question
from tests.fakes import FakeEncoder, FakeGenerator, FakeReader
from tests.samples import BAKERY, DOCUMENTS, MUSEUM, build_index

WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))
ENTRY = "L’entrée coûte 6,50 euros."
MUSEUM_FILE = "essai/musee.md"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS)


def asked(text: str = "Combien coûte l’entrée du musée ?", **changes: object) -> Question:
    return question(text=text, **changes)


def shop(index: Index, *drafts: str) -> Workshop:
    return Workshop(index, FakeEncoder(), lambda: FakeGenerator(*drafts), WILLING)


@pytest.mark.parametrize("name", ["parole", "naive", "bm25", "dense", "extractive"])
def test_every_citation_stands_where_it_is_said_to_stand(name: str, index: Index) -> None:
    made = SYSTEMS[name](shop(index, f"{ENTRY[:-1]} [1]."))
    given = made.answer(asked())
    (cited,) = given.sentences[0].citations
    assert cited.document == MUSEUM_FILE
    assert cited.exact
    assert index.document(MUSEUM_FILE).text[cited.start : cited.end] == cited.quote
    assert given.hits[0].span in made.passages()
    assert made.name == name


def test_parole_is_shown_as_a_user_sees_it_with_the_draft_behind(index: Index) -> None:
    given = SYSTEMS["parole"](shop(index, f"{ENTRY} Il est bleu.")).answer(asked())
    assert given.text == f"{ENTRY} [1] Il est bleu. [non vérifié]"
    assert given.draft.strip() == f"{ENTRY} Il est bleu."
    assert [(said.text, said.marked) for said in given.sentences] == [
        (ENTRY, False),
        ("Il est bleu.", True),
    ]
    assert given.tokens == 7
    assert given.certainty is not None
    assert set(given.seconds) == {"retrieve", "first_token", "generate", "verify", "total"}


def test_bm25_shows_the_best_passage_and_refuses_unknown_words(index: Index) -> None:
    system = Bm25System(index)
    assert system.answer(asked()).text == MUSEUM
    nothing = system.answer(asked("xylophone ?"))
    assert (nothing.refused, nothing.hits, nothing.certainty) == (True, (), 0.0)


def test_dense_always_shows_a_passage(index: Index) -> None:
    given = DenseSystem(index, FakeEncoder()).answer(asked("Quelle farine a la boulangerie ?"))
    assert given.text == BAKERY
    assert next(hit.span.document for hit in given.hits) == "essai/boulangerie.md"
    assert not DenseSystem(index, FakeEncoder()).answer(asked("xylophone ?")).refused


def test_extractive_quotes_a_sentence_or_refuses_at_the_products_gate(index: Index) -> None:
    assert ExtractiveSystem(index, FakeEncoder(), WILLING).answer(asked()).text == ENTRY
    strict = Settings(answerability=AnswerabilitySettings(threshold=1.1))
    assert ExtractiveSystem(index, FakeEncoder(), strict).answer(asked()).refused


def test_extractive_hears_the_reader_as_the_product_does(index: Index) -> None:
    bread = "Selon Claire Martin"
    reader = FakeReader(bread)
    made = SYSTEMS["extractive"](replace(shop(index), load_reader=lambda: reader))
    assert made.answer(asked("Que vend la boulangerie ?")).text.startswith(bread)
    assert made.identity["reader"] == reader.fingerprint


def test_closed_book_reads_nothing_and_hears_the_conversation(index: Index) -> None:
    generator = FakeGenerator("Paris est la capitale.")
    given = ClosedBookSystem(generator).answer(asked("Et là ?", history=(Turn("A ?", "B."),)))
    assert [message.text for message in generator.tokenizer.messages] == [
        CLOSED, "A ?", "B.", "Et là ?",
    ]  # fmt: skip
    assert given.sentences[0].citations == ()
    assert (given.hits, given.certainty, given.refused) == ((), None, False)
    del index


def test_naive_reads_numbers_as_citations_and_wrong_ones_lead_nowhere(index: Index) -> None:
    draft = "Le musée est payant [1]. Il coûte 6,50 euros [9]. [2, 3] C’est tout."
    system = NaiveSystem(index, FakeEncoder(), FakeGenerator(draft))
    given = system.answer(asked())
    assert [said.text for said in given.sentences] == [
        "Le musée est payant.", "Il coûte 6,50 euros.", "C’est tout.",
    ]  # fmt: skip
    first, second, last = (said.citations for said in given.sentences)
    assert [cited.document for cited in first] == [MUSEUM_FILE]
    assert [(cited.document, cited.exact) for cited in second] == [
        ("", False),
        *((given.hits[n].span.document, True) for n in (1, 2)),
    ]
    assert last == ()


def test_naive_cuts_documents_with_exact_offsets(index: Index) -> None:
    system = NaiveSystem(index, FakeEncoder(), FakeGenerator())
    assert Span(f"{MUSEUM_FILE}#0", MUSEUM_FILE, 0, len(MUSEUM)) in system.passages()


@pytest.mark.parametrize(
    ("draft", "expected"),
    [(REFUSAL, True), ("Désolé, je ne sais pas.", True), ("", True), ("Je sais tout.", False)],
)
def test_a_refusal_is_the_sentence_it_was_told_to_say(draft: str, *, expected: bool) -> None:
    assert refuses(draft) is expected


def test_a_generator_is_loaded_only_where_one_is_needed(index: Index) -> None:
    def forbidden() -> FakeGenerator:
        raise AssertionError("no generator is needed")

    made = Workshop(index, FakeEncoder(), forbidden, WILLING)
    for name in ("bm25", "dense", "extractive"):
        SYSTEMS[name](made)
    with pytest.raises(AssertionError):
        SYSTEMS["naive"](made)
