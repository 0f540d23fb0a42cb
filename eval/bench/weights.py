"""How much of a generator's weights one token needs: what its speed is bounded by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path

import safetensors

from eval.bench.machine import Rates
from rag import models
from rag.environment import Environment
from rag.hardware import best_device, generator_format

WIDTHS = {"int8": 1, "bfloat16": 2, "float32": 4}
"""Bytes of one weight in each format that a generator is computed in."""

EMBEDDING, HEAD = "embed_tokens", "lm_head"


@dataclass(frozen=True, slots=True)
class Weights:
    """The matrices of a generator, in numbers; what is one-dimensional weighs next to nothing.

    `layers` are needed for each token of a prompt, of which only the last goes on to the
    output matrix, `head`; each token of an answer needs both.
    """

    layers: int
    head: int
    format: str

    @property
    def read(self) -> int:
        """Bytes that are read for each token of an answer."""
        return (self.layers + self.head) * WIDTHS[self.format]


@dataclass(frozen=True, slots=True)
class Limit:
    """Tokens a second of prompt and of answer that these weights allow, one by one."""

    prompt: float
    answer: float


def weights_of(reference: str, environment: Environment) -> Weights:
    """Return the weights of a generator in the format that it is computed in here.

    Raises:
        ModelMissingError: it is not on this machine.
    """
    folder = models.resolve(reference, environment.cache, offline=True)
    return counted(dict(_matrices(folder)), generator_format(best_device()))


def counted(matrices: Mapping[str, int], used: str) -> Weights:
    """Add matrices up; the embeddings are looked up row by row, and may be the output matrix.

    Args:
        matrices: how many numbers each has, by name.
        used: the format that they are computed in.
    """
    ends = {name: n for name, n in matrices.items() if EMBEDDING in name or HEAD in name}
    head = [n for name, n in ends.items() if HEAD in name] or list(ends.values())
    return Weights(sum(matrices.values()) - sum(ends.values()), sum(head), used)


def limit_of(weights: Weights, rates: Rates) -> Limit:
    """Return the bounds that memory sets for an answer, and multiplication for a prompt.

    They are the two roofs of the roofline model (Williams, Waterman and Patterson, CACM 2009).
    Attention, which adds to both, is left out. Prompt lookup may go beyond the second one: it
    can get several tokens out of one reading of the weights.
    """
    return Limit(
        prompt=rates.products[weights.format] / weights.layers,
        answer=rates.bandwidth / weights.read,
    )


def _matrices(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the name of each matrix of a folder with how many numbers it has; none is read."""
    for path in sorted(folder.glob("*.safetensors")):
        with safetensors.safe_open(path, framework="numpy") as file:
            for name in file.keys():  # noqa: SIM118 - a file is no mapping
                shape = file.get_slice(name).get_shape()
                if len(shape) > 1:
                    yield name, prod(shape)
