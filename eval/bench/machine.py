"""What the machine can do at best: copy memory, and multiply matrices in each format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import nn

from eval.bench.timing import turns
from eval.bench.types import Measure, Stand
from eval.measures.latency import quantile
from rag.hardware import has_bf16, uses_int8
from rag.write.int8 import Int8Linear, settle

COPIED = 2**29
"""Bytes of the array that is copied: far more than any cache holds."""

TOKENS, WIDTH, INNER = 512, 1536, 8960
"""The product that is timed: a prompt through the widest layer of Qwen2.5-1.5B."""


Work = Callable[[int], object]
"""Done once a round, whose number it is given."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Bytes copied a second, and multiply-adds a second by the name of the format."""

    bandwidth: float
    products: Mapping[str, float]


def measure_machine(stand: Stand, works: Mapping[str, Work] | None = None) -> Rates:
    """Measure what the physical limits of a model are computed from.

    The bandwidth counts each byte twice, as it is read and as it is written (McCalpin's
    STREAM, 1995, kernel Copy). A multiply-add counts once. All threads of torch take part.

    Args:
        stand: how often each is measured, in turn.
        works: `copy`, and a product by each format; without them those of this machine.
    """
    rates: dict[str, list[float]] = {}
    rounds = range(stand.rounds)
    for done, took in enumerate(turns(works or _works(), rounds, stand.clock), 1):
        for name, length in took.items():
            amount = 2 * COPIED if name == "copy" else TOKENS * WIDTH * INNER
            rates.setdefault(name, []).append(amount / length)
            measure = "bandwidth" if name == "copy" else "matrix_rate"
            stand.note(Measure("machine", name, measure), amount / length / 1e9)
        stand.progress("machine", done, stand.rounds)
    medians = {name: quantile(values, 0.5) for name, values in rates.items()}
    return Rates(medians.pop("copy"), medians)


def threads() -> int:
    """Return how many threads torch computes with."""
    return torch.get_num_threads()


def _works() -> dict[str, Work]:
    """Return the copy, and the product in each format that the processor has instructions for."""
    source, target = torch.ones(COPIED, dtype=torch.uint8), torch.empty(COPIED, dtype=torch.uint8)
    layer = nn.Linear(WIDTH, INNER, bias=False)
    rows = torch.ones(TOKENS, WIDTH)
    works: dict[str, Work] = {"copy": lambda _: target.copy_(source)}
    formats = {"float32": layer}
    if has_bf16():
        formats["bfloat16"] = nn.Linear(WIDTH, INNER, bias=False, dtype=torch.bfloat16)
    products = {name: _product(made, rows.to(made.weight.dtype)) for name, made in formats.items()}
    if uses_int8("cpu"):
        short = nn.Sequential(Int8Linear.of(layer))
        settle(short)
        products["int8"] = _product(short, rows)
    return works | products


def _product(layer: nn.Module, rows: torch.Tensor) -> Work:
    """Return the product of a layer with the activations of a prompt."""

    def multiply(_round: int) -> None:
        with torch.inference_mode():
            layer(rows)

    return multiply
