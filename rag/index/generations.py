"""The generations of an index on disk: written aside, switched to at once, swept away.

    index/
      lock              held by the one writer
      CURRENT           the generation in use and the one before it (rag/index/manifest.py)
      generations/<number>-<first 12 digits of the manifest's sha256>/

A folder under its final name is whole and synced; it counts once CURRENT names it.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from rag import messages
from rag.errors import StoreCorruptError, StoreError, StoreMissingError
from rag.index.manifest import (
    CURRENT,
    MANIFEST,
    Entry,
    FileInfo,
    Manifest,
    Pointer,
    damaged,
    generation_name,
    generation_number,
    sha256,
)

Step = Callable[[str], None]
"""Told the name of every step of a write as it is reached, so that tests can stop there."""

LOCK = "lock"
GENERATIONS = "generations"
NEW_CURRENT = "CURRENT.new"
PARTIAL = "partial"

_MAX_JSON = 1 << 20
"""Bytes: far more than a manifest or CURRENT takes (about 1,000), and soon read."""


def check_folder(root: Path) -> None:
    """Refuse a folder in which anything but an index lies: a writer deletes what it replaces.

    Raises:
        StoreError: something in it is not part of an index, or is a link.
    """
    ours = {LOCK, CURRENT, NEW_CURRENT, GENERATIONS}
    for path in sorted(root.iterdir()):
        if path.name not in ours or path.is_symlink():
            raise StoreError(messages.INDEX_FOREIGN.format(directory=root, name=path.name))


def read_pointer(root: Path) -> Pointer:
    """Return what CURRENT says.

    Raises:
        StoreMissingError: there is no CURRENT, so no index.
        StoreCorruptError: it is damaged.
    """
    path = root / CURRENT
    if not os.path.lexists(path):
        raise StoreMissingError(messages.INDEX_MISSING.format(directory=root))
    return Pointer.from_bytes(_read(path))


def named_by_current(root: Path) -> list[Entry]:
    """Return the generations that CURRENT names, the newest first; none if it is damaged."""
    try:
        pointer = read_pointer(root)
    except (StoreMissingError, StoreCorruptError):
        return []
    return [entry for entry in (pointer.current, pointer.previous) if entry]


def open_generation(root: Path, entry: Entry) -> tuple[Path, Manifest]:
    """Return the folder and the verified manifest of a generation; its files are not read.

    Raises:
        StoreCorruptError: a folder is missing or a link, or the manifest is damaged.
    """
    folder = root / GENERATIONS / entry.generation
    for path in (folder.parent, folder):
        if path.is_symlink() or not path.is_dir():
            raise damaged(path.name, messages.INDEX_NOT_PLAIN)
    data = _read(folder / MANIFEST)
    if sha256(data) != entry.manifest:
        raise damaged(MANIFEST, messages.INDEX_WRONG_HASH)
    return folder, Manifest.from_bytes(data)


def read_verified(path: Path, expected: FileInfo) -> bytes:
    """Return the content of a file: the very bytes whose size and sha256 were checked.

    Raises:
        StoreCorruptError: it is missing, not a plain file, or not as expected.
    """
    data = _read(path, expected.size)
    if FileInfo.of(data) != expected:
        raise damaged(path.name, messages.INDEX_WRONG_HASH)
    return data


def verify(path: Path, expected: FileInfo) -> None:
    """Check the size and sha256 of a file without keeping it in memory.

    Raises:
        StoreCorruptError: it is missing, not a plain file, or not as expected.
    """
    _check_plain(path, expected.size)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path.name, error.strerror) from error
    if digest != expected.sha256:
        raise damaged(path.name, messages.INDEX_WRONG_HASH)


def next_number(root: Path) -> int:
    """Return a number that no generation has, not even the remains of one."""
    folder = root / GENERATIONS
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((generation_number(name) or 0 for name in names), default=0) + 1


def write_generation(root: Path, manifest: bytes, files: Mapping[str, bytes], step: Step) -> Entry:
    """Write a generation under its final name, synced to the disk; CURRENT stays as it is.

    What a crashed writer left half-written is deleted first, its whole generations by `sweep`.
    """
    generations = root / GENERATIONS
    generations.mkdir(exist_ok=True)
    sync_folder(root)
    partial = generations / PARTIAL
    step("before folder")
    _delete(partial)
    partial.mkdir()
    step("after folder")
    for name, data in {**files, MANIFEST: manifest}.items():
        _write(partial / name, data, step)
    sync_folder(partial)
    name = generation_name(next_number(root), sha256(manifest))
    step("before rename")
    partial.rename(generations / name)
    step("after rename")
    sync_folder(generations)
    step("synced rename")
    return Entry(name, sha256(manifest))


def switch(root: Path, pointer: Pointer, step: Step) -> None:
    """Make readers take `pointer.current` from now on: all of it or not at all."""
    new = root / NEW_CURRENT
    new.unlink(missing_ok=True)
    _write(new, pointer.to_bytes(), step)
    step("before switch")
    new.replace(root / CURRENT)
    step("after switch")
    sync_folder(root)
    step("synced switch")


def sweep(root: Path, keep: Collection[str], step: Step) -> None:
    """Delete every generation but those in `keep`, and what a crashed writer left.

    What cannot be deleted now (on Windows, a file that a reader holds) is left to the next.
    """
    generations = root / GENERATIONS
    leftovers = sorted(generations.iterdir()) if generations.is_dir() else []
    for path in leftovers:
        ours = path.name == PARTIAL or generation_number(path.name) is not None
        if ours and path.name not in keep:
            step(f"before delete {path.name}")
            _delete(path)
            step(f"after delete {path.name}")


def sync_folder(path: Path) -> None:
    """Make the names in a folder outlast a power cut; Windows has no way to, nor needs it."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes, step: Step) -> None:
    """Write a file that does not exist yet and make its content outlast a power cut."""
    step(f"before write {path.name}")
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        step(f"written {path.name}")
        os.fsync(file.fileno())
    step(f"synced {path.name}")


def _delete(path: Path) -> None:
    """Delete a folder with all it holds, or a link or file in its place; never what it leads to."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _read(path: Path, limit: int = _MAX_JSON) -> bytes:
    """Return the content of a plain file of at most `limit` bytes."""
    _check_plain(path, limit)
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise damaged(path.name, error.strerror) from error


def _check_plain(path: Path, limit: int) -> None:
    """Refuse what is not a plain file of at most `limit` bytes: a link, a pipe, a folder."""
    try:
        status = path.lstat()
    except OSError as error:
        raise damaged(path.name, error.strerror) from error
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
        raise damaged(path.name, messages.INDEX_NOT_PLAIN)
