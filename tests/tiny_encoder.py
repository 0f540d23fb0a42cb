"""A tiny encoder in the packed format and its tokenizer, for tests that need a whole one."""

import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 1, 2, 64, 64
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz:éàç", "<mask>")
_EPSILON = 1e-12


def tensor_sizes() -> dict[str, tuple[int, bool]]:
    """Return, by name, how many values each tensor has and whether it is packed."""
    matrices = {
        "q": HIDDEN * HIDDEN,
        "k": HIDDEN * HIDDEN,
        "v": HIDDEN * HIDDEN,
        "ao": HIDDEN * HIDDEN,
        "fi": HIDDEN * FEED_FORWARD,
        "fo": FEED_FORWARD * HIDDEN,
    }
    sizes = {
        "emb.word": (len(PIECES) * HIDDEN, True),
        "emb.pos": (POSITIONS * HIDDEN, False),
        "emb.type": (2 * HIDDEN, False),
        "emb.ln.w": (HIDDEN, False),
        "emb.ln.b": (HIDDEN, False),
    }
    for name, count in matrices.items():
        sizes[f"l0.{name}.w"] = (count, True)
        sizes[f"l0.{name}.b"] = (FEED_FORWARD if name == "fi" else HIDDEN, False)
    for name in ("aln", "oln"):
        sizes[f"l0.{name}.w"] = (HIDDEN, False)
        sizes[f"l0.{name}.b"] = (HIDDEN, False)
    return sizes


def make_values() -> dict[str, NDArray[np.float32]]:
    """Return values that Q4_0 holds exactly: multiples of 1/16 from -8/16 to 7/16."""
    random = np.random.default_rng(5)
    return {
        name: random.integers(-8, 8, count).astype(np.float32) / np.float32(16)
        for name, (count, _packed) in tensor_sizes().items()
    }


def pack_q4(values: NDArray[np.float32]) -> bytes:
    """Return the Q4_0 blocks of multiples of 1/16."""
    nibbles = (values * 16 + 8).astype(np.uint8).reshape(-1, 32)
    halves = nibbles[:, :16] | (nibbles[:, 16:] << 4)
    scale = np.frombuffer(struct.pack("<e", 1 / 16), dtype=np.uint8)
    scales = np.tile(scale, (len(nibbles), 1))
    return np.concatenate((scales, halves), axis=1).tobytes()


def write_packed(path: Path, values: dict[str, NDArray[np.float32]]) -> Path:
    """Write an E5S1 file with these tensors."""
    header = struct.pack(
        "<4sI7ifi", b"E5S1", 1, HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, 2,
        _EPSILON, 32,
    )  # fmt: skip
    text = "".join(PIECES).encode()
    tokenizer = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text))
    tokenizer += bytes(4 * (len(PIECES) + 1) + 4 * len(PIECES)) + text
    tokenizer += struct.pack("<iI", 2, 5) + b"carte"
    packed = {name: packed for name, (_count, packed) in tensor_sizes().items()}
    blobs = {
        name: pack_q4(tensor) if packed[name] else tensor.astype("<f4").tobytes()
        for name, tensor in values.items()
    }
    table_bytes = 4 + sum(23 + len(name) for name in values)
    offset = len(header) + len(tokenizer) + table_bytes
    table = struct.pack("<i", len(values))
    for name, tensor in values.items():
        size = len(blobs[name])
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", int(packed[name]), tensor.size, offset, size)
        offset += size
    path.write_bytes(header + tokenizer + table + b"".join(blobs.values()))
    return path


def write_tokenizer(path: Path) -> Path:
    """Write a Unigram `tokenizer.json` of single letters with XLM-R's special tokens."""
    special = [
        {"id": PIECES.index(piece), "content": piece, "single_word": False, "lstrip": False,
         "rstrip": False, "normalized": False, "special": True}
        for piece in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    ]  # fmt: skip
    frame = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
             {"SpecialToken": {"id": "</s>", "type_id": 0}}]  # fmt: skip
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"}
    data = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": None, "pre_tokenizer": metaspace, "decoder": metaspace,
        "post_processor": {
            "type": "TemplateProcessing", "single": frame, "pair": frame,
            "special_tokens": {
                piece: {"id": piece, "ids": [PIECES.index(piece)], "tokens": [piece]}
                for piece in ("<s>", "</s>")
            },
        },
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[piece, -1.0] for piece in PIECES]},
    }  # fmt: skip
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
