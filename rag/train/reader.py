"""Trains the extractive reader: `python -m rag.train.reader PIAF.json --output READER`.

What was encoded and mined, and how far the training has come, is kept in the cache folder:
`--resume` goes on from the last checkpoint. At every checkpoint the adapter itself is written
too. Only train articles are learnt from, dev articles give the table that is printed at the
end, test articles are counted and no more (rag/train/split.py).
"""

import hashlib
import json
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rag import models
from rag.environment import DEFAULT_ENCODER, Environment, read_environment
from rag.errors import ModelError, ParoleError, ReadError
from rag.hardware import best_device, best_dtype
from rag.index.encode import SentenceEncoder
from rag.index.manifest import SCHEMA
from rag.index.store import Index
from rag.search.pairs import LAYOUT, PairTokenizer
from rag.search.reader import FORMAT, SpanReader
from rag.train import strings as say
from rag.train.assess import assess
from rag.train.loop import Budget, Recipe, State, Trainer, Watch, run
from rag.train.lora import Shape, adapted_network, depth, write_adapter
from rag.train.mining import Case, cases, contexts_index, mine, mined
from rag.train.pairs import Lesson, endless, lesson
from rag.train.questions import Questions, load_questions

MINUTES = 60.0
EPOCHS = 6
"""How long to train, and how often to see a question at most: a GPU has time for hundreds."""

_VERSION = 1
"""Raised when the same data would be mined or learnt from in another way."""

Told = Callable[[int, int | None], None]
"""Told how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is trained on what: whatever a checkpoint must agree with."""

    folder: Path
    base: str
    data: str
    recipe: Recipe = field(default_factory=Recipe)
    shape: Shape = field(default_factory=Shape)

    def home(self, cache: Path) -> Path:
        """Return the folder in which all work on these data is kept."""
        return cache / "train" / f"reader-{_digest([_VERSION, SCHEMA, self.base, self.data])}"

    def checkpoint(self, cache: Path) -> Path:
        """Return the file in which the training with these settings is kept."""
        made = [LAYOUT, asdict(self.recipe), asdict(self.shape)]
        return self.home(cache) / f"state-{_digest(made)}.safetensors"

    def facts(self, state: State, device: str) -> Mapping[str, Any]:
        """Return what the adapter's file tells about itself."""
        return {
            "format": FORMAT,
            "layout": LAYOUT,
            "base": self.base,
            "data": self.data,
            "scale": self.shape.scale,
            "layers": min(self.shape.layers, depth(self.folder)),
            "shape": asdict(self.shape),
            "recipe": asdict(self.recipe),
            "steps": state.step,
            "planned": state.total,
            "minutes": round(state.seconds / 60, 1),
            "loss": round(state.loss, 4),
            "device": device,
            "dtype": str(best_dtype(device)).removeprefix("torch."),
            "versions": {name: version(name) for name in ("torch", "transformers", "peft")},
        }


def main(arguments: Sequence[str] | None = None, variables: Mapping[str, str] = os.environ) -> int:
    """Train, write the adapter and print what it is worth; return the exit status."""
    options = _parser().parse_args(arguments)
    console = Console()
    try:
        _run(options, read_environment(variables), console)
    except ParoleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _run(options: Namespace, environment: Environment, console: Console) -> None:
    """Do the whole work."""
    questions = load_questions(options.file)
    _print_split(questions, console)
    if not (questions.of("train") and questions.of("dev")):
        raise ReadError(say.NOTHING_TO_LEARN.format(file=options.file))
    folder = models.resolve(options.encoder, environment.cache, offline=True)
    job = Job(folder, models.fingerprint(folder), questions.sha256)
    home, checkpoint = job.home(environment.cache), job.checkpoint(environment.cache)
    if options.resume and not checkpoint.is_file():
        raise ModelError(say.NOTHING_TO_RESUME.format(folder=home))
    encoder = SentenceEncoder(folder, options.encoder, job.base)
    with _bars(console) as bars, _index(questions, encoder, home, bars) as index:
        learnt = _cases(questions, index, encoder, home, bars)
        state = _learn(job, learnt, options, checkpoint, bars)
        reader = SpanReader(folder, job.base, options.output)
        told = _teller(bars, say.ASSESSING)
        found = assess(questions.of("dev"), index, encoder, reader, told)
    console.out(_written(options.output, state), highlight=False)
    console.print(found)


