"""8-bit linear layers: how near they are to the exact ones, and what they do not depend on."""

from collections.abc import Callable

import pytest
import torch
from torch import nn

from rag.hardware import has_int8, packs_int8
from rag.write.int8 import (
    STEPS,
    Int8Linear,
    ShortEmbedding,
    _halves,
    _to_bytes,
    pack,
    quantise,
    restore,
)

Short = Callable[[nn.Linear], nn.Module]


def linear(inputs: int, outputs: int, *, bias: bool = True) -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(inputs, outputs, bias=bias)


def packed(layer: nn.Linear) -> nn.Module:
    model = nn.Sequential(Int8Linear.of(layer))
    pack(model)
    return model


def test_a_layer_of_whole_numbers_is_exact() -> None:
    layer = linear(4, 3, bias=False)
    layer.weight.data = torch.tensor(
        [[127.0, 0, -3, 5], [1, -127, 2, 0], [0, 0, 0, 0]], dtype=torch.float32
    )
    x = torch.tensor([[127.0, -1, 2, 3], [0, 0, 0, 0]])
    assert torch.equal(Int8Linear.of(layer)(x), layer(x))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_packed_layer_cuts_no_sum_however_large(sign: int) -> None:
    layer = linear(64, 2, bias=False)
    layer.weight.data = torch.full((2, 64), float(sign))
    found = packed(layer)(torch.ones(1, 64))
    assert torch.allclose(found, torch.full((1, 2), 64.0 * sign), rtol=0.01)


@pytest.mark.parametrize(("short", "steps"), [(Int8Linear.of, STEPS), (packed, STEPS / 2)])
@pytest.mark.parametrize(("inputs", "outputs"), [(64, 32), (96, 300), (1536, 8)])
def test_a_layer_is_near_the_exact_one(
    short: Short, steps: float, inputs: int, outputs: int
) -> None:
    layer = linear(inputs, outputs)
    x = torch.randn(5, inputs)
    exact, found = layer(x), short(layer)(x)
    error = (found - exact).norm() / exact.norm()
    assert found.shape == exact.shape
    # Two roundings to a step of the greatest value, each with an error of 1/sqrt(12) of a step.
    assert 0 < error < 2 * 4 / (steps * 12**0.5)


@pytest.mark.parametrize("short", [Int8Linear.of, packed])
def test_a_token_does_not_depend_on_its_neighbours(short: Short) -> None:
    layer = short(linear(64, 32))
    x = torch.randn(2, 7, 64)
    whole = layer(x)
    x[:, 0] *= 1000
    assert torch.equal(layer(x)[:, 1:], whole[:, 1:])
    assert torch.equal(layer(x[1, 3]), whole[1, 3])


def test_weights_of_another_format_are_taken_over() -> None:
    layer = linear(16, 8)
    small = linear(16, 8).to(torch.bfloat16)
    same = nn.Linear(16, 8)
    same.load_state_dict({name: value.float() for name, value in small.state_dict().items()})
    x = torch.randn(1, 16)
    assert torch.equal(Int8Linear.of(small)(x), Int8Linear.of(same)(x))
    assert Int8Linear.of(layer).weight.dtype == torch.int8


def small_model(seed: int = 0) -> nn.Sequential:
    torch.manual_seed(seed)
    inner = nn.Sequential(nn.Linear(16, 16), nn.LayerNorm(16), nn.Linear(16, 4, bias=False))
    return nn.Sequential(nn.Embedding(10, 16), inner).to(torch.bfloat16)


IDS = torch.tensor([[3, 1, 4]])


def test_layers_and_embeddings_are_replaced_and_the_rest_is_float32() -> None:
    model = small_model()
    rows = model[0].get_parameter("weight").detach().float()
    quantise(model)
    kinds = [type(module).__name__ for module in model.modules()]
    assert kinds == [
        "Sequential", "ShortEmbedding", "Sequential", "Int8Linear", "LayerNorm", "Int8Linear",
    ]  # fmt: skip
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    assert isinstance(model[0], ShortEmbedding)
    assert torch.equal(model[0](IDS), rows[IDS])
    assert model(IDS).dtype is torch.float32


def test_what_was_taken_from_a_model_makes_the_same_one_again() -> None:
    model = small_model()
    quantise(model)
    with torch.device("meta"):
        again = small_model(seed=1)
    restore(again, model.state_dict())
    assert torch.equal(again(IDS), model(IDS))


def test_packing_replaces_8_bit_layers_alone_and_keeps_what_they_compute() -> None:
    model = small_model()
    quantise(model)
    before = model(IDS)
    pack(model)
    kinds = [type(module).__name__ for module in model.modules()]
    assert kinds == [
        "Sequential", "ShortEmbedding", "Sequential", "PackedLinear", "LayerNorm", "PackedLinear",
    ]  # fmt: skip
    assert torch.allclose(model(IDS), before, atol=0.05)
    assert "1.0.weight" not in model.state_dict()


def test_bytes_are_halved_as_their_floats_are_rounded() -> None:
    every = torch.arange(-128, 128).to(torch.int8)[None]
    assert torch.equal(_halves(every), every.float().div(2).round().to(torch.int8))
    assert _halves(every[:, -6:]).tolist() == [[61, 62, 62, 62, 63, 64]]


def test_values_are_rounded_to_bytes_as_round_does() -> None:
    halves = torch.arange(-254, 255).float() / 2
    found, scale = _to_bytes(halves[None])
    assert scale.tolist() == [1.0]
    assert torch.equal(found[0], halves.round().to(torch.int8))


def test_a_matrix_of_several_blocks_is_halved_whole() -> None:
    weight = torch.arange(100_000).remainder(255).sub(127).to(torch.int8).reshape(2_500, 40)
    assert torch.equal(_halves(weight), weight.float().div(2).round().to(torch.int8))


def test_another_model_s_weights_are_refused() -> None:
    model = small_model()
    quantise(model)
    tensors = dict(model.state_dict())
    del tensors["1.2.weight"]
    with pytest.raises(KeyError):
        restore(small_model(), tensors)
    with pytest.raises(RuntimeError, match="unexpected"):
        restore(small_model(), {**model.state_dict(), "unexpected": IDS})


@pytest.mark.parametrize(
    ("capabilities", "native", "in_pairs"),
    [
        ({"avx512_vnni": True, "avx2": True}, True, False),
        ({"avx_vnni": True, "avx2": True}, True, False),
        ({"avx2": True}, False, True),
        ({}, False, False),
    ],
)
def test_bytes_are_used_where_the_processor_multiplies_them(
    capabilities: dict[str, bool], *, native: bool, in_pairs: bool
) -> None:
    assert has_int8(capabilities) is native
    assert packs_int8(capabilities) is in_pairs
