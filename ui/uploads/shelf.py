"""One reader's own documents: a folder and an index of their own, gone when it is closed."""

import itertools
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.errors import BusyError
from rag.index import generations, ingest
from rag.types import never
from ui import strings
from ui.uploads.files import Added, Progress, Report, ShelfError, StoppedError, Tell, Upload
from ui.uploads.intake import Common, Intake, Kept
from ui.uploads.serving import Serving

PREFIX = "parole-"
"""How the temporary folders begin; the system makes up the rest, and shows them to us alone."""


class Shelf:
    """A reader's own documents; `assistant` answers questions about them, whatever they are.

    Any thread may call it. What is added or removed counts from the next question on.
    """

    def __init__(self, common: Common) -> None:
        self.assistant = Serving(common.clock)
        self._common = common
        self._folder: TemporaryDirectory[str] | None = None
        self._kept: dict[str, Kept] = {}
        self._numbers = itertools.count(1)
        self._busy = threading.Lock()
        self._closed = threading.Event()
        self._stopped = threading.Event()
        self._used = common.clock()

    @property
    def closed(self) -> bool:
        """Whether its documents have been deleted for good."""
        return self._closed.is_set()

    def add(
        self, sent: Sequence[Upload], tell: Tell = lambda _: None, stop: Callable[[], bool] = never
    ) -> Report:
        """Add the documents that the browser sent, each of them whole or not at all.

        What was on the shelf can be asked all the while, and stays if this fails. Once it is
        stopped nothing is added, unless it is done already. Whatever comes, the files sent
        will leave the inbox.

        Raises:
            ShelfError: another addition is under way, too many wait, or the shelf is closed.
            StoreError: the index cannot be written.
        """
        common = self._common

        def stopping() -> bool:
            return stop() or self._stopped.is_set() or self.closed

        common.inbox.claim_all(upload.path for upload in sent)
        with self._working() as undo:
            self._stopped.clear()
            folder, kept = self._place("documents"), self._kept.values()
            intake = Intake(common, folder, kept)
            undo.callback(intake.undo)
            for upload in sent:
                intake.receive(upload, next(self._numbers))
            try:
                passages = self._take(intake, tell, stopping) if intake.taken else {}
            except StoppedError:
                return Report((), tuple(intake.refused), stopped=True)
            undo.pop_all()
        added = (Added(kept.id, kept.title, passages[kept.id]) for kept in intake.taken)
        return Report(tuple(added), tuple(intake.refused))

    def stop(self) -> None:
        """Stop the addition under way, if there is one, as soon as the texts in hand allow."""
        self._stopped.set()

    def remove(self, document_id: str) -> None:
        """Take a document off the shelf and delete its text.

        Raises:
            KeyError: there is no such document.
            ShelfError: documents are being added, or the shelf is closed.
            StoreError: the index cannot be written; the document stays.
        """
        with self._working() as undo:
            kept = dict(self._kept)
            gone = kept.pop(document_id)
            folder = gone.path.parent
            hidden = folder.with_name(f".{folder.name}")  # which indexing passes over
            folder.rename(hidden)
            undo.callback(hidden.rename, folder)
            if kept:
                self._reindex(lambda _stage, _done, _total: None)
            self._serve(kept)
            undo.pop_all()
            shutil.rmtree(hidden, ignore_errors=True)
            self._common.room.give(gone.size)

    def close(self) -> None:
        """Delete everything, or let a change under way do so at its end; never waits or raises."""
        self._closed.set()
        self._clear()

    def idle(self) -> float:
        """Return for how many seconds nobody has used the shelf; 0 while somebody does."""
        if self._busy.locked():
            return 0.0
        return self._common.clock() - max(self._used, self.assistant.last_used)

    def _place(self, name: str) -> Path:
        """Return a place in the shelf's folder, which is made when it is first needed."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        return Path(self._folder.name).resolve() / name

    @contextmanager
    def _working(self) -> Iterator[ExitStack]:
        """Let one change through at a time; what it leaves on the stack undoes it if it fails."""
        if not self._busy.acquire(blocking=False):
            raise ShelfError(strings.UPLOADS_UNDER_WAY)
        try:
            if self.closed:
                raise ShelfError(strings.UPLOADS_CLOSED)
            with ExitStack() as undo:
                yield undo
        finally:
            self._used = self._common.clock()
            self._busy.release()
            if self.closed:
                self._clear()

    @contextmanager
    def _turn(self, tell: Tell, stopping: Callable[[], bool]) -> Iterator[None]:
        """Wait until no other shelf reads and encodes; tell how many come first."""
        try:
            with self._common.gate.ticket() as ticket:
                for before in ticket.wait(stopping):
                    tell(Progress("wait", 0, before))
                yield
        except BusyError as error:
            raise ShelfError(strings.UPLOADS_QUEUE_FULL) from error

    def _take(self, intake: Intake, tell: Tell, stopping: Callable[[], bool]) -> Mapping[str, int]:
        """Read, index and serve what was received; return the passages of all documents."""
        received = tuple(intake.taken)
        with self._turn(tell, stopping):
            for done, kept in enumerate(received):
                _go_on(stopping)
                tell(Progress("read", done, len(received)))
                intake.read(kept, stopping)
            _go_on(stopping)
            return self._index(intake, tell, stopping) if intake.taken else {}

    def _index(self, intake: Intake, tell: Tell, stopping: Callable[[], bool]) -> Mapping[str, int]:
        """Index and serve what was read; return the passages of all documents."""

        def told(stage: str, done: int, total: int) -> None:
            if stage == "encode":
                tell(Progress("encode", done, total))
            _go_on(stopping)

        intake.refuse_all(self._reindex(told).problems)
        return self._serve({**self._kept, **{kept.id: kept for kept in intake.taken}})

    def _reindex(self, told: ingest.Progress) -> ingest.Report:
        """Bring the index up to date with the copies."""
        return self._common.index([self._place("documents")], self._place("index"), progress=told)

    def _serve(self, kept: Mapping[str, Kept]) -> Mapping[str, int]:
        """Answer from now on over the index as it is; return the passages of its documents."""
        index, opened = self._place("index"), None
        if kept:
            opened = self._common.open_over(index)
            current = generations.read_pointer(index).current.generation
            generations.sweep(index, [current], lambda _step: None)  # the text of what was removed
        else:
            shutil.rmtree(index, ignore_errors=True)
        self.assistant.replace(opened, {key: one.title for key, one in kept.items()})
        self._kept = dict(kept)
        return {one.id: one.passages for one in opened.documents()} if opened else {}

    def _clear(self) -> None:
        """Delete everything, unless a change is under way: its end comes back here."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            self.assistant.replace(None, {})
            self._common.room.give(sum(kept.size for kept in self._kept.values()))
            self._kept = {}
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None
        finally:
            self._busy.release()


def _go_on(stopping: Callable[[], bool]) -> None:
    """Leave an addition that nobody waits for any more."""
    if stopping():
        raise StoppedError
