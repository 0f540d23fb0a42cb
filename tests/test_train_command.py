"""The command that trains the reader, and how it replaces a file."""

import json
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.models import fingerprint
from rag.search.reader import read_adapter
from rag.train import files, strings
from rag.train.loop import Recipe
from rag.train.questions import load_questions
from rag.train.reader import main
from tests.train_samples import (
    learning_folder,
    one_question,
    squad,
    write_json,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learning_folder(tmp_path_factory.mktemp("train"))


@pytest.fixture(scope="module")
def squad_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_json(tmp_path_factory.mktemp("squad") / "questions.json", squad(40))


def command(squad_file: Path, folder: Path, work: Path, *more: str) -> int:
    arguments = [str(squad_file), "--output", str(work / "reader.safetensors"), *more]
    return main([*arguments, "--encoder", str(folder)], {"PAROLE_CACHE": str(work / "cache")})


def test_the_command_trains_writes_tells_and_resumes(
    squad_file: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(squad_file, folder, tmp_path, "--steps", "3") == 0
    printed = capsys.readouterr().out
    path = tmp_path / "reader.safetensors"
    found = read_adapter(path, fingerprint(folder)).facts
    assert (found["steps"], found["planned"], found["recipe"]["seed"]) == (3, 3, Recipe().seed)
    assert found["data"] == load_questions(squad_file).sha256
    for part in (strings.ROW_GOLD[:12], "jamais lus", "reader.safetensors"):
        assert part in printed
    before = path.read_bytes()
    path.unlink()
    assert command(squad_file, folder, tmp_path, "--resume") == 0
    assert path.read_bytes() == before


def test_what_cannot_be_done_is_said_in_a_sentence(
    squad_file: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(squad_file, folder, tmp_path, "--resume") == 1
    assert "--resume" in capsys.readouterr().err
    assert command(tmp_path / "absent.json", folder, tmp_path) == 1
    assert "absent.json" in capsys.readouterr().err
    few = tmp_path / "few.json"
    few.write_text(json.dumps(one_question()), encoding="utf-8")
    assert command(few, folder, tmp_path) == 1
    assert "few.json" in capsys.readouterr().err
    assert not (tmp_path / "reader.safetensors").exists()


class Interrupted(BaseException):
    """What stops a writer in the middle."""


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "reader.safetensors"
    path.write_bytes(b"ancien")

    def half(aside: Path) -> None:
        aside.write_bytes(b"nouv")
        raise Interrupted

    with pytest.raises(Interrupted):
        files.replace(path, half)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {path.name: b"ancien"}
    files.replace(path, lambda aside: aside.write_bytes(b"nouveau"))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {path.name: b"nouveau"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "plein").write_bytes(b"")
    with pytest.raises(ModelError, match="plein"):
        files.replace(tmp_path / "plein" / "reader.safetensors", lambda _aside: None)
