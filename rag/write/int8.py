"""Linear layers in 8-bit integers: a fraction of the memory and of the time of float32."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch
from torch import nn

from rag.hardware import packs_int8

STEPS = 127
"""The largest magnitude of a signed byte that is its own negative's too."""

SMALLEST = 1e-8
"""A token's greatest activation is taken as this at least: a row of zeros has no scale."""

BLOCK = 32_768
"""Elements of a weight that are converted together: a core's cache holds them, and torch leaves
them to one core. Beyond, it divides each step among all cores, which wait for one another: while
other programs had them too, a layer of 14 million elements took 3.3 s, and in these 0.1 s."""

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
        for some in _blocks(linear.weight):
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


class PackedLinear(nn.Module):
    """An `Int8Linear` for processors that add bytes in pairs only, through FBGEMM's kernels.

    The weights stand in the order in which the kernel reads them. They have 7 bits: AVX2 adds
    two products in 16 bits, and cuts what exceeds these. Rows are scaled to 1 before they are
    rounded, so that here too a token's result depends on no other. Over 309 tokens of answers the
    generator's divergence from float32 was 0.008, and its first choice the same for 99 %.
    """

    def __init__(self, layer: Int8Linear) -> None:
        """Take over what `layer` computes with."""
        super().__init__()
        zeros = torch.zeros(len(layer.scale), dtype=torch.long)
        # Neither name is public: torch has no other way to these kernels that takes a row's scale.
        weight = torch._make_per_channel_quantized_tensor(  # noqa: SLF001
            _halves(layer.weight), layer.scale.double() * 2, zeros, 0
        )
        self._packed = torch.ops.quantized.linear_prepack(weight, None)
        self.bias = None if layer.bias is None else nn.Buffer(layer.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the layer's output in float32, shape (..., out) for (..., in)."""
        rows = x.reshape(-1, x.shape[-1])
        greatest = _greatest(rows)[:, None]
        out: torch.Tensor = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32(
            rows / greatest, 1 / STEPS, STEPS + 1, self._packed
        )
        out.mul_(greatest)
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
    scale = _greatest(rows).div_(STEPS)
    return (rows / scale[:, None]).round_().to(torch.int8), scale


def _halves(weight: torch.Tensor) -> torch.Tensor:
    """Return half of each byte of a matrix, rounded to the even neighbour as `round` does.

    In bytes throughout: by way of floats it took as long as the packing itself.
    """
    halves = weight >> 1
    for some in _blocks(weight):
        halves[some] += halves[some] & weight[some] & 1
    return halves


def _blocks(matrix: torch.Tensor) -> Iterator[slice]:
    """Yield the rows of a matrix, some at a time; see `BLOCK`."""
    rows = max(1, BLOCK // matrix.shape[1])
    for start in range(0, len(matrix), rows):
        yield slice(start, start + rows)


def _greatest(rows: torch.Tensor) -> torch.Tensor:
    """Return the largest magnitude of each row, `SMALLEST` at least."""
    return torch.maximum(rows.amax(dim=1), -rows.amin(dim=1)).clamp_(min=SMALLEST)


def quantise(model: nn.Module) -> None:
    """Compute all of `model` in 8-bit layers and float32 between them; free the old layers.

    The model keeps no float32 copy of what it has in a shorter format.
    """
    _replace(model, _short, nn.Linear, nn.Embedding)
    for parameter in model.parameters():
        parameter.data = parameter.data.float()


def pack(model: nn.Module) -> None:
    """Let all 8-bit layers of `model` compute on packed weights; free those they had."""
    with warnings.catch_warnings():
        # torch means to drop this interface some day; its exact version stands in constraints.txt.
        warnings.simplefilter("ignore", UserWarning)
        _replace(model, PackedLinear, Int8Linear)


def settle(model: nn.Module) -> None:
    """Let the 8-bit layers of `model` compute as this processor does it best."""
    if packs_int8():
        pack(model)


def restore(skeleton: nn.Module, tensors: Tensors) -> None:
    """Make `skeleton`, whose weights hold nothing, the model that `tensors` were taken from.

    Args:
        skeleton: a model of the same shape, before `quantise`.
        tensors: what `state_dict` of the quantised model gave.

    Raises:
        KeyError, RuntimeError: they are those of another model.
    """
    names = {module: name for name, module in skeleton.named_modules()}
    for parent, name in list(_places(skeleton, nn.Linear, nn.Embedding)):
        kind = Int8Linear if isinstance(getattr(parent, name), nn.Linear) else ShortEmbedding
        prefix = f"{names[parent]}.{name}.".removeprefix(".")
        own = (part for part in ("weight", "scale", "bias") if prefix + part in tensors)
        setattr(parent, name, kind({part: tensors[prefix + part] for part in own}))
    skeleton.load_state_dict(tensors, assign=True)


def _short(layer: nn.Linear | nn.Embedding) -> nn.Module:
    """Return a layer or an embedding that computes what this one does, on shorter weights."""
    return ShortEmbedding.of(layer) if isinstance(layer, nn.Embedding) else Int8Linear.of(layer)


def _replace(model: nn.Module, make: Callable[[Any], nn.Module], *kinds: type[nn.Module]) -> None:
    """Put what `make` makes of it in the place of each layer of these kinds.

    A layer is work for one core: as many as there are threads are made at a time.
    """
    places = list(_places(model, *kinds))
    layers = (getattr(parent, name) for parent, name in places)
    with ThreadPoolExecutor(torch.get_num_threads()) as workers:
        for (parent, name), made in zip(places, workers.map(make, layers), strict=True):
            setattr(parent, name, made)


def _places(model: nn.Module, *kinds: type[nn.Module]) -> Iterator[tuple[nn.Module, str]]:
    """Yield each layer of these kinds, as its parent and its name there."""
    for parent in model.modules():
        for name, child in parent.named_children():
            if isinstance(child, kinds):
                yield parent, name
