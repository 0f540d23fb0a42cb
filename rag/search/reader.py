"""The extractive reader: our encoder with an adapter, which points at the answer's words."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from accelerate import init_empty_weights  # type: ignore[import-untyped]  # it ships no types
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from rag import messages
from rag.errors import ModelError
from rag.hardware import best_device, best_dtype, uses_int8
from rag.search.pairs import LAYOUT, PairTokenizer, Window, heading
from rag.search.reading import Reading, WindowScores, read_passage
from rag.types import Passage
from rag.write.int8 import quantise, settle

FORMAT = 1
"""Version of the adapter's file."""

FACTS = "parole"
"""Under this name stands, as JSON, what is known of an adapter. It is the only name: the
library writes several in no fixed order."""

BATCH_WINDOWS = {"cpu": 1, "cuda": 8}
"""Windows read together on a device. One by one, nothing is filled up: on a processor five
passages of 305 to 398 tokens took 1.5 s of one core instead of 1.9 s together, and a passage
is read alike whatever stands beside it. A GPU is idle with one."""

_DAMAGED = (OSError, ValueError, KeyError, TypeError, SafetensorError, RuntimeError)
"""What the libraries raise over a file that is no adapter, or no encoder."""

Tensors = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """What was learnt: for each changed layer `<layer>.A` and `<layer>.B`, and the head."""

    facts: Mapping[str, Any]
    tensors: Tensors


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Windows side by side, shape (n, longest): ids, what is no padding, where an answer may be.

    Without any padding, `attention` is None: attention takes a fifth less without a mask.
    """

    ids: torch.Tensor
    attention: torch.Tensor | None
    open: torch.Tensor


class SpanNetwork(nn.Module):
    """An encoder with two values a token: how well the answer starts there, and ends there."""

    def __init__(self, body: BertModel) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(body.config.hidden_size, 2)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the log-probabilities of start and end, shape (2, n, longest), in float32.

        The first token stands for «no answer here», as in SQuAD 2; only it and the tokens of
        the text have a probability at all.
        """
        hidden = self.body(input_ids=batch.ids, attention_mask=batch.attention).last_hidden_state
        with torch.autocast(hidden.device.type, enabled=False):
            values = self.head(hidden.float()).permute(2, 0, 1)
        return torch.log_softmax(values.masked_fill(~batch.open, -torch.inf), dim=-1)


class SpanReader:
    """Reads passages with one adapter; safe to share between threads.

    The same question and passages give the same reading on the same machine.
    """

    def __init__(self, folder: Path, base: str, adapter: Path) -> None:
        """Load the encoder in `folder` and merge the adapter into it.

        Args:
            folder: holds the encoder that the adapter was trained on.
            base: the fingerprint of that encoder's weights.
            adapter: the adapter's file.

        Raises:
            ModelError: a file is missing or damaged, or the adapter is another encoder's.
        """
        device = best_device()
        learnt = read_adapter(adapter, base)
        self.fingerprint = hashlib.sha256(adapter.read_bytes()).hexdigest()
        try:
            self._network = _merged(folder, learnt).eval().requires_grad_(requires_grad=False)
        except _DAMAGED as error:
            raise ModelError(messages.READER_UNUSABLE.format(file=adapter, error=error)) from error
        self._network.to(device)
        body: nn.Module = self._network.body
        if uses_int8(device):
            quantise(body)
            settle(body)
        else:
            body.to(best_dtype(device))
        self._device = device
        self._text = PairTokenizer(folder, self._network.body.config.max_position_embeddings)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Return one reading a passage, in their order.

        A passage longer than a window is read in several that overlap.
        """
        windows = [
            (place, window)
            for place, passage in enumerate(passages)
            for window in self._text.windows(question, heading(passage), passage.text)
        ]
        found: list[list[WindowScores]] = [[] for _ in passages]
        windows.sort(key=lambda pair: len(pair[1].ids))
        size = BATCH_WINDOWS[self._device]
        for start in range(0, len(windows), size):
            some = windows[start : start + size]
            scored = self._score([window for _, window in some])
            for (place, _), scores in zip(some, scored, strict=True):
                found[place].append(scores)
        return [read_passage(*pair) for pair in zip(passages, found, strict=True)]

    def _score(self, windows: Sequence[Window]) -> Iterator[WindowScores]:
        """Yield the log-probabilities of each window."""
        batch = collate(windows, self._text.padding, self._device)
        with torch.inference_mode():
            rows = self._network(batch).cpu().numpy().astype(np.float64)
        for place, window in enumerate(windows):
            chosen = [0, *range(window.first, window.first + len(window.offsets))]
            yield WindowScores(rows[0, place, chosen], rows[1, place, chosen], window.offsets)


def collate(windows: Sequence[Window], padding: int, device: str) -> Batch:
    """Return windows as one batch, the shorter ones filled up at their end."""
    longest = max(len(window.ids) for window in windows)
    ids = torch.full((len(windows), longest), padding)
    open_ = torch.zeros(ids.shape, dtype=torch.bool)
    open_[:, 0] = True
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        open_[row, window.first : window.first + len(window.offsets)] = True
    lengths = torch.tensor([len(window.ids) for window in windows])
    real = torch.arange(longest) < lengths[:, None]
    attention = None if bool(real.all()) else real.long().to(device)
    return Batch(ids.to(device), attention, open_.to(device))


def adapter_base(path: Path) -> str:
    """Return the fingerprint of the encoder that an adapter was made for.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        with safe_open(path, framework="pt") as file:
            return str(json.loads(file.metadata()[FACTS])["base"])
    except _DAMAGED as error:
        raise ModelError(messages.READER_UNUSABLE.format(file=path, error=error)) from error


