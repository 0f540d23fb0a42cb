"""`parole eval`: run, rescore, compare, report and check, for those who evaluate."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.limits import Limit, breaches, read_limit
from eval.manifest import Dataset, manifest
from eval.measures.language import LinguaIdentifier
from eval.questions import datasets
from eval.questions.check import check as check_golden
from eval.questions.contexts import dataset_index
from eval.questions.frozen import freeze
from eval.questions.golden import TextOf, folder_texts
from eval.questions.squad import load_squad
from eval.records import read_records
from eval.report import Column, Run, comparison, side_by_side, write_report
from eval.run import finish, read_manifest, read_summary
from eval.run import run as ask
from eval.score import ALL, Summarised, french
from eval.systems.opening import SYSTEMS, Workshop
from rag.config import Settings
from rag.environment import Environment
from rag.index.store import Index, open_index, require_encoder
from rag.opening import load_encoder, load_generator, load_reader
from rag.search.reading import Reader
from rag.types import Encoder, Generator
from ui.cli import strings as say
from ui.cli.terminal import estimating, write

SPLIT = "dev"
"""The half of the golden questions that is asked unless another is named."""


@dataclass(frozen=True, slots=True)
class Load:
    """Loads the models of a name."""

    encoder: Callable[[str, Environment], Encoder] = load_encoder
    generator: Callable[[str, Environment], Generator] = load_generator
    reader: Callable[[Encoder, Environment], Reader | None] = load_reader


def run(options: Namespace, environment: Environment, load: Load | None = None) -> int:
    """Do what the subcommand asks for."""
    if options.action == "run":
        return evaluate(options, environment, load or Load())
    return ACTIONS[options.action](options)


def evaluate(options: Namespace, environment: Environment, load: Load) -> int:
    """Ask one system all questions, then write its figures and its report."""
    limits = _limits(options)
    encoder = load.encoder(options.encoder, environment)
    models = {"encoder": f"{encoder.name}@{encoder.fingerprint}"}

    def generator() -> Generator:
        loaded = load.generator(options.model, environment)
        models["generator"] = f"{loaded.name}@{loaded.fingerprint}"
        return loaded

    def reader() -> Reader | None:
        return load.reader(encoder, environment)

    with _asked(options, environment, encoder) as (index, dataset):
        settings = Settings()
        system = SYSTEMS[options.system](Workshop(index, encoder, generator, settings, reader))
        made_of = manifest(system, dataset, index, models, settings)
        with estimating() as bars:
            task = bars.add_task(say.EVAL_ASKING, total=len(dataset.questions))
            ask(
                system, dataset.questions, options.output, made_of,
                lambda done: bars.update(task, completed=done),
            )  # fmt: skip
        return _conclude(limits, options.output, lambda name: index.document(name).text)


@contextmanager
def _asked(
    options: Namespace, environment: Environment, encoder: Encoder
) -> Iterator[tuple[Index, Dataset]]:
    """Open the index that the questions are about, with the questions."""
    if options.dataset is None:
        with open_index(options.index) as index:
            require_encoder(index, encoder)
            path = datasets.GOLDEN / f"{options.split or SPLIT}.jsonl"
            texts: TextOf = lambda name: index.document(name).text  # noqa: E731 - bound to index
            yield index, datasets.golden(path, texts, base_only=options.base)
        return
    read = load_squad(options.dataset)
    with estimating() as bars:
        task = bars.add_task(say.ENCODING, total=None)
        directory = dataset_index(
            read.documents, encoder, Settings(), environment.cache,
            lambda _stage, done, total: bars.update(task, completed=done, total=total),
        )  # fmt: skip
    with open_index(directory) as index:
        asked = datasets.part(options.dataset.stem, read.questions, options.split)
        yield index, datasets.drawn(asked, options.sample, options.seed)


def rescore(options: Namespace) -> int:
    """Compute all figures of a run again, without any model."""
    limits = _limits(options)
    return _conclude(limits, options.folder, _corpus_texts(options.corpus))


def compare(options: Namespace) -> int:
    """Write what the second run changed against the first."""
    write(comparison(_load(options.before), _load(options.after)))
    return 0


def table(options: Namespace) -> int:
    """Write the figures of several runs side by side."""
    write(side_by_side([_column(folder) for folder in options.folders]))
    return 0


def report(options: Namespace) -> int:
    """Write the report of a run again, beside another run if one is given."""
    other = _load(options.against) if options.against else None
    write_report(options.folder, _load(options.folder), other, _corpus_texts(options.corpus))
    write(say.EVAL_REPORT.format(folder=options.folder))
    return 0


def check(options: Namespace) -> int:
    """Check the golden questions, frozen first on demand; the status is 1 if there is a problem."""
    if options.freeze:
        freeze(datasets.GOLDEN)
    found = check_golden(datasets.GOLDEN, folder_texts(options.corpus))
    for line in (*found.problems, *found.warnings):
        write(line)
    write(found.counts.summary())
    write(say.EVAL_BAD.format(count=len(found.problems)) if found.problems else say.EVAL_GOOD)
    return int(bool(found.problems))


def _conclude(limits: Sequence[Limit], folder: Path, text_of: TextOf | None) -> int:
    """Write figures and report of a run; the status is 1 if it misses a limit."""
    records = read_records(folder)
    summary = finish(folder, records, _measures())
    write_report(folder, Run(records, summary, read_manifest(folder)), None, text_of)
    for name, found in summary.items():
        line = say.EVAL_FIGURE.format(
            name=name, value=found.value, low=found.low, high=found.high, n=found.n
        )
        write(line.replace(".", ","))
    write(say.EVAL_REPORT.format(folder=folder))
    broken = list(breaches(limits, summary, records))
    for line in broken:
        write(line, error=True)
    return int(bool(broken))


def _column(folder: Path) -> Column:
    """Return a run as a column of a table."""
    made_of = read_manifest(folder)
    dataset = made_of.get("dataset")
    asked = dataset.get("sha256") if isinstance(dataset, dict) else None
    return Column(str(made_of.get("system")), str(asked), read_summary(folder))


def _load(folder: Path) -> Run:
    """Return a run that has ended."""
    return Run(read_records(folder), read_summary(folder), read_manifest(folder))


def _limits(options: Namespace) -> list[Limit]:
    """Return what the run must reach."""
    measures = _measures()
    return [read_limit(text, measures) for text in options.fail_under]


def _measures() -> tuple[Summarised, ...]:
    """Return every measure."""
    return (*ALL, french(LinguaIdentifier()))


def _corpus_texts(folder: Path) -> TextOf | None:
    """Return the texts that gold quotes are shown in, if their folder is there."""
    return folder_texts(folder) if folder.is_dir() else None


ACTIONS: Mapping[str, Callable[[Namespace], int]] = {
    "rescore": rescore,
    "compare": compare,
    "table": table,
    "report": report,
    "check": check,
}
