"""What a run was made of, in hashes: `manifest.json`."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from eval.estimate import SEED
from eval.hardware import describe
from eval.types import Question, System
from rag.config import Settings
from rag.hardware import best_device, generator_format
from rag.index.store import Index
from rag.write import prompt

MANIFEST = "manifest.json"
ENGINES = (
    "bm25s",
    "faiss-cpu",
    "ir-measures",
    "lingua-language-detector",
    "numpy",
    "sentence-transformers",
    "torch",
    "transformers",
)
NEVER_SAME = ("hardware", "peak_memory_gib")
"""What may differ between the two halves of a run that was interrupted."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The questions of a run and where they come from; `seed` is that of the sample drawn."""

    name: str
    questions: Sequence[Question]
    seed: int | None = None

    def described(self) -> dict[str, object]:
        """Return name, count and hash."""
        return {
            "name": self.name,
            "questions": len(self.questions),
            "sha256": questions_hash(self.questions),
            "sample_seed": self.seed,
        }


def questions_hash(questions: Sequence[Question]) -> str:
    """Return the sha256 of questions with all that is known about their answers."""
    rows = [asdict(question) for question in questions]
    return _hash(json.dumps(rows, ensure_ascii=False, sort_keys=True))


def manifest(
    system: System, dataset: Dataset, index: Index, models: Mapping[str, str], settings: Settings
) -> dict[str, object]:
    """Return all that a run's figures depend on.

    Args:
        system: what answers.
        dataset: what it is asked.
        index: where it looks.
        models: name and hash of the weights of each model that it uses.
        settings: those of the product.
    """
    return {
        "system": system.name,
        "identity": dict(system.identity),
        "dataset": dataset.described(),
        "corpus": index.manifest.corpus,
        "index": index.manifest.index,
        "models": dict(models),
        "prompt": _hash(f"{prompt.SYSTEM}\n{prompt.REQUEST}"),
        "settings": settings.fingerprint(),
        "versions": {
            "parole": version("parole"),
            "python": platform.python_version(),
            **{name: version(name) for name in ENGINES},
        },
        "seeds": {"bootstrap": SEED},
        "format": generator_format(best_device()),
        "commit": commit(Path(__file__).parent),
        "hardware": describe(),
    }


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """Return the names of what is not the same in two manifests, the machine left aside."""
    names = sorted((old.keys() | new.keys()) - set(NEVER_SAME))
    return [name for name in names if old.get(name) != new.get(name)]


def commit(folder: Path) -> str:
    """Return git's commit of the code, with `+` when files differ from it; empty without git."""
    hashed = _git(folder, "rev-parse", "HEAD")
    return f"{hashed}+" if hashed and _git(folder, "status", "--porcelain", "-uno") else hashed


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints, nothing if it cannot say."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git of the user's path
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _hash(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
