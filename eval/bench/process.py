"""What a command takes as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.bench import launch
from eval.bench import strings as say
from rag.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds from the start of a process to its end, and the most bytes that it held."""

    seconds: float
    peak: int


Launch = Callable[[Sequence[str]], Taken]
"""Runs a command to its end."""


def launched(command: Sequence[str]) -> Taken:
    """Run a command to its end; what it writes is not shown, but for its errors.

    Raises:
        EvaluationError: it failed.
    """
    watched = [sys.executable, "-m", launch.__name__, *command]
    done = subprocess.run(  # noqa: S603 - our own command, without a shell
        watched, capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout) if done.returncode == 0 else {"status": done.returncode}
    if told["status"]:
        reason = done.stderr.strip().rpartition("\n")[2]
        raise EvaluationError(say.COMMAND_FAILED.format(command=" ".join(command), reason=reason))
    return Taken(told["seconds"], told["peak"])
