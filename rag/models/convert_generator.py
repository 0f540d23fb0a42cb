"""A GGUF file to a normal transformers folder in bfloat16, once: starts are fast after."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import normalizers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    GgufConfig,
)

TIE_TOLERANCE = 0.2
"""Mean difference of two matrices over the mean of one, below which they are one matrix.

The two 4- and 6-bit roundings of Qwen2.5's tied matrix differ by 0.08; two independent
matrices of the same spread differ by more than 1.
"""


def convert_generator(weights: Path, target: Path) -> None:
    """Write the folder `target` from a GGUF file that holds a chat model of transformers.

    Raises:
        OSError, ValueError: the file is no GGUF that transformers reads.
    """
    model = AutoModelForCausalLM.from_pretrained(
        weights.parent,
        gguf_file=weights.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.bfloat16,
        local_files_only=True,
    )
    tie_again(model)
    tokenizer = read_tokenizer(weights, model.config.max_position_embeddings)
    model.generation_config = greedy(tokenizer)
    model.save_pretrained(target)
    tokenizer.save_pretrained(target)


def tie_again(model: Any) -> bool:
    """Make the output matrix one with the embeddings where both round the same matrix.

    GGUF files keep two roundings of a tied matrix. The output's is the finer one (6 bits
    against 4), so that both ends take it. Returns whether they are one now.
    """
    embeddings = model.get_input_embeddings().weight
    output = model.get_output_embeddings().weight
    if output is embeddings:
        return True
    with torch.no_grad():
        if (embeddings - output).abs().mean() > TIE_TOLERANCE * output.abs().mean():
            return False
        embeddings.copy_(output)
    model.config.tie_word_embeddings = True
    model.tie_weights()
    return True


def read_tokenizer(weights: Path, max_tokens: int) -> Any:
    """Return the tokenizer of the GGUF file, with the model's length in tokens and NFC.

    The file does not say that Qwen2 composes characters (NFC) first; the publisher's
    tokenizer does.
    """
    tokenizer = AutoTokenizer.from_pretrained(
        weights.parent,
        gguf_file=weights.name,
        local_files_only=True,
        model_max_length=max_tokens,
    )
    tokenizer.backend_tokenizer.normalizer = normalizers.NFC()
    return tokenizer


def greedy(tokenizer: Any) -> GenerationConfig:
    """Return the settings that always take the likeliest token, with the ends of a turn."""
    return GenerationConfig(  # type: ignore[no-untyped-call]  # transformers leaves it so
        do_sample=False,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=sorted({tokenizer.eos_token_id, tokenizer.pad_token_id}),
        pad_token_id=tokenizer.pad_token_id,
    )
