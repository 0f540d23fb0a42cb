"""A writer killed at every step leaves the old index or the new one, whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import StoreMissingError
from rag.index.contents import IndexContents, index_fingerprint
from rag.index.store import open_index, writer
from tests.index_samples import contents, first, indexed, second, terms, third

REPOSITORY = Path(__file__).resolve().parent.parent


def _kills(base: Path, work: Path, mode: str) -> dict[str, Path]:
    """Return the folder that a kill at each named step left; every kill must have fired."""
    command = [sys.executable, "-m", "tests.crash_child", str(base), str(work), mode]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [line["step"] for line in lines if not line["killed"]] == []
    left = {line["step"]: Path(line["root"]) for line in lines}
    assert len(left) == len(lines)
    return left


def _held(root: Path) -> str:
    """Say which contents an index holds, every document, passage and vector compared."""
    known = {
        index_fingerprint(version): (name, version)
        for name, version in (("old", first()), ("new", second()), ("later", third()))
    }
    try:
        index = open_index(root)
    except StoreMissingError:
        return "missing"
    with index:
        assert index.warning == ""
        name, expected = known[index.manifest.index]
        again = contents(*(index.indexed(summary.id) for summary in index.documents()))
        assert again.passages() == expected.passages()
        assert again.vectors().tolist() == expected.vectors().tolist()
        assert again.sentences().tolist() == expected.sentences().tolist()
        assert [one.stored for one in again.documents] == [one.stored for one in expected.documents]
        return name


def _write(root: Path, version: IndexContents) -> None:
    with writer(root) as index_writer:
        index_writer.write(version, terms)


def _assert_recovers(root: Path, before: str) -> None:
    """Assert that the next write succeeds and leaves nothing of the crash behind."""
    _write(root, third())
    assert _held(root) == "later"
    assert sorted(path.name for path in root.iterdir()) == ["CURRENT", "generations", "lock"]
    pointer = json.loads((root / "CURRENT").read_bytes())
    entries = [entry for entry in (pointer["current"], pointer["previous"]) if entry]
    assert len(entries) == (1 if before == "missing" else 2)
    names = sorted(path.name for path in (root / "generations").iterdir())
    assert names == sorted(entry["generation"] for entry in entries)


STEPS_OF_A_FIRST_WRITE = [
    "before folder",
    "after folder",
    *(
        f"{moment} {name}"
        for name in (
            "passages.sqlite",
            "dense.faiss",
            "lexical.safetensors",
            "sentences.npy",
            "manifest.json",
        )
        for moment in ("before write", "written", "synced")
    ),
    "before rename",
    "after rename",
    "synced rename",
    "verified",
    "before write CURRENT.new",
    "written CURRENT.new",
    "synced CURRENT.new",
    "before switch",
    "after switch",
    "synced switch",
]


@pytest.mark.parametrize("mode", ["kill", "torn"])
def test_a_first_write_killed_anywhere_leaves_no_index_or_the_new_one(
    tmp_path: Path, mode: str
) -> None:
    base = tmp_path / "base"
    base.mkdir()
    left = _kills(base, tmp_path / "work", mode)
    assert list(left) == STEPS_OF_A_FIRST_WRITE
    switched = STEPS_OF_A_FIRST_WRITE.index("after switch")
    for number, (step, root) in enumerate(left.items()):
        expected = "new" if number >= switched else "missing"
        assert (step, _held(root)) == (step, expected)
        _assert_recovers(root, expected)


@pytest.mark.parametrize("mode", ["kill", "torn"])
def test_a_later_write_killed_anywhere_leaves_the_old_index_or_the_new_one(
    tmp_path: Path, mode: str
) -> None:
    base = tmp_path / "base"
    _write(base, contents(indexed("ancien", "Un texte plus ancien.")))
    _write(base, first())
    oldest = min(path.name for path in (base / "generations").iterdir())
    left = _kills(base, tmp_path / "work", mode)
    deletes = [f"before delete {oldest}", f"after delete {oldest}"]
    assert list(left) == STEPS_OF_A_FIRST_WRITE + deletes
    switched = list(left).index("after switch")
    for number, (step, root) in enumerate(left.items()):
        expected = "new" if number >= switched else "old"
        assert (step, _held(root)) == (step, expected)
        _assert_recovers(root, expected)
