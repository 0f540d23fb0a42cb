"""The other parts: what each notes, of which of its collaborators, in which order."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.bench.encode import OURS, USUAL, bench_encode
from eval.bench.index import bench_index, change
from eval.bench.memory import bench_memory
from eval.bench.process import Taken, launched
from eval.bench.start import bench_start
from eval.bench.usual import FlatIndex
from rag.errors import EvaluationError
from tests.bench_fakes import Bench, SlowEncoder

TEXTS = ["Le moulin tourne.", "Le phare brille."]


class Launcher:
    """Starts nothing; notes what it should have started."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> Taken:
        self.commands.append(list(command))
        return Taken(seconds=float(len(self.commands)), peak=len(self.commands) * 2**30)


def test_both_encoders_get_the_same_texts_in_turn() -> None:
    bench, log = Bench(rounds=2), list[str]()
    encoders = {
        OURS: SlowEncoder(bench.clock, log, "a", 2.0),
        USUAL: SlowEncoder(bench.clock, log, "b", 8.0),
    }
    bench_encode(encoders, TEXTS, ["Où ?", "Quand ?"], bench.stand)
    passages = " ".join(TEXTS)
    asked = ["Où ?", "Où ?", "Quand ?"]
    assert log == [f"{name}: {passages}" for _ in range(4) for name in "ab"] + [
        f"{name}: {text}" for text in asked for name in "ab"
    ]
    values = bench.values()
    assert values[OURS, "passage_rate", 0] == [1.0, 1.0]
    assert values[USUAL, "passage_rate", 0] == [0.25, 0.25]
    assert values[USUAL, "ratio_total", 0] == [4.0, 4.0]
    assert values[OURS, "query", 0] == [2000.0, 2000.0]
    assert values[USUAL, "ratio_query", 0] == [4.0, 4.0]
    assert values[OURS, "least_cosine", 0] == [pytest.approx(1.0)]
    assert bench.progress == [("encode", done, 4) for done in (1, 2, 3, 4)]


def test_plain_faiss_gives_the_nearest_rows_first() -> None:
    rows, scores = FlatIndex(np.eye(3, dtype=np.float32)).search(
        np.array([0.1, 0.9, 0.3], np.float32), 2
    )
    assert rows.tolist() == [1, 2]
    assert scores.tolist() == pytest.approx([0.9, 0.3])


def test_commands_are_started_in_turn_after_one_turn_that_does_not_count() -> None:
    bench, launch = Bench(rounds=2), Launcher()
    bench_start({"help": ["parole", "--help"], "ask": ["parole", "ask"]}, launch, bench.stand)
    assert [command[1] for command in launch.commands] == ["--help", "ask"] * 3
    assert bench.values() == {("help", "process", 0): [3, 5], ("ask", "process", 0): [4, 6]}


def test_each_process_gets_a_new_folder_and_its_peak_is_in_gibibytes() -> None:
    bench, launch = Bench(rounds=2), Launcher()
    commands = {"index": lambda folder: ["index", str(folder)], "ask": lambda _folder: ["ask"]}
    bench_memory(commands, launch, bench.stand)
    folders = [command[1] for command in launch.commands if command[0] == "index"]
    assert len(set(folders)) == 2
    assert [Path(folder).exists() for folder in folders] == [False, False]
    assert bench.values() == {("index", "peak", 0): [1, 3], ("ask", "peak", 0): [2, 4]}


def test_a_process_is_timed_and_its_own_memory_measured() -> None:
    held = bytearray(2**28)
    small = launched([sys.executable, "-c", "pass"])
    large = launched([sys.executable, "-c", "held = bytearray(2**27)"])
    assert 0 < small.peak < len(held) / 4
    assert large.peak - small.peak > 0.9 * 2**27
    assert small.seconds > 0


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(EvaluationError, match="adieu"):
        launched([sys.executable, "-c", "raise SystemExit('adieu')"])


def test_the_launcher_imports_nothing_heavy() -> None:
    code = "import sys, eval.bench.launch; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"numpy", "torch", "rag", "eval.types"} & set(done.stdout.split()) == set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    for number in range(150):
        (made / f"t{number:03}.md").write_text(f"Le texte {number} parle seul.\n", "utf-8")
    return made


def test_each_round_changes_other_texts_one_in_a_hundred(folder: Path) -> None:
    assert [path.name for path in change(folder, 1)] == ["t002.md", "t003.md"]
    assert [path.name for path in change(folder, 2)] == ["t004.md", "t005.md"]
    assert (
        (folder / "t002.md")
        .read_text("utf-8")
        .endswith("Phrase ajoutée, numéro 1, qui change ce texte.\n")
    )
    assert (folder / "t001.md").read_text("utf-8") == "Le texte 1 parle seul.\n"


def test_a_folder_is_indexed_whole_then_changed_and_left_as_it_was(tmp_path: Path) -> None:
    sources = tmp_path / "corpus"
    sources.mkdir()
    for name in ("moulin", "phare"):
        (sources / f"{name}.md").write_text(f"Le {name} est vieux.\n", "utf-8")
    bench, log = Bench(rounds=2), list[str]()
    bench_index(sources, SlowEncoder(bench.clock, log, "e", 8.0), bench.stand)
    assert len(log) == 5
    assert [text.count("vieux") for text in log] == [0, 4, 1, 4, 1]
    values = bench.values()
    assert values["whole", "total", 0] == [8.0, 8.0]
    assert values["whole", "document_rate", 0] == [0.25, 0.25]
    assert values["changed", "ratio_changed", 0] == [1.0, 1.0]
    assert (sources / "phare.md").read_text("utf-8") == "Le phare est vieux.\n"


def test_what_a_launched_command_writes_is_not_mixed_with_what_it_took() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval.bench.launch", sys.executable, "-c", "print('{}')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["status"] == 0
