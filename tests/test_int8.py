"""8-bit linear layers: how near they are to the exact ones, and what they do not depend on."""

import pytest
import torch
from torch import nn

from rag.hardware import has_int8
from rag.int8 import STEPS, Int8Linear, quantise


def linear(inputs: int, outputs: int, *, bias: bool = True) -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(inputs, outputs, bias=bias)


def test_a_layer_of_whole_numbers_is_exact() -> None:
    layer = linear(4, 3, bias=False)
    layer.weight.data = torch.tensor(
        [[127.0, 0, -3, 5], [1, -127, 2, 0], [0, 0, 0, 0]], dtype=torch.float32
    )
    x = torch.tensor([[127.0, -1, 2, 3], [0, 0, 0, 0]])
    assert torch.equal(Int8Linear(layer)(x), layer(x))


@pytest.mark.parametrize(("inputs", "outputs"), [(64, 32), (96, 300), (1536, 8)])
def test_a_layer_is_near_the_exact_one(inputs: int, outputs: int) -> None:
    layer = linear(inputs, outputs)
    x = torch.randn(5, inputs)
    exact, found = layer(x), Int8Linear(layer)(x)
    error = (found - exact).norm() / exact.norm()
    assert found.shape == exact.shape
    # Two roundings to 1/127 of the greatest value, each with an error of 1/sqrt(12) of a step.
    assert 0 < error < 2 * 4 / (STEPS * 12**0.5)


def test_a_token_does_not_depend_on_its_neighbours() -> None:
    layer = Int8Linear(linear(64, 32))
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
    assert torch.equal(Int8Linear(small)(x), Int8Linear(same)(x))
    assert Int8Linear(layer).weight.dtype == torch.int8


def test_every_linear_layer_of_a_model_is_replaced_and_nothing_else() -> None:
    inner = nn.Sequential(linear(16, 16), nn.ReLU())
    model = nn.Sequential(nn.Embedding(10, 16), inner)
    quantise(model)
    assert isinstance(inner[0], Int8Linear)
    assert isinstance(model[0], nn.Embedding)
    assert model(torch.tensor([3])).shape == (1, 16)


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ({"avx512_vnni": True}, True),
        ({"avx_vnni": True}, True),
        ({"avx2": True}, False),
        ({}, False),
    ],
)
def test_bytes_are_used_where_the_processor_multiplies_them(
    capabilities: dict[str, bool], *, expected: bool
) -> None:
    assert has_int8(capabilities) is expected
