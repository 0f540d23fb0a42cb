"""The rules of the corpus folder on the length, the typography and the repeats of a body."""

from pathlib import Path

import pytest

from rag import messages
from rag.corpus import MAX_WORDS, MIN_WORDS, Problem
from tests.test_corpus import (
    BODY_START,
    FRONT_MATTER,
    HEADING,
    NBSP,
    check_line,
    check_one,
    text,
    words,
)


@pytest.mark.parametrize("count", [MIN_WORDS - 1, MAX_WORDS + 1])
def test_a_body_too_short_or_too_long(tmp_path: Path, count: int) -> None:
    body = f"{FRONT_MATTER}{HEADING}\n{words(count - 2)}\n"
    message = messages.CORPUS_LENGTH.format(words=count, least=MIN_WORDS, most=MAX_WORDS)
    assert check_one(tmp_path, body) == [Problem("phare.md", BODY_START, message)]


@pytest.mark.parametrize("count", [MIN_WORDS, MAX_WORDS])
def test_a_body_of_the_least_or_most_words(tmp_path: Path, count: int) -> None:
    assert check_one(tmp_path, f"{FRONT_MATTER}{HEADING}\n{words(count - 2)}\n") == []


@pytest.mark.parametrize("heading", ["# Le phare", "### Le phare", "##Le phare", "## "])
def test_a_body_without_a_section(tmp_path: Path, heading: str) -> None:
    problems = check_one(tmp_path, text(heading=heading))
    assert problems == [Problem("phare.md", BODY_START, messages.CORPUS_NO_SECTION)]


@pytest.mark.parametrize("line", ["L'île dort", 'Le mot "île" dort'])
def test_straight_apostrophes_and_quotes(tmp_path: Path, line: str) -> None:
    problems = check_line(tmp_path, line)
    start = messages.CORPUS_STRAIGHT.split("{excerpt}")[0]
    assert [(problem.line, problem.message.startswith(start)) for problem in problems] == [
        (BODY_START + 1, True)
    ]


@pytest.mark.parametrize(
    "line",
    ["Elle dit : viens", "Qui dort?", "Elle dort !", "Elle dort; il veille", "La moitié, 50%,"],
)
def test_marks_without_a_no_break_space(tmp_path: Path, line: str) -> None:
    message = messages.CORPUS_UNSPACED_MARK.format(excerpt=line)
    assert check_line(tmp_path, line) == [Problem("phare.md", BODY_START + 1, message)]


@pytest.mark.parametrize(
    "line",
    [
        f"Vraiment{NBSP}?!",
        "Le bac part à 18:30",
        "Voir https://exemple.fr/?q=a;b%20c",
        "Voir www.exemple.fr/?a",
        "Elle dort\u202f!",
    ],
)
def test_marks_that_need_no_space_of_their_own(tmp_path: Path, line: str) -> None:
    assert check_line(tmp_path, line) == []


@pytest.mark.parametrize(
    "line", ["Le « phare » dort", f"Le «phare{NBSP}» dort", f"Le «{NBSP}phare» dort"]
)
def test_guillemets_without_a_no_break_space(tmp_path: Path, line: str) -> None:
    message = messages.CORPUS_UNSPACED_QUOTE.format(excerpt=line)
    assert check_line(tmp_path, line) == [Problem("phare.md", BODY_START + 1, message)]


def test_typography_is_not_asked_of_the_front_matter(tmp_path: Path) -> None:
    front = FRONT_MATTER.replace('"récit"', '"l\'île : qui?"')
    assert check_one(tmp_path, text(front=front)) == []


def test_a_line_repeated_in_one_text(tmp_path: Path) -> None:
    problems = check_one(tmp_path, text("La mer monte.", "", "La mer monte. "))
    message = messages.CORPUS_REPEATED.format(earlier=f"phare.md:{BODY_START + 1}")
    assert problems == [Problem("phare.md", BODY_START + 3, message)]


def test_a_line_repeated_in_another_text(tmp_path: Path) -> None:
    (tmp_path / "bac.md").write_text(text("La mer monte."), encoding="utf-8")
    other = text("Le vent", "La mer monte.", heading="## Le bac", filler="flot")
    problems = check_one(tmp_path, other)
    message = messages.CORPUS_REPEATED.format(earlier=f"bac.md:{BODY_START + 1}")
    assert problems == [Problem("phare.md", BODY_START + 2, message)]


def test_a_long_line_of_front_matter_must_stand_once_too(tmp_path: Path) -> None:
    source = FRONT_MATTER.replace("Carnet de bord", "Carnet de bord du bac, pages un et deux")
    (tmp_path / "bac.md").write_text(text(front=source), encoding="utf-8")
    problems = check_one(tmp_path, text(front=source, heading="## Le bac", filler="flot"))
    message = messages.CORPUS_REPEATED.format(earlier="bac.md:7")
    assert problems == [Problem("phare.md", 7, message)]


def test_problems_come_file_by_file_and_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "quai.md").write_text(text("Qui?"), encoding="utf-8")
    problems = check_one(
        tmp_path, text("Un", "Où?", "L'île", heading="## Le bac", filler="flot"), "bac.md"
    )
    assert [(problem.file, problem.line) for problem in problems] == [
        ("bac.md", BODY_START + 2),
        ("bac.md", BODY_START + 3),
        ("quai.md", BODY_START + 1),
    ]
