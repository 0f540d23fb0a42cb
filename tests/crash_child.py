"""Writes an index over and over, each time killed by the system at one named step.

`python -m tests.crash_child BASE WORK TORN` copies the index folder BASE for each step of
a write into WORK/<number>, forks, and lets the child write and kill itself at that step.
With TORN = "torn" the file just written, not yet synced, is cut in half before the kill,
as a power cut would leave it, and a folder about to be deleted has already lost a file.
One JSON line a step goes to standard output.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from rag.index.store import writer
from tests.index_samples import second, terms


def _write(root: Path, step: Callable[[str], None]) -> None:
    with writer(root) as index_writer:
        index_writer.write(second(), terms, step)


def _steps(base: Path, root: Path) -> list[str]:
    """Return the name of every step of a write that nothing stops."""
    shutil.copytree(base, root)
    names: list[str] = []
    _write(root, names.append)
    return names


def _tear(root: Path, step: str) -> None:
    """Half undo the step: cut the file that is written but not synced, begin the deletion."""
    moment, _, name = step.rpartition(" ")
    if moment == "written":
        paths = [root / name, root / "generations" / "partial" / name]
        (path,) = [path for path in paths if path.exists()]
        os.truncate(path, path.stat().st_size // 2)
    if moment == "before delete":
        (root / "generations" / name / "dense.faiss").unlink()


def _die_at(root: Path, fatal: str, *, torn: bool) -> NoReturn:
    """Write below `root`, but end at the step `fatal` as by a sudden kill."""

    def kill(step: str) -> None:
        if step == fatal:
            if torn:
                _tear(root, step)
            os.kill(os.getpid(), signal.SIGKILL)

    _write(root, kill)
    os._exit(0)


def main(base: Path, work: Path, *, torn: bool) -> None:
    """Kill one write at each of its steps and print what became of each."""
    steps = _steps(base, work / "whole")
    for number, step in enumerate(steps):
        root = work / str(number)
        shutil.copytree(base, root)
        child = os.fork()
        if child == 0:
            _die_at(root, step, torn=torn)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps({"step": step, "root": str(root), "killed": killed}), flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), torn=sys.argv[3] == "torn")
