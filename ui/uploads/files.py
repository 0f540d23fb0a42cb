"""A file that a reader sends, what may come in, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from rag import messages
from rag.errors import ParoleError, ReadError
from rag.readers import SUFFIXES
from rag.readers.blocks import one_line
from ui import strings
from ui.settings import UPLOAD_BYTES

MEBIBYTE = 2**20

TITLE_CHARACTERS = 100
"""Of the longest title shown: a line and a half of the list of sources."""

SUFFIX_CHARACTERS = 12
"""Of an unknown ending named in a refusal; the longest that is read has nine (« .markdown »)."""


class ShelfError(ParoleError):
    """A reader's documents cannot be added to or asked now."""


class StoppedError(Exception):
    """Leaves an addition that nobody waits for any more."""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How much one reader may add, and all of them together.

    Time is what bounds `characters`: `parole index`, which prints its seconds, takes one core
    about a second for 1,000 of them (17.5 s for 16,400 of our corpus), so that a full shelf of
    some 130 pages takes five minutes. Its index adds ten bytes a character, which
    `server_bytes` does not count: 40 full shelves hold 120 MB beside their files.
    `read_seconds` and `read_bytes` of memory are for reading one file: a PDF of 130 pages
    takes 1.3 s and 6 MB, but a megabyte of empty lines 8 s and 124 MB.
    """

    file_bytes: int = UPLOAD_BYTES
    files: int = 20
    shelf_bytes: int = 60 * MEBIBYTE
    characters: int = 300_000
    server_bytes: int = 1024 * MEBIBYTE
    shelves: int = 40
    idle_seconds: float = 3600.0
    waiting: int = 8
    read_seconds: float = 60.0
    read_bytes: int = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the browser sent: where it lies in the inbox and what its owner calls it."""

    path: Path
    name: str


def sent(paths: Sequence[str] | str | None) -> tuple[Upload, ...]:
    """Return the files that Gradio's component names; their names are what it made of them."""
    given = [paths] if isinstance(paths, str) else paths or []
    return tuple(Upload(Path(path), Path(path).name) for path in given)


@dataclass(frozen=True, slots=True)
class Added:
    """A document that can now be asked, under the title that its owner knows."""

    id: str
    title: str
    passages: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, and why, in French."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the files sent; nothing was added if the reader `stopped` it."""

    added: tuple[Added, ...] = ()
    refused: tuple[Refusal, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an addition has come.

    « wait »: `total` others come first; « read »: `done` files of `total`; « encode »: `done`
    texts (passages and their sentences) of `total`.
    """

    stage: Literal["wait", "read", "encode"]
    done: int
    total: int


Tell = Callable[[Progress], None]
"""Is told how far an addition has come."""


def title_of(name: str) -> str:
    """Return the title of a file: its name on one visible line, without folders, cut if long.

    It is data: it may hold HTML, but no control, no direction mark and no lone surrogate.
    """
    line = _last(name)
    if not any(char.isalnum() for char in line):
        return strings.UPLOAD_NAMELESS
    if len(line) <= TITLE_CHARACTERS:
        return line
    return f"{line[: TITLE_CHARACTERS - 1].rstrip()}…"


def suffix_of(name: str) -> str:
    """Return the ending of a file's name in small letters; raise ReadError if it is not read."""
    line = _last(name)
    suffix = PurePosixPath(line).suffix.lower()
    if suffix not in SUFFIXES:
        shown = (suffix or line)[:SUFFIX_CHARACTERS]
        raise ReadError(messages.SOURCE_FORMAT.format(suffix=shown))
    return suffix


def _last(name: str) -> str:
    """Return what follows the last folder of a name, Windows' included, as visible text."""
    return one_line(name.replace("\\", "/").rsplit("/", 1)[-1])
