"""`parole index`: documents in, listed, explained and out, with a fake encoder."""

from pathlib import Path

import pytest

from rag import messages
from rag.environment import Environment
from tests.fakes import FakeEncoder
from tests.workshop import MOULIN, PHARE, Workshop, page
from ui.cli import index
from ui.cli import strings as say
from ui.cli.main import guarded
from ui.cli.parser import build_parser


class Shell:
    """Runs `parole index` in a workshop and keeps what it wrote."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.workshop = Workshop(root)
        self.environment = Environment(root / "cache", offline=True)
        self.asked: list[str] = []
        self.out = ""
        self.err = ""
        self._capsys = capsys

    def load(self, name: str, _environment: Environment) -> FakeEncoder:
        """Stand in for the loader of encoders."""
        self.asked.append(name)
        return FakeEncoder(name=name)

    def run(self, *arguments: str | Path) -> int:
        """Run the command and return its status."""
        where = ("--index", str(self.workshop.index))
        options = build_parser().parse_args(["index", *map(str, arguments), *where])
        status = guarded(lambda: index.run(options, self.environment, self.load))
        self.out, self.err = self._capsys.readouterr()
        return status


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a shell in a workshop with two texts."""
    made = Shell(tmp_path, capsys)
    made.workshop.write(phare=page("Le phare", PHARE), moulin=page("Le moulin", MOULIN))
    return made


def changes(added: int = 0, changed: int = 0, unchanged: int = 0, removed: int = 0) -> str:
    """Return the line that counts what was done."""
    return say.INDEX_CHANGES.format(
        added=added, changed=changed, unchanged=unchanged, removed=removed
    )


def test_indexing_tells_what_was_done(shell: Shell) -> None:
    assert shell.run(shell.workshop.notes, "--encoder", "petit") == 0
    assert shell.asked == ["petit"]
    first, last = shell.out.splitlines()
    assert first == changes(added=2)
    total = say.INDEX_DONE.format(
        documents=2, passages=2, directory=shell.workshop.index, seconds=0
    )
    assert last.split("(")[0] == total.split("(")[0]


def test_indexing_again_tells_that_nothing_changed(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    assert shell.run(shell.workshop.notes) == 0
    assert shell.out.splitlines()[0] == changes(unchanged=2)


def test_files_left_aside_are_told_and_are_no_failure(shell: Shell) -> None:
    photo = shell.workshop.notes / "photo.jpg"
    photo.write_bytes(b"\xff\xd8")
    assert shell.run(shell.workshop.notes) == 0
    reason = messages.SOURCE_FORMAT.format(suffix=".jpg")
    told = say.INDEX_PROBLEM.format(path=photo, reason=reason)
    assert shell.out.splitlines()[:3] == [changes(added=2), say.INDEX_PROBLEMS, told]


def test_a_source_of_which_nothing_can_be_read_is_a_failure(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    photo = shell.workshop.notes.parent / "photo.jpg"
    photo.write_bytes(b"\xff\xd8")
    empty = shell.workshop.notes.parent / "vide.md"
    empty.touch()
    assert shell.run(photo, empty) == 1
    assert shell.out.splitlines()[:2] == [changes(unchanged=2), say.INDEX_PROBLEMS]
    assert shell.run(photo, empty, shell.workshop.notes) == 0


def test_prune_takes_vanished_files_out(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    (shell.workshop.notes / "moulin.md").unlink()
    assert shell.run(shell.workshop.notes, "--prune") == 0
    assert shell.out.splitlines()[0] == changes(unchanged=1, removed=1)


def test_a_missing_source_is_one_sentence(shell: Shell) -> None:
    missing = shell.workshop.notes / "rien"
    assert shell.run(missing) == 1
    assert (shell.out, shell.err) == ("", f"{messages.SOURCE_MISSING.format(path=missing)}\n")
    assert shell.asked == [], "the encoder is not loaded for nothing"
    assert not shell.workshop.index.exists()


def test_nothing_to_index_is_one_sentence(shell: Shell) -> None:
    assert shell.run() == 1
    assert (shell.out, shell.err) == ("", f"{say.INDEX_NOTHING}\n")
    assert shell.asked == []


def test_list_writes_a_line_a_document(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    assert shell.run("--list") == 0
    assert shell.out.splitlines() == [
        say.INDEX_LISTED.format(id="notes/moulin.md", passages=1, title="Le moulin"),
        say.INDEX_LISTED.format(id="notes/phare.md", passages=1, title="Le phare"),
    ]


def test_a_title_is_no_markup(shell: Shell) -> None:
    shell.workshop.write(piege=page("Le [red]piège[/red] :smile:", "Un texte de plus."))
    shell.run(shell.workshop.notes)
    shell.run("--list")
    assert shell.out.splitlines()[-1].endswith("  Le [red]piège[/red] :smile:")


@pytest.mark.parametrize("arguments", [["--list"], ["--remove", "notes/phare.md"]])
def test_a_missing_index_is_one_sentence(shell: Shell, arguments: list[str]) -> None:
    assert shell.run(*arguments) == 1
    told = messages.INDEX_MISSING.format(directory=shell.workshop.index)
    assert (shell.out, shell.err) == ("", f"{told}\n")
    assert not shell.workshop.index.exists()


def test_remove_takes_documents_out(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    assert shell.run("--remove", "notes/phare.md") == 0
    assert shell.out == f"{say.INDEX_REMOVED.format(ids='notes/phare.md')}\n"
    assert list(shell.workshop.texts()) == ["notes/moulin.md"]


def test_remove_of_an_unknown_document_removes_nothing(shell: Shell) -> None:
    shell.run(shell.workshop.notes)
    assert shell.run("--remove", "notes/phare.md", "--remove", "notes/gare.md") == 1
    assert shell.err == f"{say.INDEX_UNKNOWN.format(id='notes/gare.md')}\n"
    assert list(shell.workshop.texts()) == ["notes/moulin.md", "notes/phare.md"]


def test_explain_writes_what_is_dropped_and_what_is_kept(shell: Shell) -> None:
    file = shell.workshop.notes / "gare.txt"
    file.write_text(f"Lire la suite\n\n{PHARE}\n", encoding="utf-8")
    assert shell.run("--explain", file) == 0
    assert shell.asked == []
    assert shell.out.splitlines() == [
        "gare",
        f"Caractères\u00a0: {len(PHARE)}\u00a0; sections\u00a0: 1\u00a0; passages\u00a0: 1.",
        say.EXPLAIN_DROPPED.format(count=1),
        say.EXPLAIN_LINE.format(line=1, rule=messages.RULE_MORE, text="Lire la suite"),
        "",
        say.EXPLAIN_PASSAGE.format(number=1, words=13, section="gare"),
        PHARE,
    ]


def test_explain_of_a_missing_file_is_one_sentence(shell: Shell) -> None:
    missing = shell.workshop.notes / "rien.md"
    assert shell.run("--explain", missing) == 1
    told = say.EXPLAIN_PROBLEM.format(path=missing, reason=messages.READ_MISSING)
    assert (shell.out, shell.err) == ("", f"{told}\n")
