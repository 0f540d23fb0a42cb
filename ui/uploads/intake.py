"""From files in the inbox to copies that can be indexed, each of them whole or not at all."""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.errors import ReadError
from rag.index import ingest
from rag.index.sources import Problem
from rag.write.gate import Gate
from ui import strings
from ui.uploads.files import MEBIBYTE, Refusal, Upload, UploadLimits, suffix_of, title_of
from ui.uploads.inbox import Inbox, Room, read_within
from ui.uploads.serving import Opened
from ui.uploads.trial import Measure

FILE_NAME = "document-{number}{suffix}"
"""Of a copy. Its stem stands for the title, in the index and in what the model is told, where
a text has none of its own: two such texts must not be taken for one."""


class Index(Protocol):
    """Makes an index of folders: `ingest.index` with an encoder, settings and `prune`."""

    def __call__(
        self, sources: Sequence[Path], directory: Path, *, progress: ingest.Progress
    ) -> ingest.Report:
        """Make the index in `directory` hold what the sources hold, and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Common:
    """What the shelves of a page share; documents are read and encoded one shelf at a time."""

    index: Index
    open_over: Callable[[Path], Opened]
    measure: Measure
    inbox: Inbox
    room: Room
    gate: Gate
    limits: UploadLimits
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Kept:
    """A document on a shelf: our copy of its file, its owner's title, and what it counts for."""

    path: Path
    id: str
    title: str
    digest: str
    size: int
    characters: int = 0


class Intake:
    """One addition to the documents that a reader has already.

    `taken` are the new ones so far, `refused` the files that were not taken.
    """

    def __init__(self, common: Common, folder: Path, kept: Collection[Kept]) -> None:
        """Make copies in `folder`, which holds those of the documents `kept`."""
        self._common = common
        self._folder = folder
        self._kept = kept
        self.taken: list[Kept] = []
        self.refused: list[Refusal] = []

    def receive(self, upload: Upload, number: int) -> None:
        """Copy a file out of the inbox, as the reader's document of this number."""
        title = self._free(title_of(upload.name))
        try:
            path = self._common.inbox.claim(upload.path)
            suffix = suffix_of(upload.name)
            self._require_one_more()
            data = read_within(path, self._common.limits.file_bytes)
            digest = hashlib.sha256(data).hexdigest()
            self._require_new(digest)
            self._require_room(len(data))
            copy = self._copy(data, FILE_NAME.format(number=number, suffix=suffix))
        except ReadError as error:
            self.refused.append(Refusal(title_of(upload.name), str(error)))
            return
        found = f"{self._folder.name}/{copy.parent.name}/{copy.name}"
        self.taken.append(Kept(copy, found, title, digest, len(data)))

    def read(self, kept: Kept, stopping: Callable[[], bool]) -> None:
        """Read a copy on trial, and refuse it if it cannot be read or its text is too long."""
        try:
            size = self._common.measure(kept.path, stopping)
            self._require_short(size)
        except ReadError as error:
            self.refuse(kept, str(error))
            return
        self.taken[self.taken.index(kept)] = replace(kept, characters=size)

    def refuse(self, kept: Kept, reason: str) -> None:
        """Put a document that was taken among those refused."""
        self.taken.remove(kept)
        self._delete(kept)
        self.refused.append(Refusal(kept.title, reason))

    def refuse_all(self, problems: Iterable[Problem]) -> None:
        """Refuse the documents that could not be indexed after all."""
        reasons = {problem.path: problem.reason for problem in problems}
        for kept in tuple(self.taken):
            if kept.path in reasons:
                self.refuse(kept, reasons[kept.path])

    def undo(self) -> None:
        """Delete every copy that was made."""
        while self.taken:
            self._delete(self.taken.pop())

    def _all(self) -> list[Kept]:
        """Return the documents of before and the new ones."""
        return [*self._kept, *self.taken]

    def _free(self, title: str) -> str:
        """Return the title, with a number behind it if another document has it."""
        taken = {one.title for one in self._all()}
        numbered = (strings.UPLOAD_SAME_TITLE.format(title=title, n=n) for n in range(2, 10**6))
        return title if title not in taken else next(one for one in numbered if one not in taken)

    def _require_one_more(self) -> None:
        """Raise ReadError if the reader has as many documents as are allowed."""
        limit = self._common.limits.files
        if len(self._all()) >= limit:
            raise ReadError(strings.UPLOAD_TOO_MANY.format(limit=limit))

    def _require_new(self, digest: str) -> None:
        """Raise ReadError if another document has the same bytes."""
        other = next((one.title for one in self._all() if one.digest == digest), None)
        if other is not None:
            raise ReadError(strings.UPLOAD_TWIN.format(other=other))

    def _require_room(self, size: int) -> None:
        """Take room for a file, or raise ReadError."""
        limit = self._common.limits.shelf_bytes
        if sum(one.size for one in self._all()) + size > limit:
            raise ReadError(strings.UPLOAD_TOTAL.format(limit=limit // MEBIBYTE))
        if not self._common.room.take(size):
            raise ReadError(strings.UPLOAD_SERVER_FULL)

    def _require_short(self, size: int) -> None:
        """Raise ReadError if a text has more characters than the reader has left."""
        limit = self._common.limits.characters
        left = limit - sum(one.characters for one in self._all())
        if size > left:
            raise ReadError(_grouped(strings.UPLOAD_TOO_LONG, size=size, left=left, limit=limit))

    def _copy(self, data: bytes, name: str) -> Path:
        """Write a copy below a folder that nobody can guess; without one, give its room back."""
        folder = self._folder / secrets.token_hex(16)
        try:
            folder.mkdir(parents=True)
            (folder / name).write_bytes(data)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            self._common.room.give(len(data))
            raise ReadError(strings.UPLOAD_SERVER_FULL) from error
        return folder / name

    def _delete(self, kept: Kept) -> None:
        """Delete a copy and give its room back."""
        shutil.rmtree(kept.path.parent, ignore_errors=True)
        self._common.room.give(kept.size)


def _grouped(template: str, **numbers: int) -> str:
    """Return the template with its numbers in groups of three digits, as French has them."""
    return template.format(**{key: f"{n:,}".replace(",", "\u202f") for key, n in numbers.items()})
