"""Readers who send files to a page: Gradio's folder, shelves over it, and a clock of our own."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from rag.config import AnswerabilitySettings, Settings
from rag.index import ingest
from rag.index.store import open_index
from rag.pipeline import Assistant
from rag.readers import read
from tests import files
from tests.fakes import FakeEncoder, FakeGenerator
from tests.workshop import MOULIN, PHARE, QUAI, SHORT, page
from ui.uploads.files import Progress, Report, StoppedError, Upload, UploadLimits
from ui.uploads.shelf import Shelf
from ui.uploads.shelves import Shelves

PHARE_MD = page("Le phare", PHARE).encode()
MOULIN_MD = page("Le moulin", MOULIN).encode()
QUAI_PDF = files.pdf([[QUAI.replace("’", "'")]], title="Le quai")

ANSWERING = replace(Settings(), answerability=AnswerabilitySettings(threshold=0.0))
"""The fake encoder's similarities are none of those that the threshold was set for."""


class Desk:
    """Sends files as Gradio does and keeps what the shelves are made with."""

    def __init__(self, root: Path, limits: UploadLimits | None = None) -> None:
        self.inbox = root / "inbox"
        self.inbox.mkdir(parents=True)
        self.encoder = FakeEncoder()
        self.now = 1000.0
        self.drafts = [PHARE]
        self.opened: list[_Opened] = []
        indexing = partial(ingest.index, encoder=self.encoder, settings=SHORT, prune=True)
        self.shelves = Shelves(
            indexing, self.open_over, self.inbox, limits, measure=measured, clock=lambda: self.now
        )

    def open_over(self, directory: Path) -> "_Opened":
        """Return an assistant over an index, which tells when it is closed."""
        made = _Opened(open_index(directory), self.encoder, FakeGenerator(*self.drafts), ANSWERING)
        self.opened.append(made)
        return made

    def send(self, name: str, data: bytes) -> Upload:
        """Put a file where Gradio would: in a folder named by the sha256 of its bytes."""
        folder = self.inbox / hashlib.sha256(data).hexdigest()
        folder.mkdir(exist_ok=True)
        new = folder / f"{name}.part"
        new.write_bytes(data)
        return Upload(new.rename(folder / name), name)

    def shelf(self, **sent: bytes) -> Shelf:
        """Return a shelf with these Markdown texts on it."""
        shelf = self.shelves.open()
        shelf.add([self.send(f"{name}.md", data) for name, data in sent.items()])
        return shelf

    def left(self) -> list[str]:
        """Return the names of the files in the inbox."""
        return sorted(path.name for path in self.inbox.rglob("*") if path.is_file())


class _Opened(Assistant):
    """The real assistant; a question to it after it was closed fails, as it does in the page."""

    closed = False

    def close(self) -> None:
        self.closed = True
        super().close()


def titles(shelf: Shelf) -> list[str]:
    """Return the titles of the documents in their order."""
    return [one.title for one in shelf.assistant.documents()]


def folder_of(shelf: Shelf) -> Path:
    """Return the shelf's temporary folder."""
    assert shelf._folder is not None
    return Path(shelf._folder.name)


def copies(shelf: Shelf) -> list[str]:
    """Return the copies of files that the shelf holds, without their random folders."""
    return sorted(path.name for path in folder_of(shelf).glob("documents/*/*"))


def reasons(report: Report) -> list[tuple[str, str]]:
    """Return the names and the reasons of what was refused."""
    return [(refusal.name, refusal.reason) for refusal in report.refused]


def stop_at(stage: str) -> tuple[Callable[[Progress], None], Callable[[], bool]]:
    """Return what to tell and what to ask so that an addition stops once it reaches a stage."""
    reached: list[str] = []
    return (lambda step: reached.append(step.stage)), (lambda: stage in reached)


def measured(path: Path, stopping: Callable[[], bool]) -> int:
    """Return how many characters a file's text has, read in this process: that is faster."""
    if stopping():
        raise StoppedError
    return len(read(path, path.name).document.text)


@contextmanager
def desk_at(root: Path, limits: UploadLimits | None = None) -> Iterator[Desk]:
    """Give a desk, and close its shelves in the end."""
    made = Desk(root, limits)
    with made.shelves:
        yield made
