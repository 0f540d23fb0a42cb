"""`parole models`: which models are known, here, and where; provide those that are not."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress as Bars
from rich.progress import TaskID

from rag import models
from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment
from rag.errors import ModelMissingError
from ui.cli import strings as say
from ui.cli.terminal import downloading, write

NEEDED = (DEFAULT_ENCODER, DEFAULT_GENERATOR)


def run(options: Namespace, environment: Environment) -> int:
    """List models, provide them, or write their folders."""
    if options.action == "list":
        return show(environment)
    chosen = options.names or NEEDED
    if options.action == "path":
        return paths(chosen, environment)
    return pull(chosen, options.file, environment)


def show(environment: Environment) -> int:
    """Write one line a model of the manifest."""
    for spec in models.load_manifest().models:
        here = models.is_provided(spec, environment.cache)
        write(
            say.MODEL_LISTED.format(
                name=spec.name,
                title=spec.title,
                size=models.gigabytes(_size(spec, environment)),
                licence=spec.licence,
                state=say.MODEL_HERE if here else say.MODEL_ABSENT.format(name=spec.name),
            )
        )
    return 0


def _size(spec: models.ModelSpec, environment: Environment) -> int:
    """Return the bytes of a model that is here, or the most that it would take."""
    if not models.is_provided(spec, environment.cache):
        return spec.conversion.bytes
    folder = models.model_folder(spec, environment.cache)
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def paths(names: Sequence[str], environment: Environment) -> int:
    """Write the folder of each model; a model that is not here is an error."""
    for name in names:
        spec = models.load_manifest().find(name)
        if spec is not None and not models.is_provided(spec, environment.cache):
            raise ModelMissingError(say.MODEL_NOT_HERE.format(name=name))
        write(str(models.resolve(name, environment.cache, offline=True)))
    return 0


def pull(names: Sequence[str], files: Sequence[Path], environment: Environment) -> int:
    """Provide each model, telling first what disk space that takes."""
    manifest = models.load_manifest()
    for name in names:
        spec = manifest.find(name)
        if spec is None:
            with downloading() as bars:
                report = _Reporter(bars)
                folder = models.resolve(
                    name, environment.cache, offline=environment.offline, report=report
                )
        elif models.is_provided(spec, environment.cache):
            folder = models.model_folder(spec, environment.cache)
        else:
            folder = _provide(spec, files, environment)
        write(say.MODEL_READY.format(name=name, folder=folder))
    return 0


def _provide(spec: models.ModelSpec, files: Sequence[Path], environment: Environment) -> Path:
    """Provide one model of the manifest under a progress bar."""
    write(
        say.MODEL_NEEDS.format(
            name=spec.name,
            needed=models.gigabytes(models.needed_bytes(spec)),
            size=models.gigabytes(spec.conversion.bytes),
        )
    )
    with downloading() as bars:
        return models.provide(
            spec,
            environment.cache,
            offline=environment.offline,
            files=files,
            report=_Reporter(bars),
        )


class _Reporter:
    """Shows each stage of one model as a line, with a bar where bytes are counted."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[tuple[str, str], TaskID] = {}

    def __call__(self, step: models.Progress) -> None:
        """Show a step."""
        key = (step.stage, step.item)
        if key not in self._tasks:
            text = say.MODEL_STAGES[step.stage].format(model=step.model, item=step.item)
            self._tasks[key] = self._bars.add_task(text, total=step.total or None)
        self._bars.update(self._tasks[key], completed=step.done)
