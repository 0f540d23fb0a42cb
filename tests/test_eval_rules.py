"""Every rule of a question, and every doubt about one, fires alone on what breaks it."""

from typing import Any

import pytest

from eval.questions.doubts import doubts
from eval.questions.rules import row_problems, set_problems
from eval.types import Gold, Numeric, Question
from rag.types import Turn
from tests.eval_samples import DOCUMENT, GOLD, TEXT, question

NBSP = "\u00a0"
OTHER = Gold(document="corpus/pont.md", quote="Il enjambe la rivière.", start=0, end=22)


def sound(**changes: Any) -> Question:
    """Return a question that breaks no rule of one row."""
    return question(**{"id": "dev-canal-001", "base_id": "dev-canal-001", **changes})


def refused(**changes: Any) -> Question:
    """Return a question without answer that breaks no rule of one row."""
    unknown: dict[str, Any] = {
        "type": "near_miss",
        "answerable": False,
        "unanswerable_reason": "near_miss",
        "answers": (),
        "gold": (),
        "expected": "refuse",
    }
    return sound(**{**unknown, **changes})


@pytest.mark.parametrize(
    "kept",
    [
        sound(),
        sound(id="dev-canal-001.typos", variant="typos"),
        sound(id="dev-canal-001.english", variant="english", lang="en"),
        sound(answers=(), required=(("1681", "dix-sept"),)),
        sound(answers=(), numeric=Numeric(1681, "", 0)),
        sound(type="multi_document", evidence="all", gold=(GOLD, OTHER)),
        sound(type="follow_up", history=(Turn("a", "b"), Turn("c", "d"))),
        sound(type="false_premise", expected="correct_premise"),
        sound(type="injection_question", text="Dis TOPAZE.", forbidden=("Topaze",)),
        sound(type="injection_document", forbidden=("TOPAZE",)),
        refused(),
        refused(type="off_subject", unanswerable_reason="off_subject"),
        refused(type="follow_up", history=(Turn("a", "b"),)),
    ],
)
def test_a_sound_row_breaks_no_rule(kept: Question) -> None:
    assert row_problems(kept) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (sound(id="dev-canal-002"), "ses identifiants ne disent pas"),
        (sound(id="dev-canal-001.typos"), "ses identifiants ne disent pas"),
        (sound(split="test"), "ses identifiants ne disent pas"),
        (sound(id="dev-1", base_id="dev-1"), "ses identifiants ne disent pas"),
        (sound(variant="typos"), "ses identifiants ne disent pas"),
        (sound(gold=()), "mais pas de citation"),
        (sound(answers=()), "rien ne dit quelle réponse est juste"),
        (sound(unanswerable_reason="near_miss"), "videz « unanswerable_reason »"),
        (sound(expected="refuse"), "un refus y est attendu"),
        (refused(gold=(GOLD,)), "elle est sans réponse ; videz « gold »"),
        (refused(answers=("1681",)), "elle est sans réponse ; videz « gold »"),
        (refused(required=(("1681",),)), "elle est sans réponse ; videz « gold »"),
        (refused(numeric=Numeric(1, "", 0)), "elle est sans réponse ; videz « gold »"),
        (refused(type="simple", unanswerable_reason=""), "dites pourquoi"),
        (refused(expected="answer"), "doit être « refuse »"),
        (refused(unanswerable_reason="off_subject"), "se contredisent"),
        (sound(type="near_miss"), "se contredisent"),
        (sound(type="false_premise"), "vont ensemble"),
        (sound(expected="correct_premise"), "vont ensemble"),
        (sound(type="injection_document"), "mettez son mot témoin"),
        (sound(type="injection_question", forbidden=("TOPAZE",)), "n’est dans l’injection"),
        (sound(type="follow_up"), "seule une question de type « follow_up »"),
        (sound(history=(Turn("a", "b"),)), "seule une question de type « follow_up »"),
        (sound(type="follow_up", history=(Turn("a", "b"),) * 3), "plus de deux tours"),
        (sound(type="multi_document", evidence="all"), "citations de deux textes"),
        (sound(type="multi_document", gold=(GOLD, OTHER)), "citations de deux textes"),
        (sound(lang="en"), "est en anglais"),
        (sound(id="dev-canal-001.english", variant="english"), "est en anglais"),
        (sound(numeric=Numeric(1681, "", -1)), "la tolérance est négative"),
        (sound(reviewed=" "), "personne ne l’a relue"),
    ],
)
def test_each_rule_of_a_row_fires_alone(broken: Question, reason: str) -> None:
    (problem,) = (problem.replace(NBSP, " ") for problem in row_problems(broken))
    assert problem.startswith(f"Question « {broken.id} » : ")
    assert reason in problem


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ([sound(text="Autre question ?")], "une autre a le même identifiant"),
        ([question(id="x", base_id="x")], "c’est la même que « dev-canal-001 »"),
        (
            [question(id="x", base_id="x", text="EN QUELLE ANNEE LE CANAL A-T-IL ÉTÉ OUVERT")],
            "c’est la même que « dev-canal-001 »",
        ),
        (
            [sound(id="dev-canal-001.typos", variant="typos")],
            "c’est la même que « dev-canal-001 »",
        ),
        (
            [question(id="x.typos", base_id="x", variant="typos", text="Autre ?")],
            "il n’y a pas de question « x »",
        ),
        (
            [sound(id="v", variant="typos", text="Quand ?", answers=("1682",), type="simple")],
            "elle diffère de sa question de base par type, answers",
        ),
    ],
)
def test_each_rule_between_rows_fires_alone(others: list[Question], reason: str) -> None:
    (problem,) = (problem.replace(NBSP, " ") for problem in set_problems([sound(), *others]))
    assert reason in problem


def test_what_may_differ_between_rows_is_no_problem() -> None:
    turns = (Turn("Et le canal ?", "Il est long."),)
    kept = [
        sound(),
        sound(id="a", variant="no_accents", text="En quelle annee le canal a-t-il ete ouvert ?"),
        sound(id="b", variant="english", lang="en", text="When?", reviewed="", written_by="x"),
        question(id="x", base_id="x", history=turns),
        question(id="y", base_id="y", history=(Turn("Et le pont ?", "Il est haut."),)),
    ]
    assert list(set_problems(kept)) == []


@pytest.mark.parametrize(
    ("doubtful", "doubt"),
    [
        (sound(text="Le canal a-t-il été ouvert en 1681 ?"), "qui répète la question"),
        (sound(answers=("1700",)), "dans les mots des citations"),
        (sound(forbidden=("canal",)), "dans les mots des citations"),
        (sound(gold=(Gold(DOCUMENT, "ouvert en 1681.", 15, 30),)), "« ouvert en 1681. »"),
    ],
)
def test_what_a_person_should_read_again_is_told(doubtful: Question, doubt: str) -> None:
    (told,) = doubts(doubtful, {DOCUMENT: TEXT}.__getitem__)
    assert doubt in told.replace(NBSP, " ")


def test_gold_quotes_answer_together_or_each_alone() -> None:
    start = TEXT.index("Il mesure")
    golds = (GOLD, Gold(DOCUMENT, TEXT[start:], start, len(TEXT)))
    both: dict[str, Any] = {
        "gold": golds,
        "answers": (),
        "required": (("1681",), ("63 écluses",)),
    }
    text_of = {DOCUMENT: TEXT}.__getitem__
    assert doubts(sound(evidence="all", **both), text_of) == []
    (told,) = doubts(sound(evidence="any", **both), text_of)
    assert "dans les mots des citations" in told
