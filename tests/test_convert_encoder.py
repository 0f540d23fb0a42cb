"""The packed encoder: exact values, every damage refused, a normal folder out of it."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from rag.errors import ModelError
from rag.models.convert_encoder import build_bert, build_tokenizer, convert_encoder, tensor_names
from rag.models.e5s1 import dequantize, read_packed
from rag.models.provide import convert_in_child
from tests.real_models import encoder_folder
from tests.tiny_encoder import HIDDEN, PIECES, make_values, write_packed, write_tokenizer

HEADER_BYTES = 44


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    return write_packed(tmp_path / "e5-small-q4.bin", make_values())


def test_a_block_is_a_scale_the_low_halves_then_the_high_ones() -> None:
    halves = bytes(low | ((15 - low) << 4) for low in range(16))
    block = np.frombuffer(struct.pack("<e", 0.5) + halves, dtype=np.uint8).reshape(1, 18)
    expected = [(low - 8) * 0.5 for low in range(16)] + [(7 - low) * 0.5 for low in range(16)]
    assert dequantize(block).tolist() == expected


def test_every_tensor_is_read_with_its_values(packed: Path) -> None:
    model = read_packed(packed)
    values = make_values()
    assert model.tensors.keys() == values.keys()
    for name, expected in values.items():
        assert np.array_equal(model.tensors[name], expected), name
    assert (model.shape.hidden, model.shape.vocabulary) == (HIDDEN, len(PIECES))


def test_a_file_cut_anywhere_is_refused(packed: Path) -> None:
    whole = packed.read_bytes()
    for size in [0, 3, 43, 44, 60, 70, 300, 500, 800, len(whole) // 2, len(whole) - 1]:
        packed.write_bytes(whole[:size])
        with pytest.raises(ModelError, match=r"e5-small-q4\.bin"):
            read_packed(packed)


def damage(path: Path, position: int, data: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[position : position + len(data)] = data
    path.write_bytes(whole)


@pytest.mark.parametrize(
    ("position", "data"),
    [
        pytest.param(0, b"GGUF", id="magic"),
        pytest.param(4, struct.pack("<I", 2), id="version"),
        pytest.param(8, struct.pack("<i", -384), id="negative size"),
        pytest.param(36, struct.pack("<f", float("nan")), id="epsilon"),
        pytest.param(40, struct.pack("<i", 64), id="block size"),
        pytest.param(HEADER_BYTES, struct.pack("<i", -5), id="negative pieces"),
        pytest.param(HEADER_BYTES, struct.pack("<i", 2**31 - 1), id="too many pieces"),
        pytest.param(HEADER_BYTES + 20, struct.pack("<Q", 2**64 - 1), id="text length"),
    ],
)
def test_false_figures_in_the_head_are_refused(packed: Path, position: int, data: bytes) -> None:
    damage(packed, position, data)
    with pytest.raises(ModelError, match="E5S1"):
        read_packed(packed)


@pytest.mark.parametrize(
    ("shift", "data"),
    [
        pytest.param(0, struct.pack("<B", 9), id="type"),
        pytest.param(1, struct.pack("<I", 33), id="count"),
        pytest.param(5, struct.pack("<Q", 2**64 - 8), id="offset"),
        pytest.param(13, struct.pack("<Q", 2**63), id="bytes"),
    ],
)
def test_false_figures_of_a_tensor_are_refused(packed: Path, shift: int, data: bytes) -> None:
    start = packed.read_bytes().index(b"emb.word") + len(b"emb.word")
    damage(packed, start + shift, data)
    with pytest.raises(ModelError, match="E5S1"):
        read_packed(packed)


def test_a_false_number_of_tensors_is_refused(packed: Path) -> None:
    start = packed.read_bytes().index(b"emb.word") - 6
    damage(packed, start, struct.pack("<i", 2**31 - 1))
    with pytest.raises(ModelError, match="2147483647"):
        read_packed(packed)


def test_each_tensor_lands_at_its_place_in_bert(packed: Path) -> None:
    model = build_bert(packed)
    state = model.state_dict()
    for name, place in tensor_names(1).items():
        assert np.array_equal(state[place].numpy().reshape(-1), make_values()[name]), place
    assert model.pooler is None


def test_a_missing_tensor_is_refused(tmp_path: Path) -> None:
    values = make_values()
    del values["l0.q.w"]
    path = write_packed(tmp_path / "incomplet.bin", values)
    with pytest.raises(RuntimeError, match=r"attention\.self\.query\.weight"):
        build_bert(path)


def test_the_tokenizer_knows_its_special_tokens(tmp_path: Path) -> None:
    tokenizer = build_tokenizer(write_tokenizer(tmp_path / "tokenizer.json"))
    assert tokenizer("ba").input_ids == [0, 4, 6, 5, 2]
    ids = (tokenizer.bos_token_id, tokenizer.pad_token_id, tokenizer.eos_token_id)
    assert ids == (0, 1, 2)
    assert (tokenizer.cls_token_id, tokenizer.sep_token_id) == (0, 2)
    assert (tokenizer.unk_token_id, tokenizer.mask_token) == (3, "<mask>")
    assert tokenizer.model_max_length == 512


def test_the_folder_is_a_sentence_transformer_with_e5_prompts(packed: Path) -> None:
    tokenizer = write_tokenizer(packed.with_name("tokenizer.json"))
    target = packed.with_name("dossier")
    convert_encoder(packed, tokenizer, target)
    settings = json.loads((target / "config_sentence_transformers.json").read_text())
    assert settings["prompts"] == {"query": "query: ", "document": "passage: "}
    modules = json.loads((target / "modules.json").read_text())
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    assert kinds == ["Transformer", "Pooling", "Normalize"]
    assert json.loads((target / "1_Pooling/config.json").read_text())["pooling_mode"] == "mean"
    assert json.loads((target / "config.json").read_text())["dtype"] == "float32"
    with safe_open(target / "model.safetensors", framework="np") as weights:
        assert set(weights.keys()) == set(tensor_names(1).values())
    assert [path.suffix for path in target.glob("*model*") if path.is_file()] == [".safetensors"]


def test_the_same_bytes_are_converted_to_the_same_bytes(packed: Path) -> None:
    tokenizer = write_tokenizer(packed.with_name("tokenizer.json"))
    for name in ("un", "deux"):
        convert_encoder(packed, tokenizer, packed.with_name(name))
    files = [p.relative_to(packed.with_name("un")) for p in packed.with_name("un").rglob("*.*")]
    for file in files:
        one, two = (packed.with_name(name) / file for name in ("un", "deux"))
        assert one.is_dir() or one.read_bytes() == two.read_bytes(), file


def test_a_failure_in_the_child_process_is_told_in_one_sentence(tmp_path: Path) -> None:
    write_tokenizer(tmp_path / "tokenizer.json")
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1")
    with pytest.raises(ModelError, match=r"e5-small.*n’est pas un fichier E5S1"):
        convert_in_child("encoder", tmp_path, tmp_path / "e5-small")


@pytest.mark.models
def test_the_real_encoder_has_the_publishers_sizes() -> None:
    config = json.loads((encoder_folder() / "config.json").read_text())
    assert (config["hidden_size"], config["num_hidden_layers"]) == (384, 12)
    assert (config["vocab_size"], config["max_position_embeddings"]) == (250037, 512)