def read_adapter(path: Path, base: str) -> Adapter:
    """Return the adapter in a file, made for the encoder with the fingerprint `base`.

    Raises:
        ModelError: it cannot be read, or is another version's or another encoder's.
    """
    try:
        with safe_open(path, framework="pt") as file:
            facts = json.loads(file.metadata()[FACTS])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
        made = (facts["format"], facts["layout"])
        encoder = str(facts["base"])
    except _DAMAGED as error:
        raise ModelError(messages.READER_UNUSABLE.format(file=path, error=error)) from error
    if made != (FORMAT, LAYOUT):
        raise ModelError(messages.READER_UNUSABLE.format(file=path, error=f"format {made}"))
    if encoder != base:
        raise ModelError(
            messages.READER_OTHER_ENCODER.format(file=path, made=encoder[:12], found=base[:12])
        )
    return Adapter(facts, tensors)


def merge(weights: Tensors, adapter: Adapter) -> Tensors:
    """Return an encoder's weights with `W + scale B A` for each layer that was adapted.

    The method is LoRA (Hu et al. 2021, section 4.1): merged, it costs nothing more to compute.

    Raises:
        KeyError, RuntimeError: the adapter is that of another network.
    """
    merged = dict(weights)
    for name in adapter.tensors:
        layer, _, part = name.rpartition(".")
        if part == "A":
            change = adapter.tensors[f"{layer}.B"].float() @ adapter.tensors[name].float()
            merged[f"{layer}.weight"] = weights[f"{layer}.weight"] + adapter.facts["scale"] * change
    return merged


def load_body(folder: Path, weights: Tensors, changes: Mapping[str, float]) -> BertModel:
    """Return the encoder of a folder with these weights, which are taken over, not copied.

    Args:
        folder: holds the configuration of the network.
        weights: its parameters by name, among others perhaps.
        changes: other values than the configuration's; fewer layers are the lowest ones.

    Raises:
        KeyError, RuntimeError: they are the weights of another network.
    """
    config = BertConfig.from_pretrained(folder, local_files_only=True)
    config.update(dict(changes))
    with init_empty_weights(include_buffers=False):
        body = BertModel(config, add_pooling_layer=False)
    body.load_state_dict({name: weights[name] for name in body.state_dict()}, assign=True)
    return body


def body_weights(folder: Path) -> Tensors:
    """Return the weights of an encoder's folder, mapped: what is not used is not read."""
    return load_file(folder / "model.safetensors")


def _merged(folder: Path, adapter: Adapter) -> SpanNetwork:
    """Return the network with all that was learnt in it, in float32."""
    layers = {"num_hidden_layers": int(adapter.facts["layers"])}
    network = SpanNetwork(load_body(folder, merge(body_weights(folder), adapter), layers))
    head = {part: adapter.tensors[f"head.{part}"].float() for part in ("weight", "bias")}
    network.head.load_state_dict(head)
    return network
