"""Reads a file first in a process of its own, which may take so long and so much memory.

What a reader sends may be made to take minutes and gigabytes: 20 MB of empty lines do, and
archives that unfold. A page that many share must outlive that, and be able to stop it.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rag import readers
from rag.errors import ReadError
from ui import strings
from ui.uploads.files import StoppedError

if sys.platform == "linux":
    import resource

POLL_SECONDS = 0.1
"""How often a reading that goes on is looked after: far under a second."""

Measure = Callable[[Path, Callable[[], bool]], int]
"""Returns how many characters a file's text has, given its path and whether to stop; raises
ReadError if it cannot be read, StoppedError if nobody waits any more."""


def measure(path: Path, stopping: Callable[[], bool], *, seconds: float, memory: int) -> int:
    """Return how many characters the text of a file has.

    Args:
        path: the file; its ending is its format.
        stopping: whether nobody waits for it any more.
        seconds: how long its reading may take.
        memory: bytes that its reading may take; where the system is not Linux, any number.

    Raises:
        ReadError: it cannot be read, or takes more than it may.
        StoppedError: `stopping` has returned True.
    """
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", __name__, str(path), str(memory)]
    end = time.monotonic() + seconds
    # Safe: no shell, and the arguments are ours.
    with subprocess.Popen(  # noqa: S603
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as child:
        try:
            told = _told(child, stopping, end)
        finally:
            child.kill()
    if child.returncode != 0:  # it took too long, or too much memory
        raise ReadError(strings.UPLOAD_TOO_HEAVY)
    reply = json.loads(told)
    if "reason" in reply:
        raise ReadError(reply["reason"])
    return int(reply["characters"])


def _told(child: subprocess.Popen[str], stopping: Callable[[], bool], end: float) -> str:
    """Return what a process tells before `end`; nothing if it takes longer."""
    while time.monotonic() < end:
        if stopping():
            raise StoppedError
        try:
            return child.communicate(timeout=POLL_SECONDS)[0]
        except subprocess.TimeoutExpired:
            continue
    return ""


def _bound(memory: int) -> None:
    """Let this process take so many bytes more than it has; Linux alone keeps count."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Read the file that is named first, and tell how long its text is or why it has none."""
    path, memory = Path(sys.argv[1]), int(sys.argv[2])
    _bound(memory)
    try:
        told: dict[str, object] = {"characters": len(readers.read(path, path.name).document.text)}
    except ReadError as error:
        told = {"reason": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
