"""`parole bench`, whole, with fakes: what it leaves, also when it is interrupted."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.bench.machine import Rates
from eval.bench.opening import Load
from eval.bench.process import Taken
from eval.bench.types import Measure, Stand
from eval.bench.weights import Weights
from rag.config import Settings
from rag.environment import Environment
from rag.index.ingest import index
from rag.types import Generator
from tests.bench_fakes import Hands
from tests.fakes import FakeEncoder, FakeGenerator
from ui.cli import bench as command
from ui.cli.main import guarded
from ui.cli.parser import build_parser

DRAFT = "Le texte parle des médias et des réseaux."


class Shell:
    """Runs `parole bench` with fakes and keeps what it wrote."""

    def __init__(self, root: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.output = root / "bench.json"
        self.commands: list[Sequence[str]] = []
        self.interrupt_after = 10**6
        self.loaded: list[str] = []
        self._root = root
        self._corpus = corpus
        self._capsys = capsys
        self.out = self.err = ""

    def launch(self, given: Sequence[str]) -> Taken:
        """Start nothing, and be interrupted when told to."""
        self.commands.append(given)
        if len(self.commands) > self.interrupt_after:
            raise KeyboardInterrupt
        return Taken(2.0, 2**29)

    def generator(self, *_: object) -> Generator:
        self.loaded.append("generator")
        return FakeGenerator(*[DRAFT] * 200)

    def encoder(self, *_: object) -> FakeEncoder:
        self.loaded.append("encoder")
        return FakeEncoder()

    def run(self, *arguments: str) -> int:
        """Run the command and return its status."""
        given = ["--index", self._root / "index", "--corpus", self._corpus, "--rounds", "1"]
        words = ["bench", *arguments, *map(str, given)]
        load = Load(
            encoder=self.encoder,
            generator=self.generator,
            usual_encoder=self.encoder,
            usual_generator=self.generator,
            weights=lambda *_: Weights(1000, 100, "int8"),
            rates=_rates,
            launch=self.launch,
        )
        ticks = Hands()

        def clock() -> float:
            ticks.now += 0.5
            return ticks.now

        options = build_parser().parse_args(words)
        environment = Environment(self._root / "cache", offline=True)
        status = guarded(lambda: command.run(options, environment, load, clock))
        self.out, self.err = self._capsys.readouterr()
        return status

    def left(self) -> dict[str, list[str]]:
        """Return the subjects and names of the figures in the file, by part."""
        found: dict[str, list[str]] = {}
        for one in json.loads(self.output.read_text("utf-8"))["figures"]:
            found.setdefault(one["part"], []).append(f"{one['subject']} {one['name']}")
        return found


def _rates(stand: Stand) -> Rates:
    stand.note(Measure("machine", "copy", "bandwidth"), 10.0)
    return Rates(1e10, {"int8": 1e9})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of the corpus, made with the fake encoder."""
    root = tmp_path_factory.mktemp("bench")
    corpus = Path(__file__).resolve().parents[1] / "corpus"
    index([corpus], root / "index", FakeEncoder(), Settings(), lambda *_: None)
    return root


@pytest.fixture
def shell(
    made: Path, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Shell:
    found = Shell(made, repository / "corpus", capsys)
    found.output = tmp_path / "bench.json"
    return found


def test_every_part_leaves_its_figures_in_the_order_of_a_run(shell: Shell) -> None:
    status = shell.run("--questions", "2", "--up-to", "1000", "--output", str(shell.output))
    assert status == 0
    found = shell.left()
    assert list(found) == [
        "machine", "start", "memory", "index", "encode", "search", "ask", "askers",
    ]  # fmt: skip
    assert found["start"] == ["help process", "ask process"]
    assert "naive total" in found["ask"]
    whole = json.loads(shell.output.read_text("utf-8"))
    assert whole["finished"] == list(found)
    assert whole["conditions"]["models"]["generator"] == f"fake@{'e' * 64}"
    assert shell.output.with_suffix(".md").is_file()
    assert shell.output.with_suffix(".html").is_file()
    assert "Plusieurs à la fois" in shell.out
    assert shell.loaded.count("generator") == 1


def test_only_the_parts_asked_for_are_measured_the_machine_always(shell: Shell) -> None:
    assert shell.run("memory", "--output", str(shell.output)) == 0
    assert list(shell.left()) == ["machine", "memory"]
    assert [given[3] for given in shell.commands] == ["index", "ask"]
    assert shell.loaded == []


def test_the_tutorial_is_measured_when_it_is_asked_for(shell: Shell) -> None:
    shell.run("ask", "--questions", "1", "--tutorial", "--output", str(shell.output))
    assert "tutorial total" in shell.left()["ask"]
    assert shell.loaded.count("generator") == 2


def test_an_interruption_leaves_what_was_measured(shell: Shell) -> None:
    shell.interrupt_after = 3
    assert shell.run("start", "--output", str(shell.output)) == 130
    assert shell.left() == {"machine": ["copy bandwidth"], "start": ["help process"]}
    assert json.loads(shell.output.read_text("utf-8"))["finished"] == ["machine"]
    told = shell.output.with_suffix(".md").read_text("utf-8")
    assert "Interrompu\u00a0: il manque tout ou partie de Démarrage." in told
    assert "Démarrage" in shell.out


def test_without_a_file_the_figures_are_shown_alone(shell: Shell) -> None:
    assert shell.run("start") == 0
    assert "parole ask, processus entier" in shell.out
    assert not shell.output.exists()


@pytest.mark.parametrize("option", ["--rounds", "--questions"])
def test_nothing_is_measured_less_than_once(shell: Shell, option: str) -> None:
    options = build_parser().parse_args(["bench", option, "0"])
    environment = Environment(shell.output.parent, offline=True)
    assert guarded(lambda: command.run(options, environment, Load(rates=_rates))) == 1


def test_a_file_that_cannot_be_written_is_told_before_anything_is_measured(shell: Shell) -> None:
    shell.output.write_text("un fichier", "utf-8")
    assert shell.run("start", "--output", str(shell.output / "b.json")) == 1
    assert "--output" in shell.err
    assert shell.commands == []


def test_the_folder_of_the_file_is_made(shell: Shell) -> None:
    shell.output = shell.output.parent / "de" / "plus" / "bench.json"
    assert shell.run("memory", "--output", str(shell.output)) == 0
    assert list(shell.left()) == ["machine", "memory"]


def test_a_part_that_does_not_exist_is_refused_in_french(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["bench", "vitesse"])
    assert "«\u00a0vitesse\u00a0» n’existe pas" in capsys.readouterr().err
    assert shell.commands == []