def _index(questions: Questions, encoder: SentenceEncoder, home: Path, bars: Progress) -> Index:
    """Open the index of all train and dev contexts."""
    told = _teller(bars, say.INDEXING)
    return contexts_index(questions.documents, encoder, home / "index", told)


def _cases(
    questions: Questions, index: Index, encoder: SentenceEncoder, home: Path, bars: Progress
) -> list[Case]:
    """Return the train questions with their hard negatives."""
    asked = questions.of("train")
    told = _teller(bars, say.MINING)
    kept = mined(home / "negatives.json", lambda: mine(asked, index, encoder, told))
    return cases(asked, index, kept)


def _learn(
    job: Job, learnt: Sequence[Case], options: Namespace, checkpoint: Path, bars: Progress
) -> State:
    """Train from the beginning or from the checkpoint, and leave the adapter written."""
    device, recipe = best_device(), job.recipe
    network = adapted_network(job.folder, job.shape, recipe.seed)
    trainer = Trainer(network, recipe, device)
    state = trainer.restore(checkpoint) if options.resume else State(total=options.steps)
    text = PairTokenizer(job.folder, network.body.config.max_position_embeddings)

    def lessons(first: int) -> Iterator[Lesson]:
        pairs = endless(learnt, recipe.seed, recipe.batch, first)
        return (lesson(batch, text, device) for batch in pairs)

    def keep(now: State) -> None:
        trainer.save(checkpoint, now)
        write_adapter(options.output, network, job.facts(now, device))

    most = EPOCHS * 2 * len(learnt) // recipe.batch
    watch = Watch(time.monotonic, _learning(bars), keep)
    return run(trainer, lessons, Budget(options.minutes, most), state, watch)


def _print_split(questions: Questions, console: Console) -> None:
    """Say how the file was parted."""
    for split, counts in sorted(questions.counts.items()):
        line = say.SPLIT_LINE.format(split=split, **asdict(counts))
        told = say.SPLIT_TEST.format(line=line) if split == "test" else line
        console.out(told, highlight=False)


def _written(output: Path, state: State) -> str:
    """Return the line about the file that was written."""
    size = output.stat().st_size / 1024
    minutes = f"{state.seconds / 60:.1f}".replace(".", ",")
    return say.WRITTEN.format(file=output, kilobytes=size, steps=state.step, minutes=minutes)


def _bars(console: Console) -> Progress:
    """Return the display of what goes on."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(TextColumn("{task.description}"), *columns, console=console)


def _teller(bars: Progress, name: str) -> Told:
    """Return what moves a bar of this name, which appears with the first move."""
    task = bars.add_task(name, total=None, visible=False)
    return lambda done, total: bars.update(task, completed=done, total=total, visible=True)


def _learning(bars: Progress) -> Callable[[State], None]:
    """Return what moves the bar of the training and shows the loss: told each state."""
    task = bars.add_task(say.LEARNING, total=None)

    def told(state: State) -> None:
        name = say.LEARNING_LOSS.format(loss=state.loss)
        bars.update(task, completed=state.step, total=state.total, description=name)

    return told


def _digest(made: Sequence[Any]) -> str:
    """Return 32 hexadecimal digits of the sha256 of some values."""
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()[:32]


def _parser() -> ArgumentParser:
    """Return the command's parser."""
    parser = ArgumentParser(prog="python -m rag.train.reader", description=say.HELP)
    parser.add_argument("file", type=Path, help=say.FILE_HELP)
    parser.add_argument("--output", type=Path, required=True, help=say.OUTPUT_HELP)
    parser.add_argument("--encoder", default=DEFAULT_ENCODER, help=say.ENCODER_HELP)
    length = parser.add_mutually_exclusive_group()
    minutes = say.MINUTES_HELP.format(minutes=MINUTES)
    length.add_argument("--minutes", type=float, default=MINUTES, help=minutes)
    length.add_argument("--steps", type=int, help=say.STEPS_HELP)
    parser.add_argument("--resume", action="store_true", help=say.RESUME_HELP)
    return parser


if __name__ == "__main__":
    sys.exit(main())
