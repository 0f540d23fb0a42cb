"""Linear layers in 8-bit integers: a fraction of the memory and of the time of float32."""

import torch
from torch import nn

STEPS = 127
"""The largest magnitude of a signed byte that is its own negative's too."""

SMALLEST = 1e-8
"""A token's greatest activation is taken as this at least: a row of zeros has no scale."""


class Int8Linear(nn.Module):
    """`x W^T + b` with one scale a row of `W` and, found anew each time, one a row of `x`.

    Symmetric dynamic quantisation by channel and by token, as in ZeroQuant (Yao et al. 2022,
    section 4.1). Products are summed exactly in 32-bit integers: a token's result does not
    depend on what else is in the batch.
    """

    def __init__(self, linear: nn.Linear) -> None:
        """Take over the weights of `linear`."""
        super().__init__()
        weight = linear.weight.detach().to(torch.float32, copy=True)
        scale = torch.linalg.vector_norm(weight, float("inf"), dim=1).div_(STEPS)
        scale.clamp_(min=SMALLEST)
        self.weight = nn.Buffer(weight.div_(scale[:, None]).round_().to(torch.int8))
        self.scale = nn.Buffer(scale)
        self.bias = None if linear.bias is None else nn.Buffer(linear.bias.detach().float())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output in float32, shape (..., out) for (..., in)."""
        rows = x.reshape(-1, x.shape[-1])
        scale = rows.abs().amax(dim=1, keepdim=True).clamp_(min=SMALLEST).div_(STEPS)
        bytes_ = (rows / scale).round_().to(torch.int8)
        sums = torch._int_mm(bytes_, self.weight.t())  # noqa: SLF001 - torch has no public name
        out = sums.float().mul_(scale).mul_(self.scale)
        if self.bias is not None:
            out += self.bias
        return out.reshape(*x.shape[:-1], -1)


def quantise(model: nn.Module) -> None:
    """Replace every linear layer below `model` by its 8-bit one, in place; free the old ones."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Linear):
                setattr(parent, name, Int8Linear(child))
