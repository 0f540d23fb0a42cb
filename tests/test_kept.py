"""8-bit weights kept between two starts: the same bytes back, or none at all."""

import logging
from pathlib import Path

import pytest
import torch
from transformers import Qwen2ForCausalLM

from rag.write import kept
from rag.write.generate import load_int8
from tests.test_convert_generator import tiny_model

PROMPT = torch.tensor([[3, 1, 4, 1, 5]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a tiny model in bfloat16."""
    made = tmp_path / "model"
    model = tiny_model()
    model.bfloat16()
    model.save_pretrained(made)
    return made


def logits(model: Qwen2ForCausalLM) -> torch.Tensor:
    with torch.inference_mode():
        found: torch.Tensor = model(PROMPT).logits
    return found


def test_a_model_that_was_kept_computes_the_same(folder: Path, tmp_path: Path) -> None:
    short = kept.place(tmp_path, "f" * 64)
    first = load_int8(folder, short)
    (folder / "model.safetensors").unlink()
    again = load_int8(folder, short)
    assert torch.equal(logits(first), logits(again))
    assert again.generation_config == first.generation_config


def test_kept_weights_that_are_damaged_are_made_anew(folder: Path, tmp_path: Path) -> None:
    short = kept.place(tmp_path, "f" * 64)
    expected = logits(load_int8(folder, short))
    sound = short.read_bytes()
    short.write_bytes(sound[: len(sound) // 2])
    assert torch.equal(logits(load_int8(folder, short)), expected)
    assert short.read_bytes() == sound


def test_kept_weights_of_another_model_are_made_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    short = kept.place(tmp_path, "f" * 64)
    kept.keep(short, {"other.weight": torch.ones(2)})
    load_int8(folder, short)
    assert "are not those of" in caplog.text
    found = kept.read(short)
    assert found is not None
    assert "lm_head.scale" in found


def test_without_a_place_to_write_the_model_still_loads(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "int8").write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        model = load_int8(folder, kept.place(tmp_path, "f" * 64))
    assert logits(model).shape == (1, 5, 34)
    assert "could not be kept" in caplog.text


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    path = kept.place(tmp_path, "a" * 64)
    kept.keep(path, {"x": torch.arange(3)})
    found = kept.read(path)
    assert found is not None
    assert found["x"].tolist() == [0, 1, 2]
    assert [one.name for one in path.parent.iterdir()] == [path.name]
