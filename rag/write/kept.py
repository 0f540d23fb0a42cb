"""The generator's 8-bit weights, kept in the cache folder: converting them takes seconds."""

import logging
import os
import tempfile
from pathlib import Path

import safetensors.torch
import torch
from safetensors import SafetensorError

_logger = logging.getLogger(__name__)

FORMAT = 1
"""Raised when what is kept would be computed otherwise; older files are then not read."""


def place(cache: Path, fingerprint: str) -> Path:
    """Return where the 8-bit weights of a model stand."""
    return cache / "int8" / f"{fingerprint}-{FORMAT}.safetensors"


def read(path: Path) -> dict[str, torch.Tensor] | None:
    """Return what was kept, mapped rather than read; None without it or if it is damaged."""
    try:
        return safetensors.torch.load_file(path)
    except (OSError, SafetensorError):
        return None


def keep(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Write `tensors` in one step; a folder that cannot be written is logged, and no more.

    What is kept saves time alone: the next start converts again.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as made:
            aside = Path(made.name)
        try:
            safetensors.torch.save_file(tensors, aside)
            with aside.open("r+b") as stream:
                os.fsync(stream.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except (OSError, SafetensorError) as error:
        _logger.warning("the 8-bit weights could not be kept at %s: %s", path, error)
