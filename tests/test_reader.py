"""The extractive reader: its network, its adapter's file, and how it reads passages."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from rag.errors import ModelError
from rag.french.sentences import sentence_spans
from rag.models import fingerprint
from rag.models.convert_encoder import convert_encoder
from rag.search.pairs import LAYOUT, PairTokenizer, Window
from rag.search.reader import (
    FACTS,
    FORMAT,
    Adapter,
    SpanNetwork,
    SpanReader,
    body_weights,
    collate,
    load_body,
    merge,
)
from rag.search.reading import FLOOR, Span
from rag.types import Passage
from rag.write.int8 import quantise
from tests.tiny_encoder import HIDDEN, POSITIONS, make_values, write_packed, write_tokenizer

LAYER = "encoder.layer.0.attention.self.query"


def passage(text: str, start: int = 0, title: str = "", section: str = "") -> Passage:
    return Passage(
        f"{start:015x}", "essai/a.md", title, section, None, start, start + len(text), text
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("reader")
    packed = write_packed(work / "e5-small-q4.bin", make_values())
    convert_encoder(packed, write_tokenizer(work / "tokenizer.json"), work / "dossier")
    return work / "dossier"


@pytest.fixture(scope="module")
def text(folder: Path) -> PairTokenizer:
    return PairTokenizer(folder, POSITIONS)


def facts(base: str, **changes: object) -> Mapping[str, Any]:
    return {"format": FORMAT, "layout": LAYOUT, "base": base, "scale": 0.5, "layers": 1, **changes}


def tensors() -> dict[str, torch.Tensor]:
    """Return an adapter of one layer, of rank 2, and a head."""
    generator = torch.Generator().manual_seed(3)
    shapes = {
        f"{LAYER}.A": (2, HIDDEN), f"{LAYER}.B": (HIDDEN, 2),
        "head.weight": (2, HIDDEN), "head.bias": (2,),
    }  # fmt: skip
    return {name: torch.randn(shape, generator=generator).half() for name, shape in shapes.items()}


def write(path: Path, known: Mapping[str, Any], parts: dict[str, torch.Tensor]) -> Path:
    save_file(parts, path, metadata={FACTS: json.dumps(dict(known))})
    return path


@pytest.fixture(scope="module")
def adapter(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adapter") / "reader.safetensors"
    return write(path, facts(fingerprint(folder)), tensors())


@pytest.fixture(scope="module")
def reader(folder: Path, adapter: Path) -> SpanReader:
    return SpanReader(folder, fingerprint(folder), adapter)


def test_merging_adds_the_scaled_product_to_the_layers_weight_alone() -> None:
    weights = {"l.weight": torch.eye(2), "l.bias": torch.ones(2), "m.weight": torch.zeros(2, 2)}
    low, high = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0], [0.0]])
    merged = merge(weights, Adapter({"scale": 0.5}, {"l.A": low, "l.B": high}))
    assert merged["l.weight"].tolist() == [[2.5, 3.0], [0.0, 1.0]]
    assert merged["l.bias"] is weights["l.bias"]
    assert merged["m.weight"] is weights["m.weight"]
    assert weights["l.weight"].tolist() == [[1.0, 0.0], [0.0, 1.0]]


def network(folder: Path) -> SpanNetwork:
    torch.manual_seed(7)
    return SpanNetwork(load_body(folder, body_weights(folder), {})).eval()


def windows(text: PairTokenizer) -> list[Window]:
    return [*text.windows("ou", "le", "la mer"), *text.windows("qui", "", "un phare tourne")]


@torch.no_grad()
def test_only_the_text_and_the_first_token_can_be_chosen(folder: Path, text: PairTokenizer) -> None:
    some = windows(text)
    found = network(folder)(collate(some, text.padding, "cpu")).exp()
    assert torch.allclose(found.sum(-1), torch.ones(2, 2))
    for row, window in enumerate(some):
        chosen = [0, *range(window.first, len(window.ids) - 1)]
        assert torch.nonzero(found[0, row]).flatten().tolist() == chosen


@torch.no_grad()
def test_a_window_is_read_alike_alone_and_beside_a_longer_one(
    folder: Path, text: PairTokenizer
) -> None:
    short, long = windows(text)
    made = network(folder)
    together = made(collate([short, long], text.padding, "cpu"))[:, 0, : len(short.ids)]
    alone = made(collate([short], text.padding, "cpu"))[:, 0]
    assert torch.allclose(together.exp(), alone.exp(), atol=1e-6)


def test_without_padding_there_is_no_mask(text: PairTokenizer) -> None:
    short, long = windows(text)
    assert collate([long, long], text.padding, "cpu").attention is None
    mask = collate([short, long], text.padding, "cpu").attention
    assert mask is not None
    assert mask.sum(-1).tolist() == [len(short.ids), len(long.ids)]


def test_a_network_may_have_the_lowest_layers_alone(folder: Path) -> None:
    weights = body_weights(folder)
    kept = load_body(folder, weights, {"num_hidden_layers": 0}).state_dict()
    assert set(kept) == {name for name in weights if name.startswith("embeddings.")}
    with pytest.raises(KeyError, match=r"layer\.1"):
        load_body(folder, weights, {"num_hidden_layers": 2})


@torch.no_grad()
def test_in_8_bits_it_stays_near(folder: Path, text: PairTokenizer) -> None:
    batch = collate(windows(text), text.padding, "cpu")
    made = network(folder)
    exact = made(batch)
    quantise(made.body)
    near = made(batch)
    chosen = torch.isfinite(exact)
    assert made.head.weight.dtype is torch.float32
    assert 0 < (near - exact)[chosen].abs().max() < 0.1


PASSAGES = (
    passage("le phare tourne. la mer monte."),
    passage("un bac.", start=40, title="port"),
    passage(" ".join(f"mot{'abcdefgh'[n]} dit la nuit." for n in range(8)), start=60),
)


def test_each_passage_gets_a_reading_of_its_sentences(reader: SpanReader) -> None:
    found = reader.read("ou", PASSAGES)
    counts = [len(sentence_spans(one.text)) for one in PASSAGES]
    assert [len(one.sentences) for one in found] == counts == [2, 1, 8]
    assert all(score > FLOOR for one in found for score in one.sentences)
    for one, read in zip(PASSAGES, found, strict=True):
        assert one.start <= read.answer.start < read.answer.end <= one.end
        assert read.absent < 0


def test_the_same_passages_are_read_the_same_and_in_their_order(reader: SpanReader) -> None:
    found = reader.read("ou", PASSAGES)
    assert reader.read("ou", PASSAGES) == found
    backwards = reader.read("ou", PASSAGES[::-1])[::-1]
    for one, other in zip(found, backwards, strict=True):
        assert np.allclose(one.sentences, other.sentences, atol=1e-4)


def test_more_windows_than_a_batch_are_read_too(reader: SpanReader) -> None:
    found = reader.read("ou", PASSAGES[:2] * 6)
    assert [len(one.sentences) for one in found] == [2, 1] * 6


def test_nothing_and_empty_passages_can_be_read(reader: SpanReader) -> None:
    assert reader.read("ou", []) == []
    (empty,) = reader.read("ou", [passage("")])
    assert (empty.sentences, empty.answer) == ((), Span(0, 0, FLOOR))


def test_what_was_learnt_is_told_by_the_files_bytes(reader: SpanReader, adapter: Path) -> None:
    assert reader.fingerprint == hashlib.sha256(adapter.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"base": "f" * 64}, "ffffffffffff"),
        ({"format": FORMAT + 1}, "format"),
        ({"layout": LAYOUT + 1}, "format"),
    ],
)
def test_an_adapter_made_for_something_else_is_refused(
    folder: Path, tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    path = write(
        tmp_path / "autre.safetensors", {**facts(fingerprint(folder)), **changes}, tensors()
    )
    with pytest.raises(ModelError, match=reason):
        SpanReader(folder, fingerprint(folder), path)


def test_a_file_that_is_missing_damaged_or_without_a_layer_is_refused(
    folder: Path, adapter: Path, tmp_path: Path
) -> None:
    base, path = fingerprint(folder), tmp_path / "reader.safetensors"
    with pytest.raises(ModelError, match=r"reader\.safetensors"):
        SpanReader(folder, base, path)
    path.write_bytes(adapter.read_bytes()[:-100])
    with pytest.raises(ModelError, match=r"reader\.safetensors"):
        SpanReader(folder, base, path)
    save_file(tensors(), path)
    with pytest.raises(ModelError, match=r"reader\.safetensors"):
        SpanReader(folder, base, path)
    whole = tensors()
    for name in (f"{LAYER}.B", "head.bias"):
        parts = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(ModelError, match=r"reader\.safetensors"):
            SpanReader(folder, base, write(path, facts(base), parts))
