"""What a caller is told while a model is provided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["wait", "download", "rejected", "convert", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One step: `done` of `total` bytes of `item`; both are 0 where nothing is counted.

    `wait`: another process is providing the same model. `download`: `item` is an artifact.
    `rejected`: the file `item` had other bytes than the manifest says and was thrown away,
    the next source is asked. `convert`: from here to `done` nothing is counted.
    """

    model: str
    stage: Stage
    item: str = ""
    done: int = 0
    total: int = 0


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Take a step without telling anyone."""
