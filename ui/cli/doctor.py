"""`parole doctor`: what is in place on this machine, and the remedy for what is not."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from rag import models
from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment
from rag.errors import ModelError, StoreError
from rag.hardware import best_device, generator_format
from rag.index.store import open_index
from ui.cli import strings as say
from ui.cli.terminal import write

PACKAGES = (
    "torch",
    "transformers",
    "sentence-transformers",
    "faiss-cpu",
    "bm25s",
    "langchain-text-splitters",
    "gradio",
)
OLDEST_PYTHON = (3, 11)

MEMORY_NEEDED = 7.0
"""Go of memory that the default generator and encoder take in float32, the largest format."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its state, and the remedy if it is not in order."""

    name: str
    state: str
    remedy: str = ""


def run(options: Namespace, environment: Environment) -> int:
    """Write every finding; the status is 1 if one of them needs a remedy."""
    ill = False
    for finding in examine(options.index, environment):
        mark = say.BAD if finding.remedy else say.OK
        write(say.DOCTOR_LINE.format(mark=mark, name=finding.name, state=finding.state))
        if finding.remedy:
            write(say.DOCTOR_REMEDY.format(remedy=finding.remedy))
            ill = True
    return int(ill)


def examine(index: Path, environment: Environment) -> Iterator[Finding]:
    """Yield what is found, the machine first, then the models, then the index."""
    yield _python()
    yield from (_package(name) for name in PACKAGES)
    yield _processor()
    yield _memory()
    yield _network(environment)
    for name in (DEFAULT_ENCODER, DEFAULT_GENERATOR):
        yield _model(name, environment)
    yield _index(index)


def _python() -> Finding:
    """Look at the version of Python."""
    good = sys.version_info >= OLDEST_PYTHON
    state = ".".join(map(str, sys.version_info[:3]))
    return Finding(say.DOCTOR_PYTHON, state, "" if good else say.DOCTOR_PYTHON_REMEDY)


def _package(name: str) -> Finding:
    """Look for an installed package."""
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, say.DOCTOR_PACKAGE_ABSENT, say.DOCTOR_PACKAGE_REMEDY)


def _processor() -> Finding:
    """Look at what computes: nothing here needs a remedy, a slow machine is still right."""
    device = best_device()
    if device == "cuda":
        return Finding(say.DOCTOR_CPU, say.DOCTOR_GPU)
    state = say.DOCTOR_FORMATS[generator_format(device)]
    return Finding(say.DOCTOR_CPU, state.format(cores=os.cpu_count()))


def _memory() -> Finding:
    """Look at the free memory, in Go."""
    memory = psutil.virtual_memory()
    total, free = memory.total / 1e9, memory.available / 1e9
    state = say.DOCTOR_MEMORY_STATE.format(free=free, total=total).replace(".", ",")
    remedy = "" if total >= MEMORY_NEEDED else say.DOCTOR_MEMORY_REMEDY
    return Finding(say.DOCTOR_MEMORY, state, remedy)


def _network(environment: Environment) -> Finding:
    """Tell whether models may be fetched."""
    allowed = say.DOCTOR_OFFLINE_ON if environment.offline else say.DOCTOR_OFFLINE_OFF
    return Finding(say.DOCTOR_OFFLINE, allowed)


def _model(name: str, environment: Environment) -> Finding:
    """Read every byte of a model and compare it with its record."""
    title = say.DOCTOR_MODEL.format(name=name)
    remedy = say.DOCTOR_MODEL_REMEDY.format(name=name)
    spec = models.load_manifest().find(name)
    if spec is None or not models.is_provided(spec, environment.cache):
        return Finding(title, say.DOCTOR_PACKAGE_ABSENT, remedy)
    folder = models.model_folder(spec, environment.cache)
    try:
        models.verify(folder)
    except ModelError as error:
        return Finding(title, str(error), remedy)
    return Finding(title, str(folder))


def _index(directory: Path) -> Finding:
    """Open the index, which verifies it."""
    title = say.DOCTOR_INDEX.format(directory=directory)
    remedy = say.DOCTOR_INDEX_REMEDY.format(directory=directory)
    try:
        opened = open_index(directory)
    except StoreError as error:
        return Finding(title, str(error), remedy)
    with opened:
        made = opened.manifest
        state = say.DOCTOR_INDEX_STATE.format(
            documents=made.documents, passages=made.passages, encoder=made.encoder.name
        )
        return Finding(title, opened.warning or state, remedy if opened.warning else "")
