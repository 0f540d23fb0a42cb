"""The packed encoder to a normal sentence-transformers folder in float32.

float32 because it holds the dequantised values exactly; in float16 half of them would be
rounded once more to save 0.24 GB.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from rag.index.encode import save_sentence_transformer
from rag.models.e5s1 import Shape, read_packed

PROMPTS = {"query": "query: ", "document": "passage: "}
"""What the authors of E5 put before questions and passages (their model card)."""

_MAX_TOKENS = 512
_SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "pad_token": "<pad>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_PARTS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def convert_encoder(weights: Path, tokenizer: Path, target: Path) -> None:
    """Write the folder `target` from an E5S1 file and the XLM-R `tokenizer.json`.

    Raises:
        ModelError: the weights' file is not E5S1 or is cut.
        RuntimeError: a tensor is missing or has another size than the network's.
    """
    body = target.with_name(target.name + ".body")
    build_bert(weights).save_pretrained(body)
    build_tokenizer(tokenizer).save_pretrained(body)
    # transformers would else add a pooler with random weights at every load.
    save_sentence_transformer(body, target, PROMPTS, {"add_pooling_layer": False})


def build_bert(weights: Path) -> BertModel:
    """Return the BERT network (no pooler) with the dequantised tensors of an E5S1 file."""
    packed = read_packed(weights)
    model = BertModel(bert_config(packed.shape), add_pooling_layer=False)
    expected = model.state_dict()
    names = tensor_names(packed.shape.layers)
    state = {
        names[name]: _shaped(values, expected[names[name]].shape)
        for name, values in packed.tensors.items()
    }
    model.load_state_dict(state, strict=True)
    return model


def bert_config(shape: Shape) -> BertConfig:
    """Return the configuration with the sizes of the file; GELU is the exact one."""
    return BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        hidden_act="gelu",
        pad_token_id=1,
    )


def tensor_names(layers: int) -> dict[str, str]:
    """Return the name in transformers for each name in the file."""
    names = dict(_EMBEDDING_PARTS)
    for layer in range(layers):
        for short, long in _LAYER_PARTS.items():
            for end, word in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{short}.{end}"] = f"encoder.layer.{layer}.{long}.{word}"
    return names


def build_tokenizer(path: Path) -> PreTrainedTokenizerFast:
    """Return the XLM-R tokenizer of a `tokenizer.json` with its special tokens' roles."""
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it so
        tokenizer_file=str(path), model_max_length=_MAX_TOKENS, **_SPECIAL_TOKENS
    )


def _shaped(values: NDArray[np.float32], shape: torch.Size) -> torch.Tensor:
    """Return the flat values as a tensor of the network's shape."""
    return torch.from_numpy(values).reshape(shape)
