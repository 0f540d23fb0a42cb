"""A model's reference to the folder it means: a name, a local folder, or a hub repository."""

import re
import shutil
from pathlib import Path

from rag import messages
from rag.errors import ModelError, ModelMissingError
from rag.models.locks import held
from rag.models.manifest import load_manifest
from rag.models.progress import Progress, Report, silent
from rag.models.provide import Tools, provide
from rag.models.record import flush, is_intact, read_record, write_record

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


def resolve(
    reference: str,
    cache: Path,
    *,
    offline: bool,
    report: Report = silent,
    tools: Tools | None = None,
) -> Path:
    """Return the local folder that `reference` means, fetching it where that is allowed.

    In this order: a name of the manifest; a folder on this machine; `owner/name` on the
    hub, fetched once at the revision of that day, which its record keeps, and never asked
    for again. A folder called like a model of the manifest is meant by `./name`.

    Raises:
        ModelMissingError: it is not on this machine and cannot be fetched.
        ModelError: no such model, or a folder without safetensors weights.
    """
    tools = tools or Tools()
    manifest = load_manifest()
    spec = manifest.find(reference)
    if spec is not None:
        return provide(spec, cache, offline=offline, report=report, tools=tools)
    folder = Path(reference).expanduser()
    if reference and folder.is_dir():
        return _checked(folder.resolve())
    if _HUB_NAME.fullmatch(reference):
        return _from_hub(reference, cache.resolve(), tools, report, offline=offline)
    raise ModelError(
        messages.MODEL_UNKNOWN.format(reference=reference, names=", ".join(manifest.names()))
    )


def _checked(folder: Path) -> Path:
    """Return `folder` if it is a model's, all of whose weights are safetensors.

    Libraries fall back to pickled weights beside a module that has no others: a folder
    that holds one without safetensors next to it is refused whole.
    """
    if not any((folder / name).is_file() for name in ("config.json", "modules.json")):
        raise ModelError(messages.MODEL_NOT_A_FOLDER.format(folder=folder))
    pickles = (path for pattern in _PICKLES for path in folder.rglob(pattern))
    bare = any(not any(path.parent.glob("*.safetensors")) for path in pickles)
    if bare or not any(folder.rglob("*.safetensors")):
        raise ModelError(messages.MODEL_NO_WEIGHTS.format(folder=folder))
    return folder


def _from_hub(reference: str, cache: Path, tools: Tools, report: Report, *, offline: bool) -> Path:
    """Return the folder of a hub repository, downloading it the first time."""
    target = cache / "hub" / reference.replace("/", "--")
    if _is_fetched(target):
        return target
    with held(target, lambda: report(Progress(reference, "wait"))):
        if not _is_fetched(target):
            _fetch(reference, target, tools, report, offline=offline)
    report(Progress(reference, "done"))
    return target


def _is_fetched(target: Path) -> bool:
    """Tell whether the repository's folder is there and whole."""
    record = read_record(target)
    return record is not None and is_intact(target, record)


def _fetch(reference: str, target: Path, tools: Tools, report: Report, *, offline: bool) -> None:
    """Download the newest revision aside, check and record it, and switch."""
    revision = None if offline else tools.hub.revision(reference)
    if revision is None:
        raise ModelMissingError(messages.MODEL_HUB_UNREACHABLE.format(reference=reference))
    aside = target.with_name(f".{target.name}.{revision}")
    report(Progress(reference, "download", reference))
    tools.hub.snapshot(reference, revision, aside)
    shutil.rmtree(aside / ".cache", ignore_errors=True)
    _checked(aside)
    write_record(aside, reference, {"repository": reference, "revision": revision})
    flush(aside)
    shutil.rmtree(target, ignore_errors=True)
    aside.replace(target)
