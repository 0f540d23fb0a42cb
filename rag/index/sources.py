"""Which files a source stands for, and under which id each is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag import messages
from rag.errors import SourceError
from rag.readers import SUFFIXES

NOTICE = "README.md"
"""A folder's own notice is not one of its texts; given by name, it is read like any file."""

_NO_BREAK = {0xA0: " ", 0x202F: " "}
"""French file names hold no-break spaces, which `str.isprintable` takes for control characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read and the id of its document: its path from the source folder's name on."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not indexed, and why, in French."""

    path: Path
    reason: str


def require(sources: Sequence[Path]) -> None:
    """Make sure that there is something at every source.

    Raises:
        SourceError: a source does not exist.
    """
    for source in sources:
        if not source.exists():
            raise SourceError(messages.SOURCE_MISSING.format(path=source))


def discover(sources: Sequence[Path]) -> tuple[list[Found], list[Problem]]:
    """Return the files below the sources in the order of their ids, and those left aside.

    Hidden files and folders, and the README.md of a folder, are passed over; symbolic links
    are not followed; a file of unknown format, and a second file that would take the id of
    another, are problems.

    Raises:
        SourceError: a source does not exist.
    """
    require(sources)
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for source in sources:
        for item in _below(source):
            reason = _reason(item, found.get(item.id))
            if reason:
                problems.append(Problem(item.path, reason))
            else:
                found[item.id] = item
    return sorted(found.values(), key=lambda item: item.id), problems


def _below(source: Path) -> Iterator[Found]:
    """Yield the files of one source, a folder or a file."""
    root = source.resolve()
    if not root.is_dir():
        yield Found(root, root.name)
        return
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") for part in parts)
        if hidden or path.name == NOTICE or (path.is_dir() and not path.is_symlink()):
            continue
        yield Found(path, "/".join((root.name, *parts)))


def _reason(item: Found, other: Found | None) -> str:
    """Return why a file is left aside, or nothing."""
    if not item.id.translate(_NO_BREAK).isprintable():
        return messages.SOURCE_NAME
    if item.path.is_symlink():
        return messages.SOURCE_LINK
    if not item.path.is_file():  # opening a pipe would wait for its writer
        return messages.READ_NOT_REGULAR
    if item.path.suffix.lower() not in SUFFIXES:
        return messages.SOURCE_FORMAT.format(suffix=item.path.suffix or item.path.name)
    if other is not None and other.path != item.path:
        return messages.SOURCE_SAME_ID.format(id=item.id, other=other.path)
    return ""
