"""What an index says of itself: the manifest of a generation and the CURRENT pointer.

Both are canonical JSON: the bytes read must be the bytes that writing again would give,
so that nothing in them can change unseen.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self, TypeVar

from rag import messages
from rag.errors import StoreCorruptError
from rag.types import Encoder

SCHEMA = 2
"""The version of the layout on disk and of where sentences are cut (rag/french/sentences.py), whose
vectors it holds; an index of another one is refused, to be made anew."""

PASSAGES = "passages.sqlite"
DENSE = "dense.faiss"
LEXICAL = "lexical.safetensors"
SENTENCES = "sentences.npy"
MANIFEST = "manifest.json"
CURRENT = "CURRENT"

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_GENERATION = re.compile(r"[0-9]{6,18}-[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EncoderInfo:
    """The encoder that made the vectors; `fingerprint` is the sha256 of its weights."""

    name: str
    fingerprint: str
    dimension: int

    @classmethod
    def of(cls, encoder: Encoder) -> Self:
        """Return what identifies `encoder`."""
        return cls(encoder.name, encoder.fingerprint, encoder.dimension)


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file of a generation: its size in bytes and its sha256."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Return what identifies the file that holds `data`."""
        return cls(len(data), sha256(data))


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation: what it was made with, what it holds, and its files by name.

    `corpus` is the fingerprint of the documents, `index` that of the passages and of all
    vectors.
    """

    encoder: EncoderInfo
    chunker: str
    documents: int
    passages: int
    sentences: int
    corpus: str
    index: str
    files: dict[str, FileInfo]

    def to_bytes(self) -> bytes:
        """Return the content of `manifest.json`."""
        return _canonical({"schema": SCHEMA, **asdict(self)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote, or raise StoreCorruptError."""
        return _decode(data, MANIFEST, cls._from_json)

    @classmethod
    def _from_json(cls, value: Any) -> Self:
        encoder, files = value["encoder"], value["files"]
        if set(files) != {PASSAGES, DENSE, LEXICAL, SENTENCES}:
            raise ValueError(f"files {sorted(files)}")
        return cls(
            EncoderInfo(
                _typed(encoder["name"], str),
                _typed(encoder["fingerprint"], str),
                _typed(encoder["dimension"], int),
            ),
            _typed(value["chunker"], str),
            _typed(value["documents"], int),
            _typed(value["passages"], int),
            _typed(value["sentences"], int),
            _hash(value["corpus"]),
            _hash(value["index"]),
            {
                name: FileInfo(_typed(file["size"], int), _hash(file["sha256"]))
                for name, file in files.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A generation's folder name and the sha256 of its manifest."""

    generation: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """What CURRENT says: the generation in use and the one to fall back to."""

    current: Entry
    previous: Entry | None

    def to_bytes(self) -> bytes:
        """Return the content of `CURRENT`, its own checksum included."""
        body = {"schema": SCHEMA, **asdict(self)}
        return _canonical({**body, "checksum": sha256(_canonical(body))})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote, or raise StoreCorruptError."""
        return _decode(data, CURRENT, cls._from_json)

    @classmethod
    def _from_json(cls, value: Any) -> Self:
        previous = value["previous"]
        return cls(_entry(value["current"]), None if previous is None else _entry(previous))


def sha256(data: bytes) -> str:
    """Return the sha256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def generation_name(number: int, manifest: str) -> str:
    """Return the folder name of generation `number`, whose manifest has this sha256."""
    return f"{number:06d}-{manifest[:12]}"


def generation_number(name: str) -> int | None:
    """Return the number in a generation's folder name, None if it is no such name."""
    return int(name.partition("-")[0]) if _GENERATION.fullmatch(name) else None


def damaged(part: str, reason: object) -> StoreCorruptError:
    """Return the error that says which part of an index cannot be used, and why."""
    return StoreCorruptError(messages.INDEX_DAMAGED.format(part=part, reason=reason))


class _Encodable(Protocol):
    def to_bytes(self) -> bytes: ...


_Decoded = TypeVar("_Decoded", bound=_Encodable)
_Kind = TypeVar("_Kind", str, int)


def _decode(data: bytes, part: str, make: Callable[[Any], _Decoded]) -> _Decoded:
    """Return what `make` makes of the JSON in `data`, provided that it encodes to `data`."""
    try:
        value = json.loads(data)
        _require_schema(_typed(value["schema"], int))
        made = make(value)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise damaged(part, repr(error)) from error
    if made.to_bytes() != data:
        raise damaged(part, messages.INDEX_WRONG_HASH)
    return made


def _require_schema(schema: int) -> None:
    """Raise StoreCorruptError over an index that another version of Parole made."""
    if schema != SCHEMA:
        raise StoreCorruptError(messages.INDEX_OTHER_SCHEMA.format(made=schema, read=SCHEMA))


def _canonical(value: object) -> bytes:
    """Return `value` as JSON with sorted keys, readable, in ASCII, ended by a newline."""
    return json.dumps(value, sort_keys=True, indent=1).encode() + b"\n"


def _typed(value: object, kind: type[_Kind]) -> _Kind:
    """Return `value` if it is exactly of this type."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


def _hash(value: object) -> str:
    """Return `value` if it is a sha256 in hexadecimal."""
    text = _typed(value, str)
    if not _SHA256.fullmatch(text):
        raise ValueError(f"{text!r} is not a sha256")
    return text


def _entry(value: Any) -> Entry:
    """Return the entry of the pointer; its name can lead nowhere but to its generation."""
    name, manifest = _typed(value["generation"], str), _hash(value["manifest"])
    number = generation_number(name)
    if number is None or name != generation_name(number, manifest):
        raise ValueError(f"{name!r} is not the name of a generation")
    return Entry(name, manifest)
