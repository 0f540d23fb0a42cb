"""What is learnt from: the split by article, the noise in questions, the negatives."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.french.words import words
from rag.index.store import Index
from rag.train import mining, noise
from rag.train.questions import Counts, load_questions
from rag.train.split import split_of
from tests.fakes import FakeEncoder
from tests.samples import DOCUMENTS, HARBOUR, build_index
from tests.train_samples import (
    asked,
    asked_about,
    dice,
    nothing,
    one_question,
    spans,
    squad,
    write_json,
)


@pytest.fixture(scope="module")
def squad_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_json(tmp_path_factory.mktemp("squad") / "questions.json", squad(40))


def test_an_article_is_drawn_by_its_title_however_it_is_written() -> None:
    titles = [f"Article n° {number} de l’été" for number in range(3000)]
    shares = Counter(map(split_of, titles))
    assert abs(shares["train"] / 3000 - 0.8) < 0.03
    assert abs(shares["dev"] / 3000 - 0.1) < 0.02
    assert abs(shares["test"] / 3000 - 0.1) < 0.02
    assert [split_of(f" {title.upper()}  ") for title in titles] == list(map(split_of, titles))


def test_the_draw_never_changes() -> None:
    drawn = [split_of(title) for title in ("Phare", "Moulin", "Quai", "Gare", "Pont", "Lavoir")]
    assert drawn == ["dev", "test", "train", "train", "train", "train"]


def test_test_articles_are_counted_and_never_read(squad_file: Path) -> None:
    questions = load_questions(squad_file)
    drawn = Counter(split_of(f"Article {number}") for number in range(40))
    assert questions.counts == {
        split: Counts(count, 2 * count, 4 * count) for split, count in drawn.items()
    }
    assert drawn["test"] > 0
    titles = {split: {d.title for d in questions.documents if split_of(d.title) == split}
              for split in ("train", "dev", "test")}  # fmt: skip
    assert {split: len(found) for split, found in titles.items()} == {**drawn, "test": 0}
    documents = {question.document: question.split for question in questions.asked}
    assert {one.id: split_of(one.title) for one in questions.documents} == documents
    assert len(questions.of("train")) == 4 * drawn["train"]


def test_a_question_has_each_place_of_its_answers_once(squad_file: Path) -> None:
    questions = load_questions(squad_file)
    texts = {one.id: one.text for one in questions.documents}
    first = questions.asked[0]
    assert [texts[first.document][start:end] for start, end in first.answers] == ["1800"]


@pytest.mark.parametrize(("given", "found"), [(3, 3), (4, 3), (10, 11), (14, 11)])
def test_an_answer_beside_its_place_is_found_at_the_nearest_one(
    tmp_path: Path, given: int, found: int
) -> None:
    path = tmp_path / "q.json"
    path.write_text(json.dumps(one_question(answer_start=given)), encoding="utf-8")
    assert load_questions(path).asked[0].answers == ((found, found + 3),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "q.json"),
        ("[]", "q.json"),
        ('{"data": [{"title": "Phare"}]}', "paragraphs"),
        (json.dumps(one_question(text="grue")), "grue"),
        (json.dumps(one_question(answer_start="3")), "q.json"),
    ],
)
def test_a_file_that_is_no_squad_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "q.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=reason):
        load_questions(path)
    with pytest.raises(ReadError, match=r"absent\.json"):
        load_questions(tmp_path / "absent.json")


QUESTION = "Où se trouve l’église Sainte-Émilie de Dunkerque ?"


def test_the_same_seed_types_the_same_question() -> None:
    drawn = [noise.disturb(QUESTION, dice(seed)) for seed in range(300)]
    assert drawn == [noise.disturb(QUESTION, dice(seed)) for seed in range(300)]
    assert 0.25 < drawn.count(QUESTION) / 300 < 0.55


def test_every_kind_of_noise_is_drawn() -> None:
    drawn = {noise.disturb(QUESTION, dice(seed)) for seed in range(300)}
    assert drawn >= {
        "Où se trouve l’église Sainte-Émilie de Dunkerque",
        "où se trouve l’église sainte-émilie de dunkerque ?",
        "Ou se trouve l’eglise Sainte-Emilie de Dunkerque ?",
        "trouve église Sainte Émilie Dunkerque",
    }
    assert any("Dunekrque" in one or "Dunkrque" in one or "Dunkkerque" in one for one in drawn)


@pytest.mark.parametrize("question", ["", "?", "Où ?", "Et lui ?", "100 000 ?"])
def test_a_question_of_few_words_keeps_them(question: str) -> None:
    kept = {tuple(words(noise.disturb(question, dice(seed)))) for seed in range(50)}
    assert kept == {tuple(words(question))}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


def test_negatives_are_what_is_found_elsewhere_without_the_answer(index: Index) -> None:
    questions = asked_about(index)
    found = mining.mine(questions, index, FakeEncoder(), nothing)
    titles = {
        name: [index.passage(int(one, 16)).title for one in ids] for name, ids in found.items()
    }
    assert titles["pain"] == ["Le musée du Textile", "Le port de Dunkerque"]
    assert titles["nuit"] == ["La boulangerie Martin", "Le musée du Textile"]
    assert "Le musée du Textile" not in titles["prix"]


def test_no_negative_is_of_another_part_nor_has_an_answer(index: Index) -> None:
    bread, price, night = asked_about(index)
    found = mining.mine([bread, price], index, FakeEncoder(), nothing)
    passages = {index.passage(int(one, 16)).document_id for ids in found.values() for one in ids}
    assert passages == {"essai/boulangerie.md", "essai/musee.md"}
    everywhere = replace(night, answers=spans(HARBOUR, "Les"))
    told = mining.mine([bread, everywhere], index, FakeEncoder(), nothing)
    assert len(told["nuit"]) == 1
    held = replace(night, answers=spans(HARBOUR, "de"))
    assert mining.mine([bread, held], index, FakeEncoder(), nothing)["nuit"] == []


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Il date de 1998.", "1998", True),
        ("Il date de 1998.", "19", False),
        ("L’ÉGLISE est là.", "l'eglise", True),
        ("Un phare rouge.", "phare blanc", False),
    ],
)
def test_an_answer_is_held_word_for_word(text: str, answer: str, *, expected: bool) -> None:
    assert mining.holds(text, [answer]) is expected


def test_what_was_mined_is_kept_and_a_damaged_file_made_again(tmp_path: Path) -> None:
    path, times = tmp_path / "train" / "negatives.json", []

    def mine_now() -> dict[str, list[str]]:
        times.append(1)
        return {"q": ["a1"]}

    assert mining.mined(path, mine_now) == mining.mined(path, mine_now) == {"q": ["a1"]}
    path.write_text('{"q": [', encoding="utf-8")
    assert mining.mined(path, mine_now) == {"q": ["a1"]}
    assert len(times) == 2


def test_the_index_is_made_once_and_opened_again(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    for _ in range(2):
        with mining.contexts_index(DOCUMENTS, encoder, tmp_path / "index", nothing) as made:
            assert [one.id for one in made.documents()] == sorted(d.id for d in DOCUMENTS)
    assert len(encoder.encoded) == len(set(encoder.encoded))


def test_a_case_has_the_passage_with_its_answers_and_negatives(index: Index) -> None:
    questions = asked_about(index)
    lost = asked("perdu", "Quoi ?", "port", ((0, 10_000),))
    found = mining.mine(questions, index, FakeEncoder(), nothing)
    made = mining.cases([*questions, lost], index, {**found, "perdu": []})
    assert [one.id for one in made] == ["pain", "prix", "nuit"]
    assert [one.passage.text[a:b] for one in made for a, b in one.spans] == [
        "trente", "6,50 euros", "la nuit",
    ]  # fmt: skip
    assert [one.title for one in made[0].negatives] == [
        "Le musée du Textile",
        "Le port de Dunkerque",
    ]
