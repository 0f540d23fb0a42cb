"""A run: one line a question as it comes, resumed where it stopped, never mixed with another."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from eval.records import PER_QUESTION, as_line, read_records
from eval.run import finish, read_manifest, run
from eval.score import MAIN, MEASURES
from eval.types import Cited, Numeric, Question, Response, Span
from rag.errors import EvaluationError
from rag.types import Turn
from tests.eval_samples import DOCUMENT, QUOTE, cited, question, ranked, record, response, said

MANIFEST: Mapping[str, object] = {"system": "fixe", "commit": "abc", "hardware": {"cores": 2}}
QUESTIONS = tuple(question(id=f"q{n}", base_id=f"q{n}", text=f"Question {n} ?") for n in range(4))


class FixedSystem:
    """Gives the same right answer to everything, and breaks when it is told to."""

    name = "fixe"
    identity: Mapping[str, str] = {}

    def __init__(self, breaks_at: str = "") -> None:
        self.asked: list[str] = []
        self._breaks_at = breaks_at

    def passages(self) -> Sequence[Span]:
        return (Span("p1", DOCUMENT, 0, len(QUOTE)), Span("p2", DOCUMENT, 31, 77))

    def answer(self, question: Question) -> Response:
        if question.id == self._breaks_at:
            raise KeyboardInterrupt
        self.asked.append(question.id)
        return response()


def ids(folder: Path) -> list[str]:
    return [record.question.id for record in read_records(folder)]


def test_every_question_is_asked_and_recorded_in_order(tmp_path: Path) -> None:
    seen: list[int] = []
    records = run(FixedSystem(), QUESTIONS, tmp_path, MANIFEST, seen.append)
    assert [item.question for item in records] == list(QUESTIONS)
    assert read_records(tmp_path) == records
    assert [item.relevant for item in records] == [("p1",)] * 4
    assert seen == [0, 1, 2, 3, 4]


def test_an_interrupted_run_goes_on_with_the_next_question(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(FixedSystem(breaks_at="q2"), QUESTIONS, tmp_path, MANIFEST, lambda _: None)
    assert ids(tmp_path) == ["q0", "q1"]
    again = FixedSystem()
    run(again, QUESTIONS, tmp_path, MANIFEST, lambda _: None)
    assert again.asked == ["q2", "q3"]
    assert ids(tmp_path) == ["q0", "q1", "q2", "q3"]


def test_a_line_cut_off_by_a_crash_is_asked_again(tmp_path: Path) -> None:
    run(FixedSystem(), QUESTIONS[:3], tmp_path, MANIFEST, lambda _: None)
    path = tmp_path / PER_QUESTION
    path.write_bytes(path.read_bytes()[:-20])
    again = FixedSystem()
    run(again, QUESTIONS, tmp_path, MANIFEST, lambda _: None)
    assert again.asked == ["q2", "q3"]
    assert ids(tmp_path) == ["q0", "q1", "q2", "q3"]


def test_another_run_is_not_mixed_in_and_stays_as_it_was(tmp_path: Path) -> None:
    run(FixedSystem(), QUESTIONS[:2], tmp_path, MANIFEST, lambda _: None)
    before = (tmp_path / PER_QUESTION).read_bytes()
    with pytest.raises(EvaluationError, match="commit"):
        run(FixedSystem(), QUESTIONS, tmp_path, {**MANIFEST, "commit": "def"}, lambda _: None)
    assert (tmp_path / PER_QUESTION).read_bytes() == before


def test_another_machine_may_go_on(tmp_path: Path) -> None:
    run(FixedSystem(), QUESTIONS[:2], tmp_path, MANIFEST, lambda _: None)
    run(FixedSystem(), QUESTIONS, tmp_path, {**MANIFEST, "hardware": {}}, lambda _: None)
    assert ids(tmp_path) == ["q0", "q1", "q2", "q3"]


def test_two_processes_do_not_write_one_run(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(EvaluationError, match=str(tmp_path)):
        run(FixedSystem(), QUESTIONS, tmp_path, MANIFEST, lambda _: None)


def test_a_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    full = record(
        question=question(
            history=(Turn("Et\u2028avant ?", "Rien."),),
            required=(("a", "b"), ("c",)),
            numeric=Numeric(3.5, "€", 0.1),
            tags=("eau", "« sel »"),
        ),
        response=response(
            sentences=(
                said("Un.", cited(), Cited("", 0, 0, "", exact=False)),
                said("Deux.", marked=True),
            ),
            hits=(ranked(), ranked("p2", 5, 9, 0.25)),
            certainty=None,
        ),
    )
    (tmp_path / PER_QUESTION).write_text(as_line(full), encoding="utf-8", newline="\n")
    assert read_records(tmp_path) == (full,)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / PER_QUESTION).write_text(f'{as_line(record())}{{"question": 1}}\n', "utf-8")
    with pytest.raises(EvaluationError, match="ligne 2"):
        read_records(tmp_path)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="parole eval run"):
        read_records(tmp_path)
    with pytest.raises(EvaluationError, match="parole eval run"):
        read_manifest(tmp_path)


def test_the_end_of_a_run_writes_its_figures(tmp_path: Path) -> None:
    records = run(FixedSystem(), QUESTIONS, tmp_path, MANIFEST, lambda _: None)
    finish(tmp_path, records, MEASURES)
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary[MAIN] == {"value": 1.0, "low": summary[MAIN]["low"], "high": 1.0, "n": 4}
    assert 0.3 < summary[MAIN]["low"] < 0.6, "Wilson's interval of four out of four"
    first = (tmp_path / "run.trec").read_text("utf-8").split("\n")[0]
    assert first == "q0 Q0 p1 1 1.000000 fixe"
