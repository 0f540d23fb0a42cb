"""What stands in a model's folder: its record, its fingerprint, its verification."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rag import messages
from rag.errors import ModelError

RECORD_NAME = "parole.json"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a folder as it was when the folder was made."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """Where a folder comes from and every file of it, by path below the folder."""

    model: str
    origin: Mapping[str, str]
    files: Mapping[str, FileRecord]


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def write_record(folder: Path, model: str, origin: Mapping[str, str]) -> None:
    """Write the record of a finished folder into it."""
    files = {
        path.relative_to(folder).as_posix(): FileRecord(path.stat().st_size, file_sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD_NAME
    }
    text = json.dumps(asdict(Record(model, origin, files)), indent=1, sort_keys=True)
    (folder / RECORD_NAME).write_text(text + "\n", encoding="utf-8")


def flush(folder: Path) -> None:
    """Bring every file of `folder` to the disk, so that a power cut leaves no hollow one."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as stream:
                os.fsync(stream.fileno())


def read_record(folder: Path) -> Record | None:
    """Return the folder's record, or None where there is none that can be read."""
    try:
        data = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        files = {name: FileRecord(**entry) for name, entry in data["files"].items()}
        return Record(data["model"], data["origin"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_intact(folder: Path, record: Record) -> bool:
    """Tell whether every recorded file is there with its size; reads no contents."""
    return all(
        (folder / name).is_file() and (folder / name).stat().st_size == entry.bytes
        for name, entry in record.files.items()
    )


def verify(folder: Path) -> bool:
    """Read every recorded file of `folder` and compare its hash: seconds for gigabytes.

    Returns False for a folder without a record (a user's own), which has nothing to be
    compared with.

    Raises:
        ModelError: a recorded file is missing or has other bytes; the message names it.
    """
    record = read_record(folder)
    if record is None:
        return False
    for name, entry in record.files.items():
        path = folder / name
        if not path.is_file() or file_sha256(path) != entry.sha256:
            raise ModelError(messages.MODEL_FILE_DAMAGED.format(file=path, model=record.model))
    return True


def fingerprint(folder: Path) -> str:
    """Return the sha256 of the weights in `folder`, in hexadecimal.

    It is the sha256 of the lines `<sha256 of the file>  <path below the folder>` of all
    safetensors files in the order of their paths. A folder with a record whose sizes
    hold is believed (see `verify` for the full check); another one is read whole.

    Raises:
        ModelError: the folder holds no safetensors file.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.safetensors"))
    if not names:
        raise ModelError(messages.MODEL_NO_WEIGHTS.format(folder=folder))
    record = read_record(folder)
    known = record.files if record is not None and is_intact(folder, record) else {}
    digest = hashlib.sha256()
    for name in names:
        sha256 = known[name].sha256 if name in known else file_sha256(folder / name)
        digest.update(f"{sha256}  {name}\n".encode())
    return digest.hexdigest()
