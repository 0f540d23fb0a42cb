"""Golden questions are read whole or not at all, and every fault is told with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions.golden import FIELDS, folder_texts, load_golden, read_lines
from eval.questions.rules import row_problems
from eval.types import Gold, Numeric, Question
from rag.config import Settings
from rag.errors import EvaluationError
from rag.index.ingest import index
from rag.index.store import open_index
from rag.types import Turn
from tests.fakes import FakeEncoder

NBSP = "\u00a0"
POISONED = Path(__file__).with_name("poisoned")
DOCUMENT = "corpus/phare.md"
QUOTE = "Le phare s’allume à 18 h 30."
TEXT = f"Le phare domine la baie. {QUOTE} La lampe tourne. La lampe tourne."
TEXTS = {DOCUMENT: TEXT}

ROW: dict[str, Any] = {
    "id": "dev-phare-001",
    "base_id": "dev-phare-001",
    "variant": "base",
    "split": "dev",
    "lang": "fr",
    "question": "À quelle heure ?",
    "history": [{"question": "Que fait le phare ?", "answer": "Il domine la baie."}],
    "type": "follow_up",
    "tags": ["phare"],
    "difficulty": "easy",
    "answerable": True,
    "unanswerable_reason": "",
    "answers": ["18 h 30"],
    "required": [["lampe", "feu"], ["soir"]],
    "forbidden": ["midi"],
    "numeric": {"value": 18.5, "unit": "h", "tolerance": 0},
    "gold": [{"document": DOCUMENT, "quote": QUOTE}],
    "evidence": "any",
    "expected": "answer",
    "written_by": "anne",
    "reviewed": "",
}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "dev.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


def fault(path: Path) -> str:
    with pytest.raises(EvaluationError) as caught:
        load_golden(path, TEXTS.__getitem__)
    return str(caught.value)


def test_a_row_becomes_a_question_with_the_place_of_its_quote(tmp_path: Path) -> None:
    start = TEXT.index(QUOTE)
    assert load_golden(write(tmp_path, ROW), TEXTS.__getitem__) == (
        Question(
            id="dev-phare-001",
            base_id="dev-phare-001",
            variant="base",
            split="dev",
            lang="fr",
            text="À quelle heure ?",
            history=(Turn("Que fait le phare ?", "Il domine la baie."),),
            type="follow_up",
            tags=("phare",),
            difficulty="easy",
            answerable=True,
            unanswerable_reason="",
            answers=("18 h 30",),
            required=(("lampe", "feu"), ("soir",)),
            forbidden=("midi",),
            numeric=Numeric(18.5, "h", 0.0),
            gold=(Gold(DOCUMENT, QUOTE, start, start + len(QUOTE)),),
            evidence="any",
            expected="answer",
            written_by="anne",
            reviewed="",
        ),
    )


def test_rows_keep_their_order_and_a_figure_may_be_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, {**ROW, "id": "b", "numeric": None}, {**ROW, "id": "a"})
    loaded = load_golden(path, TEXTS.__getitem__)
    assert [(question.id, question.numeric is None) for question in loaded] == [
        ("b", True),
        ("a", False),
    ]


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    path = write(tmp_path, {**ROW, "question": "À quelle\u2028heure\x85?"})
    assert load_golden(path, TEXTS.__getitem__)[0].text == "À quelle\u2028heure\x85?"


def test_a_file_without_a_line_has_no_question(tmp_path: Path) -> None:
    assert load_golden(write(tmp_path), TEXTS.__getitem__) == ()


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("id", "", "il est vide"),
        ("id", 7, "il faut un texte"),
        ("variant", "short", "« short » n’est pas prévu"),
        ("split", "train", "choisissez parmi « dev », « test »"),
        ("lang", "de", "n’est pas prévu"),
        ("question", "  ", "il est vide"),
        ("history", [{"question": "Quoi ?", "answer": ""}], "il est vide"),
        ("history", {}, "il faut une liste"),
        ("type", "near miss", "n’est pas prévu"),
        ("tags", ["phare", ""], "dont aucun n’est vide"),
        ("difficulty", "trivial", "n’est pas prévu"),
        ("answerable", "true", "true ou false"),
        ("unanswerable_reason", "unknown", "n’est pas prévu"),
        ("answers", "18 h 30", "il faut une liste"),
        ("answers", [18], "une liste de textes"),
        ("required", ["lampe"], "une liste de listes"),
        ("required", [[]], "dont aucune n’est vide"),
        ("required", [["lampe", " "]], "dont aucun n’est vide"),
        ("forbidden", None, "il faut une liste"),
        ("evidence", "both", "choisissez parmi « all », « any »"),
        ("expected", "silence", "n’est pas prévu"),
        ("written_by", "", "il est vide"),
        ("reviewed", None, "il faut un texte"),
    ],
)
def test_an_ill_typed_field_is_told_with_its_place(
    field: str, value: object, reason: str, tmp_path: Path
) -> None:
    message = fault(write(tmp_path, ROW, {**ROW, field: value})).replace(NBSP, " ")
    assert message.startswith("dev.jsonl, ligne 2")
    assert reason in message
    named = value[0].keys() if field == "history" and isinstance(value, list) else {field}
    assert any(f"champ « {name} »" in message for name in named)


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_told(field: str, tmp_path: Path) -> None:
    message = fault(write(tmp_path, {name: ROW[name] for name in FIELDS if name != field}))
    assert message.endswith(f"champ «{NBSP}{field}{NBSP}»{NBSP}: il manque{NBSP}; ajoutez-le.")


def test_an_unknown_field_is_told_with_the_id(tmp_path: Path) -> None:
    message = fault(write(tmp_path, {**ROW, "answer": "18 h 30"})).replace(NBSP, " ")
    assert message.startswith(
        "dev.jsonl, ligne 1, question « dev-phare-001 », champ « answer » : il n’existe pas"
    )


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        ({"value": "30", "unit": "h", "tolerance": 0}, "value"),
        ({"value": True, "unit": "h", "tolerance": 0}, "value"),
        ({"value": 10**400, "unit": "h", "tolerance": 0}, "value"),
        ({"value": float("nan"), "unit": "h", "tolerance": 0}, "value"),
        ({"value": 3, "unit": None, "tolerance": 0}, "unit"),
        ({"value": 3, "unit": "h"}, "tolerance"),
    ],
)
def test_a_figure_is_checked_too(figure: object, field: str, tmp_path: Path) -> None:
    message = fault(write(tmp_path, {**ROW, "numeric": figure})).replace(NBSP, " ")
    assert f"« numeric », champ « {field} »" in message


@pytest.mark.parametrize(
    ("gold", "reason"),
    [
        ((DOCUMENT, "Le phare s'allume à 18 h 30."), "n’est pas mot pour mot dans corpus/phare.md"),
        ((DOCUMENT, "La lampe tourne."), "est plusieurs fois dans corpus/phare.md"),
        (("corpus/port.md", QUOTE), "le corpus n’a pas de texte « corpus/port.md »"),
    ],
)
def test_a_quote_must_stand_once_in_the_corpus(
    gold: tuple[str, str], reason: str, tmp_path: Path
) -> None:
    document, quote = gold
    rows = {**ROW, "gold": [ROW["gold"][0], {"document": document, "quote": quote}]}
    message = fault(write(tmp_path, rows)).replace(NBSP, " ")
    assert "question « dev-phare-001 », « gold » n° 2, champ" in message
    assert reason in message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a",}', "erreur de syntaxe à la colonne 12"),
        ("", "erreur de syntaxe à la colonne 1"),
        ('["id"]', "il faut un objet JSON"),
        ('{"id": "a", "id": "b"}', "le champ « id » y est deux fois"),
        ('{"id": "\\ud83d"}', "n’est écrit qu’à moitié"),
        ("[" * 100_000, "trop imbriqués"),
        ('{"id": ' + "9" * 5_000 + "}", "un nombre y est démesuré"),
    ],
)
def test_a_line_that_is_no_json_object_is_told(line: str, reason: str, tmp_path: Path) -> None:
    path = write(tmp_path, ROW)
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    message = fault(path).replace(NBSP, " ")
    assert message.startswith("dev.jsonl, ligne 2 : ")
    assert reason in message


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "ne se lit pas" in fault(tmp_path / "absent.jsonl")
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("é".encode("cp1252"))
    assert "n’est pas en UTF-8" in fault(latin)


def test_a_folder_gives_the_texts_that_its_index_would_hold(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "phare.md").write_text(f"## Le *phare*\n\n{TEXT}\n", encoding="utf-8")
    index([folder], tmp_path / "index", FakeEncoder(), Settings(), lambda *_: None)
    with open_index(tmp_path / "index") as opened:
        indexed = opened.document(DOCUMENT).text
    assert folder_texts(folder)(DOCUMENT) == indexed == f"Le phare\n\n{TEXT}"


def test_the_poisoned_questions_are_sound_and_their_canary_sings_in_the_text() -> None:
    text_of = folder_texts(POISONED / "corpus")
    questions = load_golden(POISONED / "questions.jsonl", text_of)
    assert [problem for question in questions for problem in row_problems(question)] == []
    assert {question.type for question in questions} == {"injection_document"}
    assert [question.expected for question in questions] == ["answer"] * 3 + ["refuse"]
    for question in questions:
        assert "".join(question.forbidden) in text_of("corpus/marche-de-noel-en-direct.md")


def test_lines_are_numbered_from_one(tmp_path: Path) -> None:
    lines = read_lines(write(tmp_path, ROW, ROW))
    assert [(line.file, line.number) for line in lines] == [("dev.jsonl", 1), ("dev.jsonl", 2)]
