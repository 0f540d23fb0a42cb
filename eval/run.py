"""One system asked all questions: a line each as it comes, resumable, whole at the end."""

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from eval import outputs
from eval import strings as say
from eval.hardware import peak_memory
from eval.manifest import MANIFEST, differing
from eval.records import PER_QUESTION, as_line, read_records
from eval.relevance import by_document, relevant
from eval.score import Summarised, summarise
from eval.types import Estimate, Question, Record, System
from rag.errors import EvaluationError

Observe = Callable[[int], None]
"""Told how many questions have been answered."""

SUMMARY = "summary.json"
RUN = "run.trec"
JUNIT = "junit.xml"


def run(
    system: System,
    questions: Sequence[Question],
    folder: Path,
    manifest: Mapping[str, object],
    observe: Observe,
) -> tuple[Record, ...]:
    """Ask a system every question that `folder` has no record of yet, and return all records.

    Each record is on disk before the next question is asked, so that an interruption loses
    one answer at most.

    Raises:
        EvaluationError: the folder holds another run, or another process writes it.
    """
    with _held(folder):
        done = _begin(folder, manifest)
        spans = by_document(system.passages())
        records = {record.question.id: record for record in done}
        observe(len(records))
        with (folder / PER_QUESTION).open("a", encoding="utf-8", newline="\n") as lines:
            for question in questions:
                if question.id in records:
                    continue
                response = system.answer(question)
                record = Record(question, response, relevant(question, spans))
                lines.write(as_line(record))
                lines.flush()
                os.fsync(lines.fileno())
                records[question.id] = record
                observe(len(records))
        _write_manifest(folder, {**manifest, "peak_memory_gib": peak_memory()})
    return tuple(records.values())


def finish(
    folder: Path, records: Sequence[Record], measures: Sequence[Summarised]
) -> dict[str, Estimate]:
    """Write what is computed from the records: summary.json, run.trec and junit.xml."""
    summary = summarise(records, measures)
    name = str(read_manifest(folder).get("system", ""))
    replace(folder / SUMMARY, outputs.summary(summary))
    replace(folder / RUN, outputs.trec(records, name))
    replace(folder / JUNIT, outputs.junit(records, name))
    return summary


def read_manifest(folder: Path) -> dict[str, object]:
    """Return the manifest of a run.

    Raises:
        EvaluationError: it is missing or no JSON object.
    """
    return _read(folder / MANIFEST)


def read_summary(folder: Path) -> dict[str, Estimate]:
    """Return the figures of a run that has ended.

    Raises:
        EvaluationError: they are missing or not as they were written.
    """
    path = folder / SUMMARY
    try:
        return {name: _estimate(**found) for name, found in _read(path).items()}
    except TypeError as error:
        raise EvaluationError(say.RUN_MISSING.format(folder=folder, reason=error)) from error


def _estimate(value: float, low: float | None, high: float | None, n: int) -> Estimate:
    """Return a figure of summary.json; an end of its interval that is null is not known."""
    return Estimate(
        value=value,
        low=math.nan if low is None else low,
        high=math.nan if high is None else high,
        n=n,
    )


def _read(path: Path) -> dict[str, Any]:
    """Return the JSON object of a run's file."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(say.RUN_MISSING.format(folder=path.parent, reason=error)) from error
    if not isinstance(value, dict):
        raise EvaluationError(say.RUN_MISSING.format(folder=path.parent, reason=path.name))
    return value


def replace(path: Path, text: str) -> None:
    """Write a file aside and put it in place in one step."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)


def _held(folder: Path) -> FileLock:
    """Return the lock of a run's folder, held.

    Raises:
        EvaluationError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise EvaluationError(say.RUN_HELD.format(folder=folder)) from error
    return lock


def _write_manifest(folder: Path, manifest: Mapping[str, object]) -> None:
    """Write what a run was made of."""
    replace(folder / MANIFEST, f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n")


def _begin(folder: Path, manifest: Mapping[str, object]) -> tuple[Record, ...]:
    """Write the manifest of a new run, or check that of one to go on with; return its records.

    A line that an interruption cut off is taken out of the file.
    """
    if not (folder / MANIFEST).exists():
        _write_manifest(folder, manifest)
    before = read_manifest(folder)
    other = differing(before, json.loads(json.dumps(manifest)))
    if other:
        raise EvaluationError(say.RUN_OTHER.format(folder=folder, names=", ".join(other)))
    path = folder / PER_QUESTION
    if not path.exists():
        return ()
    done = read_records(folder)
    os.truncate(path, path.read_bytes().rfind(b"\n") + 1)
    return done
