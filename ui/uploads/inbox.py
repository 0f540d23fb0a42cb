"""The one door by which a reader's files come in, and the room that they may take."""

import contextlib
import stat
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rag import messages
from rag.errors import ReadError
from ui import strings
from ui.uploads.files import MEBIBYTE

LEFT_SECONDS = 60.0
"""A claimed file stays in the inbox so long: Gradio has one path for two readers who send the
same file at the same moment, as a class does, and what the first takes is the second's too."""

Identity = tuple[int, int]
"""The inode of a file and when it was last changed, in nanoseconds."""


class Inbox:
    """The folder that Gradio puts the browser's files in; nothing outside is ever touched."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._claimed: dict[Path, tuple[float, Identity]] = {}
        self._lock = threading.Lock()

    def claim(self, path: Path) -> Path:
        """Return the real path of a file, which is deleted some time after this.

        Raises:
            ReadError: it is no ordinary file inside the folder; it is left alone then.
        """
        try:
            real, root = path.resolve(), self._folder.resolve()
            linked = path.is_symlink() or not real.is_relative_to(root)
            status = real.lstat()
        except (OSError, ValueError, RuntimeError) as error:  # no such file, a NUL, a loop
            raise ReadError(strings.UPLOAD_GONE) from error
        if linked or not stat.S_ISREG(status.st_mode):
            raise ReadError(strings.UPLOAD_GONE)
        with self._lock:
            self._claimed[real] = (self._clock(), (status.st_ino, status.st_mtime_ns))
        return real

    def claim_all(self, paths: Iterable[Path]) -> None:
        """Have those of the files that may be claimed deleted some time after this."""
        for path in paths:
            with contextlib.suppress(ReadError):
                self.claim(path)

    def sweep(self, *, everything: bool = False) -> None:
        """Delete the files that were claimed long enough ago, or all that were claimed.

        One that has been sent anew since is left to those who will claim it.
        """
        now = self._clock()
        with self._lock:
            due = {
                path: identity
                for path, (when, identity) in self._claimed.items()
                if everything or now - when >= LEFT_SECONDS
            }
            for path in due:
                del self._claimed[path]
        for path, identity in due.items():
            _delete(path, identity)


class Room:
    """The bytes that all readers' files may take together."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Take so many bytes if they are left; tell whether they were."""
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True

    def give(self, size: int) -> None:
        """Give bytes back."""
        with self._lock:
            self._left += size


def read_within(path: Path, limit: int) -> bytes:
    """Return the bytes of a claimed file.

    Raises:
        ReadError: it is empty, has more than `limit` bytes, or has gone.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            shown = {"size": -(-size // MEBIBYTE), "limit": limit // MEBIBYTE}
            raise ReadError(messages.READ_TOO_LARGE.format(**shown))
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(strings.UPLOAD_GONE) from error
    if not data:
        raise ReadError(strings.UPLOAD_EMPTY)
    return data


def _delete(path: Path, identity: Identity) -> None:
    """Delete a file if it still is the one that was claimed."""
    try:
        status = path.lstat()
        if (status.st_ino, status.st_mtime_ns) == identity:
            path.unlink()
    except OSError:  # it has gone already, or cannot be deleted by us at all
        return
