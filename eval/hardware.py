"""The machine that figures were measured on."""

import os
import platform
import resource
from pathlib import Path

import psutil

from rag.hardware import best_device, instruction_sets


def describe() -> dict[str, object]:
    """Return processor, cores, instruction sets, memory and device."""
    return {
        "processor": processor(Path("/proc/cpuinfo")),
        "cores": os.cpu_count(),
        "instruction_sets": instruction_sets(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "device": best_device(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def load() -> float:
    """Return how many processes wanted a core, on average over the last minute."""
    return round(psutil.getloadavg()[0], 2)


def peak_memory() -> float:
    """Return the most memory, in GiB, that this process has held so far."""
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if platform.system() == "Darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30, 2)


def processor(listing: Path) -> str:
    """Return the processor's name as Linux lists it, else what Python knows."""
    try:
        lines = listing.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())
