"""What `make chat` would do: which steps are taken, and which index is touched."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INDEXING = ".venv/bin/parole index corpus --index index --prune"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder where everything has been made once, the index included."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    for name in ("corpus/phare.md", ".venv/run", ".venv/indexed", "index/CURRENT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".venv/indexed").touch()
    return tmp_path


def planned(project: Path, *arguments: str) -> list[str]:
    """Return the commands that `make` would run, without running them."""
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *arguments],  # noqa: S607 - any make
        cwd=project,
        # `make test` runs these tests: what it tells its children must not reach this make.
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_a_second_chat_indexes_nothing(project: Path) -> None:
    assert planned(project, "chat") == [
        ".venv/bin/parole models pull",
        '.venv/bin/parole chat --index "index" --host 127.0.0.1 --port 7860',
    ]


def test_an_index_that_was_deleted_is_made_again(project: Path) -> None:
    shutil.rmtree(project / "index")
    assert INDEXING in planned(project, "chat", "INDEX=index/")


def test_a_changed_corpus_is_indexed_again(project: Path) -> None:
    later = (project / ".venv" / "indexed").stat().st_mtime + 60
    os.utime(project / "corpus" / "phare.md", (later, later))
    assert INDEXING in planned(project, "chat")


@pytest.mark.parametrize(("target", "what"), [(".venv/run", "."), (".venv/dev", "'.[dev]'")])
def test_what_is_installed_is_compiled_even_where_later_runs_keep_no_bytecode(
    target: str, what: str, project: Path
) -> None:
    later = (project / ".venv" / "run").stat().st_mtime + 60
    os.utime(project / "pyproject.toml", (later, later))
    commands = planned(project, target)
    installed = next(
        place for place, line in enumerate(commands) if line.endswith(f"--editable {what}")
    )
    compiled = "PYTHONDONTWRITEBYTECODE= .venv/bin/python -c 'import ui.cli.chat'"
    assert commands[installed + 1] == compiled


def test_an_index_of_ones_own_is_served_as_it_is(project: Path) -> None:
    shutil.rmtree(project / "index")
    assert planned(project, "chat", "INDEX=mes-cours", "PORT=7861") == [
        ".venv/bin/parole models pull",
        '.venv/bin/parole chat --index "mes-cours" --host 127.0.0.1 --port 7861',
    ]


def test_no_file_of_an_index_is_a_target_that_make_could_delete(project: Path) -> None:
    rules = [line for line in (project / "Makefile").read_text().splitlines() if ":" in line]
    assert [line for line in rules if "CURRENT" in line.partition(":")[0]] == []
    assert [line for line in rules if line.startswith(("index", "$(INDEX)"))] == []
