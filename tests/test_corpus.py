"""Every rule of the corpus folder fires on a text that breaks it, and only then."""

from pathlib import Path

import pytest

from rag import messages
from rag.corpus import MAX_QUESTION, MIN_QUESTION, MIN_WORDS, Problem, check
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
QUESTION = f"Qui garde le phare de Kerlouan{NBSP}?"
HEADING = "## La lampe"


def asking(*questions: str) -> str:
    """Return the front matter with these questions, the first of them on line 11."""
    listed = "".join(f'  - "{question}"\n' for question in questions)
    return FRONT_MATTER.replace("Apache-2.0\n", f"Apache-2.0\nquestions:\n{listed}")


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


def test_every_text_of_our_own_has_two_questions() -> None:
    texts = [path for path in sorted(OUR_CORPUS.glob("*.md")) if path.name != "README.md"]
    found = {path.name: path.read_text(encoding="utf-8").split("\nquestions:\n") for path in texts}
    counts = {name: parts[-1].split("\n---\n")[0].count("  - ") for name, parts in found.items()}
    assert counts == dict.fromkeys(found, 2)


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


def test_questions_that_keep_every_rule(tmp_path: Path) -> None:
    assert check_one(tmp_path, text(front=asking(QUESTION, f"Où est la lampe{NBSP}?"))) == []


@pytest.mark.parametrize("letters", [MIN_QUESTION - 2, MAX_QUESTION - 2])
def test_a_question_of_the_least_or_most_characters(tmp_path: Path, letters: int) -> None:
    assert check_one(tmp_path, text(front=asking(f"{'É' * letters}{NBSP}?"))) == []


def test_a_question_may_hold_what_yaml_minds(tmp_path: Path) -> None:
    question = f"Que dit Anne{NBSP}: «{NBSP}Veillez{NBSP}», ou «{NBSP}Dormez{NBSP}»{NBSP}?"
    assert check_one(tmp_path, text(front=asking(question))) == []


@pytest.mark.parametrize("value", ["Qui garde le phare ?", "[]", f"['{QUESTION}', 3, ' ']"])
def test_questions_that_are_no_list_of_texts(tmp_path: Path, value: str) -> None:
    front = FRONT_MATTER.replace("Apache-2.0\n", f"Apache-2.0\nquestions: {value}\n")
    message = messages.CORPUS_FIELD_LIST.format(field="questions")
    assert check_one(tmp_path, text(front=front)) == [Problem("phare.md", 10, message)]


@pytest.mark.parametrize(
    "question",
    [
        "Le gardien du phare de Kerlouan",
        f"Qui garde le phare{NBSP}? Et depuis quand{NBSP}?",
        f"Qui garde le phare{NBSP}? ",
        f"Qui garde le phare{NBSP}?!",
    ],
)
def test_a_question_that_does_not_end_as_one(tmp_path: Path, question: str) -> None:
    problems = check_one(tmp_path, text(front=asking(QUESTION, question)))
    message = messages.CORPUS_QUESTION_END.format(question=question)
    assert problems == [Problem("phare.md", 12, message)]


@pytest.mark.parametrize("letters", [MIN_QUESTION - 3, MAX_QUESTION - 1])
def test_a_question_too_short_or_too_long(tmp_path: Path, letters: int) -> None:
    question = f"{'É' * letters}{NBSP}?"
    message = messages.CORPUS_QUESTION_LENGTH.format(
        question=question, length=letters + 2, least=MIN_QUESTION, most=MAX_QUESTION
    )
    problems = check_one(tmp_path, text(front=asking(question)))
    assert problems == [Problem("phare.md", 11, message)]


@pytest.mark.parametrize(
    ("question", "template"),
    [
        ("Qui garde le phare de Kerlouan ?", messages.CORPUS_UNSPACED_MARK),
        (f"Qui garde aujourd'hui le phare{NBSP}?", messages.CORPUS_STRAIGHT),
        (f"Qui garde le « phare »{NBSP}?", messages.CORPUS_UNSPACED_QUOTE),
    ],
)
def test_a_question_follows_the_typography_of_the_body(
    tmp_path: Path, question: str, template: str
) -> None:
    problems = check_one(tmp_path, text(front=asking(question)))
    start = template.partition("{excerpt}")[0]
    assert [(problem.line, problem.message.startswith(start)) for problem in problems] == [
        (11, True)
    ]


def test_a_question_asked_twice_of_one_text(tmp_path: Path) -> None:
    problems = check_one(tmp_path, text(front=asking(QUESTION, QUESTION)))
    message = messages.CORPUS_REPEATED.format(earlier="phare.md:11")
    assert problems == [Problem("phare.md", 12, message)]


def test_a_question_asked_of_two_texts_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "bac.md").write_text(text(front=asking(QUESTION)), encoding="utf-8")
    front = FRONT_MATTER.replace("Apache-2.0\n", f"Apache-2.0\nquestions: ['{QUESTION}']\n")
    problems = check_one(tmp_path, text(front=front, heading="## Le bac", filler="flot"))
    message = messages.CORPUS_REPEATED.format(earlier="bac.md:11")
    assert problems == [Problem("phare.md", 10, message)]
