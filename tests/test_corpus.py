"""Every rule of the corpus folder fires on a text that breaks it, and only then."""

from pathlib import Path

import pytest

from rag import messages
from rag.corpus import MAX_WORDS, MIN_WORDS, Problem, check
from rag.errors import CorpusError

OUR_CORPUS = Path(__file__).parent.parent / "corpus"
NBSP = "\u00a0"

FRONT_MATTER = """\
---
titre: "Le phare de Kerlouan"
intervenants:
  - Anne Le Goff
date: "1912"
genre: "récit"
source: "Carnet de bord"
mots_cles: [phare, mer]
licence: Apache-2.0
---
"""
BODY_START = FRONT_MATTER.count("\n") + 1
HEADING = "## La lampe"


def words(count: int, word: str = "vague") -> str:
    """Return one line of `count` words."""
    return " ".join([word] * count)


def text(
    *paragraphs: str, front: str = FRONT_MATTER, heading: str = HEADING, filler: str = "vague"
) -> str:
    """Return a text long enough to pass, with `paragraphs` on the lines after its heading."""
    return "\n".join([front.rstrip("\n"), heading, *paragraphs, words(MIN_WORDS, filler), ""])


def check_one(folder: Path, content: str, name: str = "phare.md") -> list[Problem]:
    """Return the problems of a folder that holds one text."""
    (folder / name).write_text(content, encoding="utf-8", newline="")
    return check(folder)


def check_line(folder: Path, line: str) -> list[Problem]:
    """Return the problems of a text whose first line after the heading is `line`."""
    return check_one(folder, text(line))


def without_field(key: str) -> str:
    """Return the front matter with a field, and a list's items below it, taken out."""
    kept = [line for line in FRONT_MATTER.splitlines() if not line.startswith(f"{key}:")]
    if key == "intervenants":
        kept.remove("  - Anne Le Goff")
    return "\n".join(kept)


def test_a_text_that_keeps_every_rule_has_no_problem(tmp_path: Path) -> None:
    line = (
        f"Anne demande{NBSP}: «{NBSP}Qui garde le phare de l’île{NBSP}?{NBSP}» "
        f"Personne{NBSP}; 80{NBSP}% des lampes dorment{NBSP}!"
    )
    assert check_line(tmp_path, line) == []


def test_our_own_corpus_has_no_problem_and_at_least_fourteen_texts() -> None:
    assert check(OUR_CORPUS) == []
    texts = {path.name for path in OUR_CORPUS.glob("*.md")} - {"README.md"}
    assert len(texts) >= 14


@pytest.mark.parametrize("folder", ["absent", "."])
def test_a_folder_without_texts_is_an_error(tmp_path: Path, folder: str) -> None:
    (tmp_path / "README.md").write_text("Le mode d’emploi.", encoding="utf-8")
    expected = messages.CORPUS_EMPTY.format(folder=tmp_path / folder)
    with pytest.raises(CorpusError) as raised:
        check(tmp_path / folder)
    assert str(raised.value) == expected


def test_the_readme_is_not_a_text(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Tout y est permis: 'rien' à voir!", encoding="utf-8")
    assert check_one(tmp_path, text()) == []


@pytest.mark.parametrize("name", ["Phare.md", "le phare.md", "île.md", "le_phare.md", "-phare.md"])
def test_a_name_that_is_not_a_slug(tmp_path: Path, name: str) -> None:
    problems = check_one(tmp_path, text(), name)
    assert problems == [Problem(name, 1, messages.CORPUS_NAME.format(file=name))]


def test_a_slug_may_hold_digits_and_hyphens(tmp_path: Path) -> None:
    assert check_one(tmp_path, text(), "phare-de-1912.md") == []


def test_a_byte_order_mark(tmp_path: Path) -> None:
    problems = check_one(tmp_path, "\ufeff" + text())
    assert problems == [Problem("phare.md", 1, messages.CORPUS_BOM)]


def test_bytes_that_are_not_utf8_are_found_at_their_line(tmp_path: Path) -> None:
    raw = text("La clarté du phare").encode().replace("clarté".encode(), "clarté".encode("cp1252"))
    (tmp_path / "phare.md").write_bytes(raw)
    assert check(tmp_path) == [Problem("phare.md", BODY_START + 1, messages.CORPUS_ENCODING)]


def test_an_accent_in_two_characters(tmp_path: Path) -> None:
    problems = check_line(tmp_path, "La clarte\u0301 du phare")
    assert problems == [Problem("phare.md", BODY_START + 1, messages.CORPUS_NOT_NFC)]


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    assert check_one(tmp_path, text().replace("\n", "\r\n")) == []


@pytest.mark.parametrize("front", ["", "---\ntitre: sans fin"])
def test_absent_or_unclosed_front_matter(tmp_path: Path, front: str) -> None:
    problems = check_one(tmp_path, text(front=front, heading=HEADING))
    assert Problem("phare.md", 1, messages.CORPUS_NO_FRONT_MATTER) in problems


@pytest.mark.parametrize("value", ["titre: un: deux", "date: 2020-13-45", "titre: [un"])
def test_front_matter_that_yaml_cannot_read(tmp_path: Path, value: str) -> None:
    problems = check_one(tmp_path, text(front=f"---\n{value}\n---\n"))
    start = messages.CORPUS_BAD_FRONT_MATTER.split("{reason}")[0]
    assert [(problem.line, problem.message.startswith(start)) for problem in problems] == [
        (1, True)
    ]


@pytest.mark.parametrize("key", ["titre", "date", "genre", "source", "licence"])
def test_a_missing_text_field(tmp_path: Path, key: str) -> None:
    problems = check_one(tmp_path, text(front=without_field(key)))
    assert problems == [Problem("phare.md", 1, messages.CORPUS_FIELD_TEXT.format(field=key))]


@pytest.mark.parametrize("key", ["intervenants", "mots_cles"])
def test_a_missing_list_field(tmp_path: Path, key: str) -> None:
    problems = check_one(tmp_path, text(front=without_field(key)))
    assert problems == [Problem("phare.md", 1, messages.CORPUS_FIELD_LIST.format(field=key))]


def test_front_matter_that_is_not_a_mapping_lacks_every_field(tmp_path: Path) -> None:
    problems = check_one(tmp_path, text(front="---\n- un\n- deux\n---\n"))
    assert {problem.line for problem in problems} == {1}
    assert [problem.message.split(NBSP)[1] for problem in problems] == [
        "date",
        "genre",
        "intervenants",
        "licence",
        "mots_cles",
        "source",
        "titre",
    ]


@pytest.mark.parametrize("value", ["1912", "1912-05-01", '" "', "[1912]"])
def test_a_text_field_of_another_type_is_found_at_its_line(tmp_path: Path, value: str) -> None:
    problems = check_one(tmp_path, text(front=FRONT_MATTER.replace('"1912"', value)))
    assert problems == [Problem("phare.md", 5, messages.CORPUS_FIELD_TEXT.format(field="date"))]


@pytest.mark.parametrize("value", ["phare", "[]", "[phare, 3]"])
def test_a_list_field_of_another_type_is_found_at_its_line(tmp_path: Path, value: str) -> None:
    problems = check_one(tmp_path, text(front=FRONT_MATTER.replace("[phare, mer]", value)))
    message = messages.CORPUS_FIELD_LIST.format(field="mots_cles")
    assert problems == [Problem("phare.md", 8, message)]


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
