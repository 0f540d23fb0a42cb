"""What this machine computes with: the device, and the number format that it is fast in."""

from collections.abc import Mapping
from typing import Any

import torch

# Processors with these multiply bfloat16 matrices in hardware: on AVX512-BF16 e5-small encodes
# 15.8 passages/s instead of 8.7 in float32, on others bfloat16 is emulated and slower. Arm's own
# bf16 is left out: it was not measured, and float32 is right everywhere.
_BF16_CAPABILITIES = ("avx512_bf16", "amx_bf16")


# Processors with these multiply bytes four at a time: on AVX512-VNNI a layer of the generator
# takes a fifth of its float32 time for one token and less than a third for 400.
_INT8_CAPABILITIES = ("avx512_vnni", "avx_vnni", "amx_int8")


# Processors with these alone multiply bytes in pairs, through FBGEMM's packed weights: on AVX2 a
# layer of the generator takes half of its float32 time for 300 tokens, a tenth for one or nine.
_PACKED_CAPABILITIES = ("avx2",)


def has_int8(capabilities: Mapping[str, Any] | None = None) -> bool:
    """Tell whether the processor multiplies 8-bit matrices natively; see `has_bf16`."""
    found = torch.cpu.get_capabilities() if capabilities is None else capabilities
    return any(found.get(name, False) for name in _INT8_CAPABILITIES)


def packs_int8(capabilities: Mapping[str, Any] | None = None) -> bool:
    """Tell whether 8-bit layers are computed on packed weights here; see `has_int8`."""
    found = torch.cpu.get_capabilities() if capabilities is None else capabilities
    return not has_int8(found) and any(found.get(name, False) for name in _PACKED_CAPABILITIES)


def instruction_sets() -> list[str]:
    """Return the names of the processor's extensions that this build of torch looks for."""
    found = torch.cpu.get_capabilities().items()
    return sorted(name for name, value in found if value is True)


def has_bf16(capabilities: Mapping[str, Any] | None = None) -> bool:
    """Tell whether the processor multiplies bfloat16 matrices natively.

    `capabilities` are names with booleans as `torch.cpu.get_capabilities` gives them; left
    out, those of this machine.
    """
    found = torch.cpu.get_capabilities() if capabilities is None else capabilities
    return any(found.get(name, False) for name in _BF16_CAPABILITIES)


def best_device() -> str:
    """Return the torch name of the device to compute on: `cuda` when present, else `cpu`."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def uses_int8(device: str) -> bool:
    """Tell whether linear layers are computed in 8-bit integers on `device`."""
    return device == "cpu" and (has_int8() or packs_int8())


def generator_format(device: str) -> str:
    """Return the name of the format that the generator is computed in on `device`."""
    return "int8" if uses_int8(device) else str(best_dtype(device)).removeprefix("torch.")


def best_dtype(device: str) -> torch.dtype:
    """Return bfloat16 where `device` computes it natively, else float32."""
    native = torch.cuda.is_bf16_supported() if device == "cuda" else has_bf16()
    return torch.bfloat16 if native else torch.float32
