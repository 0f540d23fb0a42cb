"""`parole index`: documents in, documents out, and how a file is read."""

import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from rich.progress import TaskID

from rag import readers
from rag.config import Settings
from rag.environment import Environment
from rag.errors import ParoleError, ReadError
from rag.index import chunk, ingest
from rag.index.sources import require
from rag.index.store import open_index
from rag.opening import load_encoder
from rag.types import Encoder
from ui.cli import strings as say
from ui.cli.terminal import counting, write

STAGES = {"read": say.READING, "encode": say.ENCODING}


Load = Callable[[str, Environment], Encoder]
"""Loads the encoder of a name."""


def run(options: Namespace, environment: Environment, load: Load = load_encoder) -> int:
    """Do what the options ask for: explain, list, remove or index."""
    if options.explain:
        return explain(options.explain)
    if options.list:
        return show(options.index)
    if options.remove:
        return remove(options.index, options.remove)
    if not options.sources:
        raise ParoleError(say.INDEX_NOTHING)
    require(options.sources)  # before the encoder is loaded, which takes seconds
    return index(options, load(options.encoder, environment))


def index(options: Namespace, encoder: Encoder) -> int:
    """Index the sources and tell what was done; the status is 1 if no file could be taken."""
    start = time.perf_counter()
    with counting() as bars:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES[stage], total=total)
            bars.update(tasks[stage], completed=done)

        report = ingest.index(
            options.sources, options.index, encoder, Settings(), progress, prune=options.prune
        )
    tell(report, options.index, time.perf_counter() - start)
    return int(bool(report.problems) and not report.taken)


def tell(report: ingest.Report, directory: Path, seconds: float) -> None:
    """Write what indexing did."""
    counts = {
        name: len(getattr(report, name)) for name in ("added", "changed", "unchanged", "removed")
    }
    write(say.INDEX_CHANGES.format(**counts))
    if report.problems:
        write(say.INDEX_PROBLEMS)
    for problem in report.problems:
        write(say.INDEX_PROBLEM.format(path=problem.path, reason=problem.reason))
    write(
        say.INDEX_DONE.format(
            documents=report.documents,
            passages=report.passages,
            directory=directory,
            seconds=seconds,
        )
    )


def show(directory: Path) -> int:
    """Write the documents of the index."""
    with open_index(directory) as opened:
        for summary in opened.documents():
            write(
                say.INDEX_LISTED.format(
                    id=summary.id, passages=summary.passages, title=summary.title
                )
            )
    return 0


def remove(directory: Path, document_ids: list[str]) -> int:
    """Take documents out of the index; all of them or none."""
    try:
        ingest.remove(document_ids, directory)
    except KeyError as error:
        raise ParoleError(say.INDEX_UNKNOWN.format(id=error.args[0])) from error
    write(say.INDEX_REMOVED.format(ids=", ".join(document_ids)))
    return 0


def explain(path: Path) -> int:
    """Write how one file is read: what is dropped and why, and the passages that are kept."""
    try:
        reading = readers.read(path, path.name)
    except ReadError as error:
        raise ParoleError(say.EXPLAIN_PROBLEM.format(path=path, reason=error)) from error
    passages = chunk.chunk(reading.document, Settings().chunk)
    document = reading.document
    write(
        say.EXPLAIN_DOCUMENT.format(
            title=document.title,
            characters=len(document.text),
            sections=len(document.sections),
            passages=len(passages),
        )
    )
    write(say.EXPLAIN_DROPPED.format(count=len(reading.dropped)))
    for dropped in reading.dropped:
        write(say.EXPLAIN_LINE.format(line=dropped.line, rule=dropped.rule, text=dropped.text))
    for number, passage in enumerate(passages, start=1):
        words = chunk.count_words(passage.text)
        section = passage.section or passage.title
        write("")
        write(say.EXPLAIN_PASSAGE.format(number=number, words=words, section=section))
        write(passage.text)
    return 0
