"""The page as `parole chat` serves it with the real models, in a process of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ANSWER_MS = 240_000
"""Generous: an answer on a loaded machine; its speed is another measurement."""

LOADING_MS = 240_000
"""The first start makes the generator's 8-bit weights."""

COMMAND = (sys.executable, "-c", "from ui.cli.main import main; main()", "chat", "--port", "0")


@contextmanager
def real_page(index: Path) -> Iterator[str]:
    """Serve `index` on a free port and give the address that the command prints."""
    running = subprocess.Popen([*COMMAND, "--index", str(index)], stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        told = running.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        yield found.group()
    finally:
        running.terminate()
        running.wait(timeout=60)
