"""The generator's conversion: the tie, greedy settings, and the whole way from a GGUF file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGUFWriter, TokenType
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

from rag.models.convert_generator import convert_generator, tie_again
from tests.real_models import generator_folder

HIDDEN, FEED_FORWARD, HEADS, CONTEXT = 32, 64, 2, 128
TOKENS = (*"abcdefghijklmnopqrstuvwxyz", "Ġ", "Ã", "©", "ab", "<|endoftext|>", "<|im_start|>",
          "<|im_end|>", "<tool_call>")  # fmt: skip
TEMPLATE = "{% for m in messages %}<|im_start|>{{ m.role }}{{ m.content }}<|im_end|>{% endfor %}"


def tiny_model() -> Qwen2ForCausalLM:
    config = Qwen2Config(
        vocab_size=len(TOKENS),
        hidden_size=HIDDEN,
        intermediate_size=FEED_FORWARD,
        num_hidden_layers=1,
        num_attention_heads=HEADS,
        num_key_value_heads=HEADS,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=False,
    )
    torch.manual_seed(3)
    return Qwen2ForCausalLM(config)


def test_two_roundings_of_one_matrix_become_the_finer_one() -> None:
    model = tiny_model()
    output = model.lm_head.weight.detach().clone()
    with torch.no_grad():
        model.model.embed_tokens.weight.copy_(output * 1.05)
    assert tie_again(model) is True
    assert model.model.embed_tokens.weight is model.lm_head.weight
    assert torch.equal(model.model.embed_tokens.weight, output)
    assert model.config.tie_word_embeddings is True


def test_two_different_matrices_stay_two() -> None:
    model = tiny_model()
    embeddings = model.model.embed_tokens.weight.detach().clone()
    assert tie_again(model) is False
    assert torch.equal(model.model.embed_tokens.weight, embeddings)
    assert model.config.tie_word_embeddings is False


def write_tokens(writer: GGUFWriter) -> None:
    kinds = [TokenType.NORMAL] * 30 + [TokenType.CONTROL] * 3 + [TokenType.USER_DEFINED]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(list(TOKENS))
    writer.add_token_types(kinds)
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(30)
    writer.add_eos_token_id(32)
    writer.add_pad_token_id(30)
    writer.add_chat_template(TEMPLATE)


def write_tensors(writer: GGUFWriter) -> None:
    random = np.random.default_rng(1)
    matrices = {
        "attn_q": (HIDDEN, HIDDEN),
        "attn_k": (HIDDEN, HIDDEN),
        "attn_v": (HIDDEN, HIDDEN),
        "attn_output": (HIDDEN, HIDDEN),
        "ffn_gate": (FEED_FORWARD, HIDDEN),
        "ffn_up": (FEED_FORWARD, HIDDEN),
        "ffn_down": (HIDDEN, FEED_FORWARD),
    }
    embeddings = random.normal(size=(len(TOKENS), HIDDEN)).astype(np.float32)
    writer.add_tensor("token_embd.weight", embeddings * np.float32(1.02))
    writer.add_tensor("output.weight", embeddings)
    for name, shape in matrices.items():
        values = random.normal(size=shape, scale=0.2).astype(np.float32)
        writer.add_tensor(f"blk.0.{name}.weight", values)
    for name in ("attn_q", "attn_k", "attn_v"):
        writer.add_tensor(f"blk.0.{name}.bias", np.zeros(HIDDEN, dtype=np.float32))
    for name in ("blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(HIDDEN, dtype=np.float32))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("generator")
    writer = GGUFWriter(work / "model.gguf", "qwen2")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(1)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1e6)
    writer.add_vocab_size(len(TOKENS))
    write_tokens(writer)
    write_tensors(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    convert_generator(work / "model.gguf", work / "dossier")
    return work / "dossier"


def test_the_folder_is_a_transformers_model_in_bfloat16(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    assert (config["model_type"], config["dtype"]) == ("qwen2", "bfloat16")
    assert config["tie_word_embeddings"] is True
    assert "quantization_config" not in config
    model: Any = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    assert model.get_input_embeddings().weight is model.get_output_embeddings().weight


def test_generation_is_greedy_and_ends_with_the_turn(folder: Path) -> None:
    settings = json.loads((folder / "generation_config.json").read_text())
    assert settings["do_sample"] is False
    assert settings["eos_token_id"] == [30, 32]
    assert settings["pad_token_id"] == 30


def test_the_tokenizer_keeps_ids_length_composition_and_template(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    assert tokenizer.model_max_length == CONTEXT
    assert tokenizer("<|im_start|>ab<tool_call>").input_ids == [31, 29, 33]
    assert tokenizer("e\u0301").input_ids == tokenizer("é").input_ids == [27, 28]
    assert tokenizer.chat_template == TEMPLATE


QWEN_TOKENS = {
    "<|endoftext|>": 151643,
    "<|im_start|>": 151644,
    "<|im_end|>": 151645,
    "<|object_ref_start|>": 151646,
    "<|object_ref_end|>": 151647,
    "<|box_start|>": 151648,
    "<|box_end|>": 151649,
    "<|quad_start|>": 151650,
    "<|quad_end|>": 151651,
    "<|vision_start|>": 151652,
    "<|vision_end|>": 151653,
    "<|vision_pad|>": 151654,
    "<|image_pad|>": 151655,
    "<|video_pad|>": 151656,
    "<tool_call>": 151657,
    "</tool_call>": 151658,
    "<|fim_prefix|>": 151659,
    "<|fim_middle|>": 151660,
    "<|fim_suffix|>": 151661,
    "<|fim_pad|>": 151662,
    "<|repo_name|>": 151663,
    "<|file_sep|>": 151664,
}
"""The added tokens of Qwen2.5, by the publisher's own tokenizer."""


@pytest.mark.models
@pytest.mark.parametrize("folder", [generator_folder])
def test_the_real_tokenizer_has_every_added_token(folder: Callable[[], Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder(), local_files_only=True)
    assert tokenizer.get_added_vocab() == QWEN_TOKENS
    assert tokenizer("".join(QWEN_TOKENS)).input_ids == list(QWEN_TOKENS.values())
    assert tokenizer.model_max_length == 32768
    assert tokenizer("l’e\u0301te\u0301").input_ids == tokenizer("l’été").input_ids
    assert "<|im_start|>assistant" in tokenizer.chat_template


@pytest.mark.models
def test_the_real_generator_is_tied_bfloat16_and_greedy() -> None:
    config = json.loads((generator_folder() / "config.json").read_text())
    assert (config["dtype"], config["tie_word_embeddings"]) == ("bfloat16", True)
    settings = json.loads((generator_folder() / "generation_config.json").read_text())
    assert (settings["do_sample"], settings["eos_token_id"]) == (False, [151643, 151645])
