"""Prints the evidence for the constants: `python -m eval.calibrate [PIAF.json]`.

Asks the golden questions for development, of their variants the English ones alone, over the
index of `corpus/`; with a file in SQuAD format, its development articles' questions too, each
over all texts and over those that do not answer it. Fits the weights of
rag/search/answerable.py by logistic regression, and shows what the reader adds, what each
threshold would give, what the kind of value that is asked for tells and what a question in
another language loses.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from eval.calibrate.cases import ANSWERABLE, Bench, Tell, Trial
from eval.calibrate.decision import (
    decision_lines,
    foreign_lines,
    part_lines,
    refitted,
    value_lines,
)
from eval.calibrate.ranking import hit_lines, sentence_lines
from rag.environment import DEFAULT_ENCODER, read_environment
from rag.opening import load_encoder, load_reader


def main(files: Sequence[str], directory: Path = Path("index")) -> None:
    """Print it all over an index of the corpus, and over a dataset if there is one."""
    console = Console()
    environment = read_environment(os.environ)
    encoder = load_encoder(DEFAULT_ENCODER, environment)
    reader = load_reader(encoder, environment)
    if reader is None:
        sys.exit(f"no adapter fits {DEFAULT_ENCODER}: train one with `make adapters`")
    with Progress(console=console, transient=True) as bars:
        bench = Bench(encoder, reader, _teller(bars))
        every = bench.golden(directory)
        others = {Path(file).stem: bench.dataset(Path(file), environment) for file in files}
    base = [one for one in every if one.variant == "base"]
    lines = sentence_lines(_answerable(base))
    collections = {"golden": base, **others}
    for name, trials in collections.items():
        lines += hit_lines(name, _answerable(trials))
    lines += [*decision_lines(collections), *part_lines(collections)]
    lines += [refitted(collections).line(), *value_lines(base), *foreign_lines(every)]
    console.out("\n".join(lines), highlight=False)


def _answerable(trials: Sequence[Trial]) -> list[Trial]:
    """Return the trials of questions with an answer in what is searched."""
    return [one for one in trials if one.kind == ANSWERABLE]


def _teller(bars: Progress) -> Tell:
    """Return what moves the bar."""
    task = bars.add_task("questions", total=None)
    return lambda done, total: bars.update(task, completed=done, total=total)


if __name__ == "__main__":
    main(sys.argv[1:])
