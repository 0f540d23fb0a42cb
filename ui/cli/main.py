"""The edge: read the environment, choose the command, turn failures into sentences."""

import logging
import os
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from rag.environment import Environment, read_environment
from rag.errors import ParoleError
from ui.cli import strings as say
from ui.cli.parser import build_parser

FAILURE = 1
INTERRUPTED = 130
"""Exit statuses: a failure that was told, and the shell's own for Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = build_parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    os.environ.update(_QUIET)
    environment = read_environment(os.environ)
    return guarded(lambda: run(options, environment))


_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}
"""Told to the libraries before they are imported: no telemetry, no bars of their own."""


def run(options: Namespace, environment: Environment) -> int:
    """Import the command's own module alone and run it; nothing heavy before it is needed."""
    try:
        module = import_module(f"ui.cli.{options.command}")
    except ModuleNotFoundError as error:  # the packages of `parole eval` are an extra
        raise ParoleError(say.MODULE_MISSING.format(name=error.name)) from error
    return int(module.run(options, environment))


def guarded(work: Callable[[], int]) -> int:
    """Do the work and return its status; what goes wrong is told in French, never raised."""
    try:
        return work()
    except KeyboardInterrupt:
        _tell(say.INTERRUPTED)
        return INTERRUPTED
    except ParoleError as error:
        _tell(str(error))
    except Exception as error:  # noqa: BLE001 - the edge: logged whole, told in one sentence
        _tell(traceback.format_exc())
        _tell(say.UNEXPECTED.format(error=error))
    return FAILURE


def _tell(text: str) -> None:
    """Write one text to the error stream."""
    # Here, because rich takes half the time of `parole --help`, which writes without it.
    from ui.cli.terminal import write  # noqa: PLC0415

    write(text, error=True)
