"""Golden questions: one JSON object a line, each answer pinned to a verbatim quote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from eval.questions import strings as say
from eval.questions.fields import Fields, decode
from eval.types import Expected, Gold, Numeric, Question, Split
from rag import readers
from rag.errors import EvaluationError
from rag.index.sources import discover
from rag.types import Turn

TextOf = Callable[[str], str]
"""Gives the text of a document by its id, or raises KeyError; offsets are those of this text."""

BASE = "base"
VARIANTS = (BASE, "no_accents", "typos", "telegraphic", "paraphrase", "english")
SPLITS: tuple[Split, ...] = get_args(Split)
EXPECTED: tuple[Expected, ...] = get_args(Expected)
EVIDENCE: tuple[Literal["all", "any"], ...] = ("all", "any")
LANGUAGES = ("fr", "en")
DIFFICULTIES = ("easy", "medium", "hard")
REASONS = ("", "near_miss", "off_subject")
CORPUS_TYPES = (
    "simple",
    "list",
    "comparison",
    "multi_document",
    "quantity",
    "date",
    "who_said",
    "definition",
    "why",
    "yes_no",
    "opinion",
    "follow_up",
    "false_premise",
    "near_miss",
    "off_subject",
    "injection_question",
)
TYPES = (*CORPUS_TYPES, "injection_document")
"""An injection in a document takes a poisoned text, which stands outside the corpus."""
FIELDS = (
    "id",
    "base_id",
    "variant",
    "split",
    "lang",
    "question",
    "history",
    "type",
    "tags",
    "difficulty",
    "answerable",
    "unanswerable_reason",
    "answers",
    "required",
    "forbidden",
    "numeric",
    "gold",
    "evidence",
    "expected",
    "written_by",
    "reviewed",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file of questions."""

    file: str
    number: int
    text: str

    def fields(self) -> Fields:
        """Return the line's fields, whose place names the question as soon as it has an id.

        Raises:
            EvaluationError: it is no JSON object.
        """
        place = say.LINE_PLACE.format(file=self.file, line=self.number)
        values = Fields.of(decode(self.text, place), place).values
        if not isinstance(values.get("id"), str):
            return Fields(place, values)
        named = say.QUESTION_PLACE.format(file=self.file, line=self.number, id=values["id"])
        return Fields(named, values)


def load_golden(path: Path, text_of: TextOf) -> tuple[Question, ...]:
    """Return the questions of a JSONL file in their order.

    Raises:
        EvaluationError: the file cannot be read, a line is no JSON, a field is missing, unknown
            or of the wrong kind, or a quote does not stand exactly once in its document.
    """
    return tuple(read_question(line, text_of) for line in read_lines(path))


def question_files(folder: Path) -> list[Path]:
    """Return the files of questions of a folder (`*.jsonl`) in the order of their names.

    Raises:
        EvaluationError: there is none.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise EvaluationError(say.NO_QUESTIONS.format(folder=folder))
    return files


def read_lines(path: Path) -> list[Line]:
    r"""Return the lines of a file, divided at \n alone: a text may hold U+2028.

    Raises:
        EvaluationError: the file cannot be read, or is not UTF-8.
    """
    text = read_text(path).removesuffix("\n")
    lines = text.split("\n") if text else []
    return [Line(path.name, number, line) for number, line in enumerate(lines, start=1)]


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file as it is, its line ends untouched.

    Raises:
        EvaluationError: the file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode()
    except OSError as error:
        reason = say.FILE_UNREADABLE.format(file=path, reason=error.strerror)
        raise EvaluationError(reason) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(say.FILE_NOT_UTF8.format(file=path)) from error


def folder_texts(folder: Path) -> TextOf:
    """Return the texts of a folder as an index of it would hold them, without any model.

    Raises:
        SourceError: there is no such folder.
        ReadError: a text of it cannot be read.
    """
    found, _ = discover([folder])
    texts = {item.id: readers.read(item.path, item.id).document.text for item in found}
    return texts.__getitem__


def read_question(line: Line, text_of: TextOf) -> Question:
    """Return the question of one line; see `load_golden` for what is refused."""
    row = line.fields()
    row.require(FIELDS)
    return Question(
        id=row.filled("id"),
        base_id=row.filled("base_id"),
        variant=row.choice("variant", VARIANTS),
        split=row.choice("split", SPLITS),
        lang=row.choice("lang", LANGUAGES),
        text=row.filled("question"),
        history=_history(row.objects("history")),
        type=row.choice("type", TYPES),
        tags=row.texts("tags"),
        difficulty=row.choice("difficulty", DIFFICULTIES),
        answerable=row.flag("answerable"),
        unanswerable_reason=row.choice("unanswerable_reason", REASONS),
        answers=row.texts("answers"),
        required=row.alternatives("required"),
        forbidden=row.texts("forbidden"),
        numeric=_numeric(row),
        gold=tuple(_gold(item, text_of) for item in row.objects("gold")),
        evidence=row.choice("evidence", EVIDENCE),
        expected=row.choice("expected", EXPECTED),
        written_by=row.filled("written_by"),
        reviewed=row.text("reviewed"),
    )


def _history(turns: Sequence[Fields]) -> tuple[Turn, ...]:
    """Return the turns before a question."""
    for turn in turns:
        turn.require(("question", "answer"))
    return tuple(Turn(turn.filled("question"), turn.filled("answer")) for turn in turns)


def _numeric(row: Fields) -> Numeric | None:
    """Return the figure that is asked for, if one is."""
    if row.values["numeric"] is None:
        return None
    place = say.FIELD_PLACE.format(place=row.place, field="numeric")
    figure = Fields.of(row.values["numeric"], place)
    figure.require(("value", "unit", "tolerance"))
    return Numeric(figure.number("value"), figure.text("unit"), figure.number("tolerance"))


def _gold(item: Fields, text_of: TextOf) -> Gold:
    """Return a quote with its place in its document, in which it must stand exactly once."""
    item.require(("document", "quote"))
    document, quote = item.filled("document"), item.filled("quote")
    try:
        text = text_of(document)
    except KeyError as error:
        reason = say.QUOTE_DOCUMENT.format(document=document)
        raise item.wrong("document", reason) from error
    start = text.find(quote)
    if start < 0:
        raise item.wrong("quote", say.QUOTE_ABSENT.format(quote=quote, document=document))
    if text.find(quote, start + 1) >= 0:
        raise item.wrong("quote", say.QUOTE_TWICE.format(quote=quote, document=document))
    return Gold(document, quote, start, start + len(quote))
