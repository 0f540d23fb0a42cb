"""Runs the command line in a process whose every connection is refused."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_BLOCKED = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        raise SystemExit(f"the network was asked for: {event} {arguments}")

sys.addaudithook(refuse)
from ui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def run_offline(arguments: Sequence[str], cache: Path) -> str:
    """Return what `parole` writes; AssertionError if it failed or asked for the network."""
    done = subprocess.run(
        [sys.executable, "-c", _BLOCKED, *arguments],
        env={**os.environ, "PAROLE_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
