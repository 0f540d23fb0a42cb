"""SQuAD files become documents and questions, whose quotes stand where they are said to."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions.contexts import Context
from eval.questions.squad import Dataset, load_squad, sample
from eval.types import Gold
from rag.errors import EvaluationError

NBSP = "\u00a0"
BAKERY = "La boulangerie ouvre à 7 h. Elle ferme à 20 h. M. Roux la tient depuis 1998."
HARBOUR = "Le port  emploie 2 300 marins.\u200b \nUne grue * y tourne la nuit.\n\n\nLe port dort."


def answer(context: str, text: str, beside: int = 0) -> dict[str, Any]:
    return {"text": text, "answer_start": context.index(text) + beside}


def qa(identity: str, *answers: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": identity, "question": f"Question {identity} ?", "answers": list(answers), **more}


def paragraph(context: str, *qas: dict[str, Any]) -> dict[str, Any]:
    return {"context": context, "qas": list(qas)}


def article(title: str, *paragraphs: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "paragraphs": list(paragraphs), "category": "essai"}


def write(folder: Path, *articles: dict[str, Any]) -> Path:
    path = folder / "essai.json"
    whole = {"version": "1.1", "data": list(articles)}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def load(folder: Path, *articles: dict[str, Any]) -> Dataset:
    return load_squad(write(folder, *articles))


def texts(dataset: Dataset) -> dict[str, str]:
    return {document.id: document.text for document in dataset.documents}


def test_a_context_is_a_document_under_the_title_of_its_article(tmp_path: Path) -> None:
    dataset = load(
        tmp_path,
        article("Le fournil", paragraph(BAKERY), paragraph("Le pain lève.")),
        article("Le port", paragraph("Le port dort.")),
    )
    assert dataset.documents == (
        Context("squad/0001-001.md", "Le fournil", BAKERY),
        Context("squad/0001-002.md", "Le fournil", "Le pain lève."),
        Context("squad/0002-001.md", "Le port", "Le port dort."),
    )


def test_a_question_quotes_the_whole_sentence_of_its_answer(tmp_path: Path) -> None:
    hours = qa("a", answer(BAKERY, "20 h"), answer(BAKERY, "à 20 h"))
    (question,) = load(tmp_path, article("Le fournil", paragraph(BAKERY, hours))).questions
    quote = "Elle ferme à 20 h."
    start = BAKERY.index(quote)
    assert question.gold == (Gold("squad/0001-001.md", quote, start, start + len(quote)),)
    assert (question.id, question.base_id, question.variant) == ("a", "a", "base")
    assert (question.text, question.type, question.tags) == (
        "Question a ?",
        "simple",
        ("Le fournil",),
    )
    assert (question.answers, question.evidence) == (("20 h", "à 20 h"), "any")
    assert (question.answerable, question.expected) == (True, "answer")


def test_an_answer_across_two_sentences_quotes_both(tmp_path: Path) -> None:
    both = qa("a", answer(BAKERY, "7 h. Elle ferme"))
    (question,) = load(tmp_path, article("", paragraph(BAKERY, both))).questions
    assert [gold.quote for gold in question.gold] == [
        "La boulangerie ouvre à 7 h. Elle ferme à 20 h."
    ]
    assert question.tags == ()


def test_each_answer_has_its_own_quote_once(tmp_path: Path) -> None:
    answers = [answer(BAKERY, word) for word in ("7 h", "1998", "Roux", "7 h")]
    (question,) = load(tmp_path, article("", paragraph(BAKERY, qa("a", *answers)))).questions
    assert question.answers == ("7 h", "1998", "Roux")
    assert [gold.quote for gold in question.gold] == [
        "La boulangerie ouvre à 7 h.",
        "M. Roux la tient depuis 1998.",
    ]


def test_the_same_words_elsewhere_are_not_the_answer(tmp_path: Path) -> None:
    text = "Le port dort. Le phare veille. Le port rêve."
    last = qa("a", {"text": "Le port", "answer_start": text.rindex("Le port")})
    (question,) = load(tmp_path, article("", paragraph(text, last))).questions
    assert question.gold == (Gold("squad/0001-001.md", "Le port rêve.", 31, 44),)


@pytest.mark.parametrize("beside", [-2, -1, 1, 2])
def test_an_offset_that_is_a_little_wrong_finds_the_nearest_place(
    beside: int, tmp_path: Path
) -> None:
    text = "Un chat dort. Un chien veille. Un chat mange."
    wrong = qa("a", {"text": "chat", "answer_start": text.rindex("chat") + beside})
    (question,) = load(tmp_path, article("", paragraph(text, wrong))).questions
    assert [gold.quote for gold in question.gold] == ["Un chat mange."]


def test_an_impossible_question_of_version_2_is_a_near_miss(tmp_path: Path) -> None:
    plausible = [answer(BAKERY, "1998")]
    made = (
        qa("a", is_impossible=True, plausible_answers=plausible),
        qa("b", answer(BAKERY, "7 h"), is_impossible=False),
    )
    impossible, possible = load(tmp_path, article("", paragraph(BAKERY, *made))).questions
    assert (impossible.answerable, impossible.expected) == (False, "refuse")
    assert (impossible.type, impossible.unanswerable_reason) == ("near_miss", "near_miss")
    assert (impossible.answers, impossible.gold) == ((), ())
    assert possible.answers == ("7 h",)


def test_a_context_that_comes_again_is_the_same_document(tmp_path: Path) -> None:
    again = paragraph(f" {BAKERY}\n", qa("b", {"text": "7 h", "answer_start": 24}))
    dataset = load(tmp_path, article("A", paragraph(BAKERY)), article("B", again))
    assert [document.id for document in dataset.documents] == ["squad/0001-001.md"]
    assert [gold.document for gold in dataset.questions[0].gold] == ["squad/0001-001.md"]


def test_quotes_stand_where_they_are_said_to_in_a_text_that_reading_changes(tmp_path: Path) -> None:
    words = ("2 300 marins", "grue * y", " nuit", "dort")
    made = [qa(word, answer(HARBOUR, word)) for word in words]
    dataset = load(tmp_path, article("", paragraph(HARBOUR, *made)))
    text = texts(dataset)["squad/0001-001.md"]
    assert text == "Le port emploie 2 300 marins.\nUne grue * y tourne la nuit.\n\nLe port dort."
    golds = [gold for question in dataset.questions for gold in question.gold]
    assert [text[gold.start : gold.end] for gold in golds] == [gold.quote for gold in golds]
    assert [gold.quote for gold in golds] == [
        "Le port emploie 2 300 marins.",
        "Une grue * y tourne la nuit.",
        "Une grue * y tourne la nuit.",
        "Le port dort.",
    ]


def test_a_figure_after_dropped_spaces_is_the_one_that_was_meant(tmp_path: Path) -> None:
    text = "11  1  pains."
    last = qa("a", {"text": "1", "answer_start": 4})
    dataset = load(tmp_path, article("", paragraph(text, last)))
    assert texts(dataset)["squad/0001-001.md"][3] == "1"
    assert dataset.questions[0].answers == ("1",)


@pytest.mark.parametrize(
    ("made", "place", "reason"),
    [
        ({"title": "A"}, "« data » n° 1, champ « paragraphs »", "il manque"),
        ({"paragraphs": []}, "« data » n° 1, champ « title »", "il manque"),
        (article("A", paragraph("")), "« paragraphs » n° 1, champ « context »", "il est vide"),
        (article("A", paragraph("…\u200b!")), "champ « context »", "il n’a ni lettre ni chiffre"),
        (article("A", {"context": BAKERY}), "champ « qas »", "il manque"),
        (article("A", paragraph(BAKERY, qa("a"))), "champ « answers »", "il en faut une"),
        (
            article("A", paragraph(BAKERY, qa("a", answer(BAKERY, "7 h"), is_impossible="oui"))),
            "champ « is_impossible »",
            "true ou false",
        ),
        (
            article("A", paragraph(BAKERY, qa("a", {"text": "midi", "answer_start": 3}))),
            "« qas » n° 1, « answers » n° 1, champ « text »",
            "« midi » n’est pas dans son contexte",
        ),
        (
            article("A", paragraph(BAKERY, qa("a", {"text": "\u200b", "answer_start": 3}))),
            "champ « text »",
            "n’est pas dans son contexte",
        ),
        (
            article("A", paragraph(BAKERY, qa("a", {"text": "7 h", "answer_start": -1}))),
            "champ « answer_start »",
            "un nombre entier",
        ),
        (
            article("A", paragraph(BAKERY, *[qa("a", answer(BAKERY, "7 h"))] * 2)),
            "« qas » n° 2, champ « id »",
            "déjà celui d’une autre question",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    made: dict[str, Any], place: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(EvaluationError) as caught:
        load(tmp_path, made)
    message = str(caught.value).replace(NBSP, " ")
    assert message.startswith("essai.json, « data » n° 1")
    assert place in message
    assert reason in message


def test_a_file_that_is_no_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "essai.json"
    path.write_text('{"data": [\n  {"title": }\n]}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="à la ligne 2, colonne 13"):
        load_squad(path)


def test_a_sample_depends_on_ids_and_seed_alone(tmp_path: Path) -> None:
    made = [qa(f"q{n}", answer(BAKERY, "7 h")) for n in range(40)]
    questions = load(tmp_path, article("", paragraph(BAKERY, *made))).questions
    drawn = sample(questions, 5, seed=1)
    assert [question.id for question in drawn] == ["q3", "q7", "q24", "q38", "q39"]
    assert sample(questions[::-1], 5, seed=1) == drawn[::-1]
    assert set(drawn) < set(sample(questions, 6, seed=1))
    assert sample(questions, 5, seed=2) != drawn
    assert sample(questions, 99, seed=1) == questions
