"""Records as lines of JSON, and back: a run is read again without any model."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from eval import strings as say
from eval.types import Cited, Gold, Numeric, Question, Ranked, Record, Response, Said, Span
from rag.errors import EvaluationError
from rag.types import Turn

Item = TypeVar("Item")

PER_QUESTION = "per_question.jsonl"


def as_line(record: Record) -> str:
    r"""Return a record as one line of JSON that ends with \n."""
    return f"{json.dumps(asdict(record), ensure_ascii=False)}\n"


def read_records(folder: Path) -> tuple[Record, ...]:
    r"""Return the records of a run; a last line that was cut off (without \n) is left out.

    Raises:
        EvaluationError: the file is missing or a line of it is no record.
    """
    path = folder / PER_QUESTION
    try:
        *lines, _rest = path.read_bytes().decode().split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(say.RUN_MISSING.format(folder=folder, reason=error)) from error
    return tuple(_record(line, path, number) for number, line in enumerate(lines, 1))


def _record(line: str, path: Path, number: int) -> Record:
    """Return the record of one line."""
    try:
        row = json.loads(line)
        return Record(
            question=_question(row["question"]),
            response=_response(row["response"]),
            relevant=tuple(row["relevant"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        place = say.RECORD_BROKEN.format(path=path, line=number, reason=error)
        raise EvaluationError(place) from error


def _question(row: dict[str, Any]) -> Question:
    """Return a question from its JSON values."""
    return Question(
        **_plain(row, "history", "tags", "answers", "required", "forbidden", "numeric", "gold"),
        history=_each(row["history"], lambda turn: Turn(**turn)),
        tags=tuple(row["tags"]),
        answers=tuple(row["answers"]),
        required=_each(row["required"], tuple),
        forbidden=tuple(row["forbidden"]),
        numeric=Numeric(**row["numeric"]) if row["numeric"] else None,
        gold=_each(row["gold"], lambda gold: Gold(**gold)),
    )


def _response(row: dict[str, Any]) -> Response:
    """Return a response from its JSON values."""
    return Response(
        **_plain(row, "sentences", "hits"),
        sentences=_each(row["sentences"], _said),
        hits=_each(row["hits"], lambda hit: Ranked(Span(**hit["span"]), hit["score"])),
    )


def _said(row: dict[str, Any]) -> Said:
    """Return a sentence from its JSON values."""
    return Said(row["text"], row["marked"], _each(row["citations"], lambda c: Cited(**c)))


def _plain(row: dict[str, Any], *apart: str) -> dict[str, Any]:
    """Return the fields whose JSON values are what the dataclass holds."""
    return {name: value for name, value in row.items() if name not in apart}


def _each(rows: Sequence[Any], make: Callable[[Any], Item]) -> tuple[Item, ...]:
    """Return what is made of each row."""
    return tuple(make(row) for row in rows)
