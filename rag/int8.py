"""Linear layers in 8-bit integers: a fraction of the memory and of the time of float32."""

import torch
from torch import nn

STEPS = 127
"""The largest magnitude of a signed byte that is its own negative's too."""

SMALLEST = 1e-8
"""A token's greatest activation is taken as this at least: a row of zeros has no scale."""


ROWS = 128
"""Rows of a weight that are converted together: a megabyte or two, which a core's cache holds."""


class Int8Linear(nn.Module):
    """`x W^T + b` with one scale a row of `W` and, found anew each time, one a row of `x`.

    Symmetric dynamic quantisation by channel and by token, as in ZeroQuant (Yao et al. 2022,
    section 4.1). Products are summed exactly in 32-bit integers: a token's result does not
    depend on what else is in the batch.
    """

    def __init__(self, linear: nn.Linear) -> None:
        """Take over the weights of `linear`."""
        super().__init__()
        weight = torch.empty(linear.weight.shape, dtype=torch.int8)
        scale = torch.empty(linear.out_features)
        for start in range(0, linear.out_features, ROWS):
            some = slice(start, start + ROWS)
            weight[some], scale[some] = _to_bytes(linear.weight.detach()[some].float())
        self.weight = nn.Buffer(weight)
        self.scale = nn.Buffer(scale)
        self.bias = None if linear.bias is None else nn.Buffer(linear.bias.detach().float())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output in float32, shape (..., out) for (..., in)."""
        rows = x.reshape(-1, x.shape[-1])
        quantised, scale = _to_bytes(rows)
        sums = torch._int_mm(quantised, self.weight.t())  # noqa: SLF001 - torch has no public name
        out = torch.mul(sums, scale[:, None]).mul_(self.scale)
        if self.bias is not None:
            out += self.bias
        return out.reshape(*x.shape[:-1], -1)


def _to_bytes(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return rows as bytes, the largest magnitude of each being 127, and the scale of each."""
    scale = rows.abs().amax(dim=1).clamp_(min=SMALLEST).div_(STEPS)
    return (rows / scale[:, None]).round_().to(torch.int8), scale


def quantise(model: nn.Module) -> None:
    """Replace every linear layer below `model` by its 8-bit one, in place; free the old ones."""
    places = [
        (parent, name)
        for parent in model.modules()
        for name, child in parent.named_children()
        if isinstance(child, nn.Linear)
    ]
    for parent, name in places:
        setattr(parent, name, Int8Linear(getattr(parent, name)))
