"""Which models Parole knows: names, licences, pieces, versions and hashes, from models.json."""

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

Kind = Literal["encoder", "generator"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an artifact, as a member of a package of the registry."""

    package: str
    version: str
    member: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubFile:
    """The same bytes as an artifact, at the publisher's."""

    repository: str
    file: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that a conversion needs: its pieces, joined in order."""

    name: str
    bytes: int
    sha256: str
    hub: HubFile | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What makes a folder of the artifacts; `bytes` is all it writes, aside files included.

    `version` is raised when the converter would write other bytes: folders that an
    earlier version wrote are then made again.
    """

    kind: Kind
    version: int
    bytes: int


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model: `title` is the publisher's name for it, `licence` an SPDX identifier."""

    name: str
    title: str
    licence: str
    conversion: Conversion
    artifacts: tuple[Artifact, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every model that can be provided without a hub."""

    models: tuple[ModelSpec, ...]

    def find(self, name: str) -> ModelSpec | None:
        """Return the model of that name, or None."""
        return next((model for model in self.models if model.name == name), None)

    def names(self) -> tuple[str, ...]:
        """Return the names of all models, in the order of the manifest."""
        return tuple(model.name for model in self.models)


def load_manifest() -> Manifest:
    """Return the manifest that is part of the package."""
    text = resources.files(__package__).joinpath("models.json").read_text(encoding="utf-8")
    return Manifest(tuple(_model(entry) for entry in json.loads(text)["models"]))


def needed_bytes(spec: ModelSpec) -> int:
    """Return the bytes of free disk that providing `spec` takes at most.

    The artifacts, the largest wheel (no larger than the piece in it) and what the conversion
    writes are counted together, though the last wheel is gone before the conversion.
    """
    pieces = [piece.bytes for artifact in spec.artifacts for piece in artifact.pieces]
    return sum(a.bytes for a in spec.artifacts) + max(pieces, default=0) + spec.conversion.bytes


def _model(entry: dict[str, Any]) -> ModelSpec:
    """Return the model that one entry of the manifest describes."""
    return ModelSpec(
        name=entry["name"],
        title=entry["title"],
        licence=entry["licence"],
        conversion=Conversion(**entry["conversion"]),
        artifacts=tuple(_artifact(artifact) for artifact in entry["artifacts"]),
    )


def _artifact(entry: dict[str, Any]) -> Artifact:
    """Return the artifact that one entry of the manifest describes."""
    return Artifact(
        name=entry["name"],
        bytes=entry["bytes"],
        sha256=entry["sha256"],
        hub=HubFile(**entry["hub"]) if entry["hub"] else None,
        pieces=tuple(Piece(**piece) for piece in entry["pieces"]),
    )
