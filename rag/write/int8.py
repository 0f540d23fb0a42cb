"""Linear layers in 8-bit integers: a fraction of the memory and of the time of float32."""

from collections.abc import Iterator, Mapping

import torch
from torch import nn

STEPS = 127
"""The largest magnitude of a signed byte that is its own negative's too."""

SMALLEST = 1e-8
"""A token's greatest activation is taken as this at least: a row of zeros has no scale."""

ROWS = 128
"""Rows of a weight that are converted together: a megabyte or two, which a core's cache holds."""

Tensors = Mapping[str, torch.Tensor]


class Int8Linear(nn.Module):
    """`x W^T + b` with one scale a row of `W` and, found anew each time, one a row of `x`.

    Symmetric dynamic quantisation by channel and by token, as in ZeroQuant (Yao et al. 2022,
    section 4.1). Products are summed exactly in 32-bit integers: a token's result does not
    depend on what else is in the batch.
    """

    def __init__(self, tensors: Tensors) -> None:
        """Compute with `weight` (int8, out by in), `scale` (out) and, if there is one, `bias`."""
        super().__init__()
        self.weight = nn.Buffer(tensors["weight"])
        self.scale = nn.Buffer(tensors["scale"])
        self.bias = nn.Buffer(tensors["bias"]) if "bias" in tensors else None

    @classmethod
    def of(cls, linear: nn.Linear) -> "Int8Linear":
        """Take over the weights of `linear`."""
        weight = torch.empty(linear.weight.shape, dtype=torch.int8)
        scale = torch.empty(linear.out_features)
        for start in range(0, linear.out_features, ROWS):
            some = slice(start, start + ROWS)
            weight[some], scale[some] = _to_bytes(linear.weight.detach()[some].float())
        bias = {} if linear.bias is None else {"bias": linear.bias.detach().float()}
        return cls({"weight": weight, "scale": scale, **bias})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output in float32, shape (..., out) for (..., in)."""
        rows = x.reshape(-1, x.shape[-1])
        quantised, scale = _to_bytes(rows)
        sums = torch._int_mm(quantised, self.weight.t())  # noqa: SLF001 - torch has no public name
        # Converted first: a product of integers and floats takes three times as long, bit for bit.
        out = sums.float().mul_(scale[:, None]).mul_(self.scale)
        if self.bias is not None:
            out += self.bias
        return out.reshape(*x.shape[:-1], -1)


class ShortEmbedding(nn.Module):
    """An embedding that keeps its weights' format and gives float32: a row is little work."""

    def __init__(self, tensors: Tensors) -> None:
        """Look up rows of `weight`."""
        super().__init__()
        self.weight = nn.Buffer(tensors["weight"])

    @classmethod
    def of(cls, embedding: nn.Embedding) -> "ShortEmbedding":
        """Take over the weights of `embedding`."""
        return cls({"weight": embedding.weight.detach()})

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the rows of `ids` in float32, shape (..., dimension) for (...)."""
        return nn.functional.embedding(ids, self.weight).float()


def _to_bytes(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return rows as bytes, the largest magnitude of each being 127, and the scale of each."""
    greatest = torch.maximum(rows.amax(dim=1), -rows.amin(dim=1))
    scale = greatest.clamp_(min=SMALLEST).div_(STEPS)
    return (rows / scale[:, None]).round_().to(torch.int8), scale


def quantise(model: nn.Module) -> None:
    """Compute all of `model` in 8-bit layers and float32 between them; free the old layers.

    The model keeps no float32 copy of what it has in a shorter format.
    """
    for parent, name in list(_places(model)):
        child = getattr(parent, name)
        made = Int8Linear.of(child) if isinstance(child, nn.Linear) else ShortEmbedding.of(child)
        setattr(parent, name, made)
    for parameter in model.parameters():
        parameter.data = parameter.data.float()


def restore(skeleton: nn.Module, tensors: Tensors) -> None:
    """Make `skeleton`, whose weights hold nothing, the model that `tensors` were taken from.

    Args:
        skeleton: a model of the same shape, before `quantise`.
        tensors: what `state_dict` of the quantised model gave.

    Raises:
        KeyError, RuntimeError: they are those of another model.
    """
    names = {module: name for name, module in skeleton.named_modules()}
    for parent, name in list(_places(skeleton)):
        kind = Int8Linear if isinstance(getattr(parent, name), nn.Linear) else ShortEmbedding
        prefix = f"{names[parent]}.{name}.".removeprefix(".")
        own = (part for part in ("weight", "scale", "bias") if prefix + part in tensors)
        setattr(parent, name, kind({part: tensors[prefix + part] for part in own}))
    skeleton.load_state_dict(tensors, assign=True)


def _places(model: nn.Module) -> Iterator[tuple[nn.Module, str]]:
    """Yield each layer that has a shorter form, as its parent and its name there."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, nn.Linear | nn.Embedding):
                yield parent, name
