"""Part `index`: files to an index, all of them and then with some changed."""

import math
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.types import Measure, Stand
from rag.config import Settings
from rag.index import ingest
from rag.index.sources import discover
from rag.types import Encoder

CHANGED = 0.01
"""The share of the documents that change before the second run; one at least."""

ADDED = "\n\nPhrase ajoutée, numéro {number}, qui change ce texte.\n"


def bench_index(sources: Path, encoder: Encoder, stand: Stand) -> None:
    """Index a folder from nothing, then again with some of its texts changed, round by round.

    Reading, cutting, encoding, writing and verifying are counted, loading the encoder is not.
    One text is encoded before, unmeasured. Each round changes other texts, by a sentence at
    their end: its passage is encoded again, the others keep their vectors.
    """
    encoder.encode_passages([ADDED])
    for number in range(1, stand.rounds + 1):
        with TemporaryDirectory() as made:
            _round(sources, Path(made), number, encoder, stand)
        stand.progress("index", number, stand.rounds)


def _round(sources: Path, made: Path, number: int, encoder: Encoder, stand: Stand) -> None:
    """Index a copy of the sources whole, then changed."""
    copy = made / sources.name
    shutil.copytree(sources, copy)

    def index() -> tuple[float, int]:
        start = stand.clock()
        report = ingest.index([copy], made / "index", encoder, Settings(), lambda *_: None)
        return stand.clock() - start, report.documents

    whole, documents = index()
    change(copy, number)
    again, _ = index()
    stand.note(Measure("index", "whole", "total"), whole)
    stand.note(Measure("index", "whole", "document_rate"), documents / whole)
    stand.note(Measure("index", "changed", "total"), again)
    stand.note(Measure("index", "changed", "ratio_changed"), again / whole)


def change(folder: Path, number: int) -> list[Path]:
    """Add a sentence to a share of the Markdown texts of a folder, others each time."""
    found = [item.path for item in discover([folder])[0] if item.path.suffix == ".md"]
    size = math.ceil(CHANGED * len(found))
    chosen = [found[(number * size + place) % len(found)] for place in range(size)]
    for path in chosen:
        with path.open("a", encoding="utf-8") as file:
            file.write(ADDED.format(number=number))
    return chosen
