"""The shelves of all readers: how many there are, and when their documents are deleted."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.write.gate import Gate
from ui import strings
from ui.uploads import trial
from ui.uploads.files import ShelfError, UploadLimits
from ui.uploads.inbox import Inbox, Room
from ui.uploads.intake import Common, Index
from ui.uploads.serving import Opened
from ui.uploads.shelf import Shelf
from ui.uploads.trial import Measure


class Shelves:
    """Makes a shelf for each reader who adds documents, and sees to it that all are deleted."""

    def __init__(
        self,
        index: Index,
        open_over: Callable[[Path], Opened],
        inbox: Path,
        limits: UploadLimits | None = None,
        *,
        measure: Measure | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make no shelf yet.

        Args:
            index: makes an index of a folder, and takes out of it what is there no more.
            open_over: opens what answers over an index.
            inbox: Gradio's folder of uploaded files.
            limits: how much may be added.
            measure: reads a file before it is indexed; by default in a process of its own.
            clock: seconds that never go back.
        """
        self.limits = limits or UploadLimits()
        self._inbox = Inbox(inbox, clock)
        self._common = Common(
            index=index,
            measure=measure
            or partial(
                trial.measure,
                seconds=self.limits.read_seconds,
                memory=self.limits.read_bytes,
            ),
            open_over=open_over,
            inbox=self._inbox,
            room=Room(self.limits.server_bytes),
            gate=Gate(self.limits.waiting),
            limits=self.limits,
            clock=clock,
        )
        self._shelves: list[Shelf] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> Shelf:
        """Return a new shelf, empty; nothing is written before a document is added to it.

        Raises:
            ShelfError: there are as many as are allowed, and all of them in use.
        """
        self.sweep()
        with self._lock:
            if len(self._shelves) >= self.limits.shelves:
                raise ShelfError(strings.UPLOADS_FULL)
            shelf = Shelf(self._common)
            self._shelves.append(shelf)
            return shelf

    def sweep(self) -> None:
        """Close the shelves that nobody has used for long, and empty the inbox; call it often."""
        self._inbox.sweep()
        with self._lock:
            for shelf in self._shelves:
                if shelf.idle() >= self.limits.idle_seconds:
                    shelf.close()
            self._shelves = [shelf for shelf in self._shelves if not shelf.closed]

    def close(self) -> None:
        """Delete everything: all documents, and the files still in the inbox."""
        self._inbox.sweep(everything=True)
        with self._lock:
            for shelf in self._shelves:
                shelf.close()
            self._shelves = []
