"""The evidence for the constants: ranks, shares and a fit that can be worked out by hand."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.calibrate.cases import ANSWERABLE, FAR, NEAR, Trial
from eval.calibrate.decision import (
    decision_lines,
    foreign_lines,
    part_lines,
    refitted,
    value_lines,
)
from eval.calibrate.ranking import hit_lines, sentence_lines
from eval.questions.datasets import drawn, part
from eval.questions.squad import load_squad
from rag.config import RetrievalSettings
from rag.search.answerable import FOREIGN
from rag.search.finding import Finder
from rag.train.split import split_of
from tests.fakes import FakeEncoder, FakeReader
from tests.samples import BAKERY, DOCUMENTS, MUSEUM, build_index
from tests.train_samples import squad

ENTRY = "L’entrée coûte 6,50 euros."
MUSEUM_PLACE = ("essai/musee.md", MUSEUM.index(ENTRY), MUSEUM.index(ENTRY) + len(ENTRY))
BAKERY_PLACE = ("essai/boulangerie.md", 0, BAKERY.index(".") + 1)


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[Finder]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        yield Finder(index, FakeEncoder(), RetrievalSettings())


def trial(finder: Finder, question: str, kind: str = ANSWERABLE, phrase: str = ENTRY) -> Trial:
    found = finder.find(question)
    readings = FakeReader(phrase).read(question, [hit.passage for hit in found.hits])
    return Trial(question, "base", kind, (MUSEUM_PLACE,), found, readings)


def test_the_reader_lifts_the_passage_and_the_sentence_that_answer(finder: Finder) -> None:
    asked = trial(finder, "Que vend la boulangerie Martin de Lille ?")
    rank = next(n for n, hit in enumerate(asked.found.hits) if asked.answers(hit.passage))
    assert rank > 0
    _, _, unread, *_, most = hit_lines("essai", [asked])
    assert unread.split() == ["0.00", "0.000", "1.000", "1.000", f"{1 / (rank + 1):.3f}"]
    assert most.split() == ["0.50", "1.000", "1.000", "1.000", "1.000"]
    _, plain, *_, read = sentence_lines([asked])
    assert (plain.split()[:2], read.split()[:2]) == (["0.00", "0.000"], ["1.00", "1.000"])


def test_a_question_without_an_answer_among_the_hits_has_no_rank(finder: Finder) -> None:
    lost = replace(trial(finder, "Où est le musée ?"), places=(("essai/autre.md", 0, 9),))
    lines = hit_lines("essai", [lost, trial(finder, "Combien coûte l’entrée du musée ?")])
    assert lines[2].split() == ["0.00", "0.500", "0.500", "0.500", "0.500"]


def test_the_decision_is_shown_by_kind_and_collection(finder: Finder) -> None:
    sure = trial(finder, "Combien coûte l’entrée du musée du Textile ?")
    lost = trial(finder, "Zut ?", FAR, "nulle part")
    lines = decision_lines({"golden": [sure, lost], "piaf": [sure]})
    assert lines[0].split("   ")[1:] == [
        "golden: answerable", "golden: off_subject", "piaf: answerable",
    ]  # fmt: skip
    assert [line.split()[0] for line in lines[1:3]] == ["0.20", "0.30"]
    certain = sure.read.certainty >= 0.2
    assert lines[1].split()[1:] == [f"{certain:.2f}", "0.00", f"{certain:.2f}"]


def test_the_fit_finds_what_parts_the_kinds(finder: Finder) -> None:
    read = [trial(finder, "Combien coûte l’entrée du musée ?") for _ in range(4)]
    unread = [replace(one, kind=NEAR, readings=[]) for one in read]
    fit = refitted({"golden": [*read, *unread]})
    assert fit.odds > 0.3
    assert abs(fit.near) < 0.01
    assert fit.lacking == pytest.approx(0.0)
    assert f"ODDS_WEIGHT {fit.odds:.3f}" in fit.line()


def test_each_part_of_the_decision_is_held_against_the_kinds(finder: Finder) -> None:
    read = [trial(finder, "Combien coûte l’entrée du musée ?") for _ in range(4)]
    unread = [replace(one, kind=NEAR, readings=[]) for one in read]
    lines = part_lines({"golden": [*read, *unread]})
    assert [line.split()[-1] for line in lines] == ["golden", "0.500", "0.500", "1.000", "1.000"]


def test_values_and_foreign_questions_are_counted(finder: Finder) -> None:
    asks = trial(finder, "Quel âge a le musée du Textile ?", NEAR)
    english = replace(trial(finder, "What is the price of the ticket?"), variant="english")
    base = replace(trial(finder, "Combien coûte l’entrée ?"), base_id=english.base_id)
    assert value_lines([asks])[2].split() == ["near_miss", "1", "1"]
    lost = base.found.near - english.found.near + FOREIGN
    assert foreign_lines([base, english])[0].startswith(
        f"English: {lost:.3f} of cosine lost over 1"
    )


def test_a_split_of_a_dataset_holds_the_questions_of_its_articles_alone(tmp_path: Path) -> None:
    file = tmp_path / "jeu.json"
    file.write_text(json.dumps(squad(20)), encoding="utf-8")
    read = load_squad(file)
    every, held = part("jeu", read.questions, None), part("jeu", read.questions, "test")
    assert (every.name, held.name) == ("jeu", "jeu/test")
    due = [one.id for one in read.questions if split_of(one.tags[0]) == "test"]
    assert [one.id for one in held.questions] == due
    assert 0 < len(due) < len(every.questions) == 80
    assert drawn(held, None, 0) is held
    assert len(drawn(held, 3, 7).questions) == 3
