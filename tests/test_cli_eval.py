"""`parole eval`, whole, on a small dataset with fakes: what CI can trust without a model."""

import json
from pathlib import Path

import pytest

from eval.systems.opening import SYSTEMS
from rag.environment import Environment
from tests.fakes import FakeEncoder, FakeGenerator
from ui.cli import eval as command
from ui.cli.eval_parser import SYSTEMS as NAMED
from ui.cli.main import guarded
from ui.cli.parser import build_parser

TEXTS = {
    "Le moulin": "Le moulin de Cugarel tourne depuis 1650. Sa meule pèse deux tonnes.",
    "Le phare": "Le phare de Cordouan est gardé par trois hommes. Sa lampe porte à 40 km.",
}
ASKED = {
    "Le moulin": [("m1", "Depuis quand le moulin tourne-t-il ?", "1650")],
    "Le phare": [("p1", "Combien d’hommes gardent le phare ?", "trois")],
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Return a dataset of two texts and two questions in the format of SQuAD."""
    rows = []
    for title, context in TEXTS.items():
        qas = [
            {"id": i, "question": q, "answers": [{"text": a, "answer_start": context.index(a)}]}
            for i, q, a in ASKED[title]
        ]
        rows.append({"title": title, "paragraphs": [{"context": context, "qas": qas}]})
    path = tmp_path / "petit.json"
    path.write_text(json.dumps({"version": "1.1", "data": rows}), encoding="utf-8")
    return path


class Shell:
    """Runs `parole eval` with fakes and keeps what it wrote."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.environment = Environment(root / "cache", offline=True)
        self.out = ""
        self.err = ""
        self._capsys = capsys

    def run(self, *arguments: str | Path, drafts: tuple[str, ...] = ()) -> int:
        """Run the command and return its status."""
        options = build_parser().parse_args(["eval", *map(str, arguments)])
        load = command.Load(lambda *_: FakeEncoder(), lambda *_: FakeGenerator(*drafts))
        status = guarded(lambda: command.run(options, self.environment, load))
        self.out, self.err = self._capsys.readouterr()
        return status


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def test_the_parser_names_every_system() -> None:
    assert set(NAMED) == set(SYSTEMS)


def test_a_run_leaves_every_file_of_it(shell: Shell, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert shell.run("run", "--system", "bm25", "--dataset", dataset, "--output", out) == 0
    assert sorted(path.name for path in out.iterdir() if path.name[0] != ".") == [
        "junit.xml", "manifest.json", "per_question.jsonl", "report.html", "report.md",
        "run.trec", "summary.json",
    ]  # fmt: skip
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["recall@1"]["value"] == 1.0
    assert summary["quote_exactness"]["value"] == 1.0
    assert "answer_inclusion" in shell.out


def test_two_runs_are_the_same_bytes_but_for_the_time(
    shell: Shell, dataset: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        arguments = ("--dataset", dataset, "--output", tmp_path / name)
        shell.run("run", "--system", "bm25", *arguments)
    ranks = [(tmp_path / name / "run.trec").read_bytes() for name in ("a", "b")]
    assert ranks[0] == ranks[1]
    made_of = [json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("a", "b")]
    assert all(found.pop("peak_memory_gib") > 0.1 for found in made_of)
    assert made_of[0] == made_of[1]


def test_rescoring_needs_no_model_and_gives_the_same_figures(
    shell: Shell, dataset: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    shell.run("run", "--system", "dense", "--dataset", dataset, "--output", out)
    before = (out / "summary.json").read_bytes()
    (out / "summary.json").unlink()
    assert shell.run("rescore", out) == 0
    assert (out / "summary.json").read_bytes() == before


def test_a_missed_limit_fails_and_names_the_question(
    shell: Shell, dataset: Path, tmp_path: Path
) -> None:
    drafts = ("Le moulin tourne depuis 1650.", "Je ne sais pas.")
    status = shell.run(
        "run", "--system", "closed-book", "--dataset", dataset, "--output", tmp_path / "run",
        "--fail-under", "answer_inclusion=0.9", drafts=drafts,
    )  # fmt: skip
    assert status == 1
    assert "p1" in shell.err
    assert "m1" not in shell.err


def test_comparing_tells_what_was_fixed(shell: Shell, dataset: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "a", tmp_path / "b"
    wrong, right = ("En 1800.", "Trois."), ("En 1650.", "Trois.")
    for folder, drafts in ((before, wrong), (after, right)):
        arguments = ("--dataset", dataset, "--output", folder)
        shell.run("run", "--system", "closed-book", *arguments, drafts=drafts)
    assert shell.run("compare", before, after) == 0
    assert "En 1800" in shell.out
    assert "En 1650" in shell.out
    assert "1 réponses sur 2 sont les mêmes à l’octet près" in shell.out
    assert shell.run("report", after, "--against", before) == 0
    assert "En 1800" in (after / "report.md").read_text("utf-8")


def test_several_runs_stand_side_by_side(shell: Shell, dataset: Path, tmp_path: Path) -> None:
    for name in ("bm25", "dense"):
        arguments = ("--dataset", dataset, "--output", tmp_path / name)
        shell.run("run", "--system", name, *arguments)
    assert shell.run("table", tmp_path / "bm25", tmp_path / "dense") == 0
    head, _, first, *_ = shell.out.split("\n")
    assert head.split(" | ")[1:] == ["bm25", "dense |"]
    assert first.startswith("| Réponses justes | 100,0")
    shell.run("run", "--dataset", dataset, "--sample", "1", "--system", "dense", "--output",
              tmp_path / "c")  # fmt: skip
    assert shell.run("table", tmp_path / "bm25", tmp_path / "c") == 1
    assert "mêmes questions" in shell.err


def test_runs_over_other_questions_are_not_compared(
    shell: Shell, dataset: Path, tmp_path: Path
) -> None:
    for name, extra in (("a", ()), ("b", ("--sample", "1"))):
        arguments = ("--dataset", dataset, "--output", tmp_path / name, *extra)
        shell.run("run", "--system", "bm25", *arguments)
    assert shell.run("compare", tmp_path / "a", tmp_path / "b") == 1
    assert "sur les mêmes questions" in shell.err


def test_the_golden_questions_are_sound(shell: Shell, repository: Path) -> None:
    assert shell.run("check", "--corpus", repository / "corpus") == 0
    assert shell.err == ""
