"""The machine that figures were measured on."""

import os
import platform
from pathlib import Path

import psutil

from rag.hardware import best_device, best_dtype, instruction_sets


def describe() -> dict[str, object]:
    """Return processor, cores, instruction sets, memory, device and number format."""
    device = best_device()
    return {
        "processor": processor(Path("/proc/cpuinfo")),
        "cores": os.cpu_count(),
        "instruction_sets": instruction_sets(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "device": device,
        "format": str(best_dtype(device)).removeprefix("torch."),
        "system": f"{platform.system()} {platform.machine()}",
    }


def processor(listing: Path) -> str:
    """Return the processor's name as Linux lists it, else what Python knows."""
    try:
        lines = listing.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())
