"""Golden questions frozen by their sha256, so that published figures can be traced to them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from eval.questions import strings as say
from eval.questions.fields import Fields, decode
from eval.questions.golden import question_files, read_lines, read_text

FROZEN = "frozen.json"
"""The name of the table: for each file of questions its sha256 and its number of rows."""


def freeze(folder: Path) -> Path:
    """Write the table for the files of a folder as they are, and return its path.

    Raises:
        EvaluationError: there is no file of questions, or one cannot be read.
    """
    table = {
        path.name: {"sha256": _sha256(path), "questions": len(read_lines(path))}
        for path in question_files(folder)
    }
    target = folder / FROZEN
    target.write_text(f"{json.dumps(table, indent=2)}\n", encoding="utf-8", newline="\n")
    return target


def frozen_problems(folder: Path) -> Iterator[str]:
    """Yield the files of questions that are not, to the byte, what was frozen.

    Raises:
        EvaluationError: there is no file of questions, or the table is malformed.
    """
    path = folder / FROZEN
    table = Fields.of(decode(read_text(path), path.name) if path.exists() else {}, path.name)
    files = {file.name: file for file in question_files(folder)}
    for name in sorted(files.keys() - table.values.keys()):
        yield say.FROZEN_NEW.format(file=name)
    for name in sorted(table.values.keys() - files.keys()):
        yield say.FROZEN_GONE.format(file=name)
    for name in sorted(files.keys() & table.values.keys()):
        place = say.FIELD_PLACE.format(place=path.name, field=name)
        frozen = Fields.of(table.values[name], place)
        rows, now = frozen.number("questions"), len(read_lines(files[name]))
        if (frozen.text("sha256"), rows) != (_sha256(files[name]), now):
            yield say.FROZEN_CHANGED.format(file=name, frozen=round(rows), now=now)


def _sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
