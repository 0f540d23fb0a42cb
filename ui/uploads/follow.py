"""Work in a thread of its own, seen from a generator: what Gradio's handlers yield from."""

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence
from queue import Empty, SimpleQueue

from rag.types import never
from ui.uploads.files import Progress, Report, Upload
from ui.uploads.shelf import Shelf

LOOK_SECONDS = 1.0
"""Between two events at most, so that the work of a reader who left stops within seconds."""


def adding(
    shelf: Shelf, files: Sequence[Upload], stop: Callable[[], bool] = never
) -> Generator[Progress | Report, None, None]:
    """Add documents to a shelf and yield how far it has come, in the end the report.

    Where nothing moves, the same is yielded again: between two events a generator cannot be
    closed, and the reader may have left. Closing it stops the addition. Raises what
    `Shelf.add` raises.
    """
    events: SimpleQueue[Progress | Report | BaseException] = SimpleQueue()
    left = threading.Event()

    def work() -> None:
        try:
            events.put(shelf.add(files, events.put, lambda: left.is_set() or stop()))
        except BaseException as error:  # noqa: BLE001 - raised again in the reader's thread
            events.put(error)

    threading.Thread(target=work, name="adding").start()
    event: Progress | Report | BaseException = Progress("wait", 0, 0)
    try:
        while not isinstance(event, Report):
            with contextlib.suppress(Empty):
                event = events.get(timeout=LOOK_SECONDS)
            if isinstance(event, BaseException):
                raise event
            yield event
    finally:
        left.set()
