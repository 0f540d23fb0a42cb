"""Low-rank layers on the encoder and the adapter made of them; the only file that imports peft."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import LoraLayer
from safetensors.torch import save_file
from torch import nn

from rag.search.reader import FACTS, SpanNetwork, body_weights, load_body
from rag.train.files import replace

_NAME = "default"
_TARGETS = ("query", "key", "value", "dense")
"""The linear layers of a BERT layer: attention's four and the two of the feed-forward part."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of the encoder is changed.

    `rank` is that of each change, which is multiplied with `alpha / rank`. The encoder is used
    up to its layer number `layers`: reading and training cost so much less with fewer. The
    lowest of them, one in `frozen`, stay as they are, so that nothing is computed backwards
    through them: with 4 of 12 that is a sixth of a step. None of the four is tuned.
    """

    rank: int = 32
    alpha: int = 32
    layers: int = 12
    frozen: int = 3

    @property
    def scale(self) -> float:
        """What each change is multiplied with."""
        return self.alpha / self.rank


def adapted_network(folder: Path, shape: Shape, seed: int) -> SpanNetwork:
    """Return the encoder of a folder with layers to be trained and a new head.

    Its answers are those of the encoder as it is, since `B` is zero (Hu et al. 2021). Weights
    of attention are never dropped out: of all that is drawn at random, they are most by far.
    """
    torch.manual_seed(seed)
    layers = min(shape.layers, depth(folder))
    changes = {"attention_probs_dropout_prob": 0.0, "num_hidden_layers": layers}
    body = load_body(folder, body_weights(folder), changes)
    config = LoraConfig(
        r=shape.rank,
        lora_alpha=shape.alpha,
        target_modules=list(_TARGETS),
        layers_to_transform=list(range(layers // shape.frozen, layers)),
    )
    network = SpanNetwork(body)
    inject_adapter_in_model(config, body, _NAME)
    return network


def depth(folder: Path) -> int:
    """Return how many layers the encoder of a folder has."""
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return int(settings["num_hidden_layers"])


def trained(network: nn.Module) -> dict[str, nn.Parameter]:
    """Return what is trained, by name, in a fixed order."""
    return {name: value for name, value in network.named_parameters() if value.requires_grad}


def adapter_tensors(network: SpanNetwork) -> dict[str, torch.Tensor]:
    """Return what was learnt as rag/search/reader.py reads it, in half precision."""
    tensors: dict[str, Any] = {f"head.{name}": it for name, it in network.head.named_parameters()}
    for name, layer in _adapted(network.body):
        tensors[f"{name}.A"] = layer.lora_A[_NAME].weight
        tensors[f"{name}.B"] = layer.lora_B[_NAME].weight
    return {name: value.detach().cpu().half().contiguous() for name, value in tensors.items()}


def write_adapter(path: Path, network: SpanNetwork, facts: Mapping[str, Any]) -> None:
    """Write the adapter in one step, with what is known of it; same input, same bytes.

    Raises:
        ModelError: it cannot be written; what stood there is still there.
    """
    known = {FACTS: json.dumps(dict(facts), sort_keys=True, ensure_ascii=False)}
    tensors = adapter_tensors(network)
    replace(path, lambda aside: save_file(tensors, aside, metadata=known))


def _adapted(body: nn.Module) -> Iterator[tuple[str, LoraLayer]]:
    """Yield each layer that is changed, by its name in the encoder."""
    for name, module in body.named_modules():
        if isinstance(module, LoraLayer):
            yield name, module
