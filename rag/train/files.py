"""Files that are replaced in one step: whatever happens, there is the old one or the new one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from rag.errors import ModelError
from rag.train import strings as say


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` write a file aside, bring it to the disk and put it at `path`.

    Raises:
        ModelError: it cannot be written; what stood at `path` is still there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            aside = Path(folder) / path.name
            write(aside)
            with aside.open("r+b") as stream:
                os.fsync(stream.fileno())
            aside.replace(path)
    except OSError as error:
        raise ModelError(say.NOT_WRITTEN.format(file=path, error=error)) from error
