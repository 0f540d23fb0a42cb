"""What readers think of answers, stored as lines that become golden questions."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.questions.golden import FIELDS, load_golden
from eval.types import Gold
from rag.errors import EvaluationError, ParoleError
from rag.types import Receipt, Turn
from tests.fakes_ui import (
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    answer,
    mill_sentences,
)
from ui.conversation import Exchange, Phase, Rating
from ui.feedback import REASON_CHARACTERS, Feedback

RECEIPT = Receipt("corpus-1", "index-1", {"encoder": "e5@1"}, "réglages-1", "0.1.0")
ANSWER = replace(answer(MILL_QUESTION, mill_sentences()), receipt=RECEIPT)
LIKED = Exchange(
    2, MILL_QUESTION, Phase.DONE, sentences=ANSWER.sentences, answer=ANSWER, rating="good"
)
TURN = Turn("Où est le moulin ?", "À Valbrune.")
FILLED = {
    "type": "date",
    "difficulty": "easy",
    "answerable": True,
    "answers": ["1742"],
    "gold": [{"document": MILL.id, "quote": BUILT}],
    "expected": "answer",
    "written_by": "anne",
}
"""What an evaluator adds."""

FULL_DISK = """
import resource, sys
from pathlib import Path
from tests.test_feedback import LIKED
from ui.feedback import Feedback, FeedbackError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
try:
    Feedback(Path(sys.argv[1])).write(LIKED, ())
except FeedbackError as error:
    print(error)
"""


def written(path: Path) -> list[dict[str, Any]]:
    r"""Return the lines of the file, divided at \n alone."""
    text = path.read_bytes().decode()
    assert text.endswith("\n")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def write(path: Path, exchange: Exchange = LIKED, reason: str = "", *turns: Turn) -> dict[str, Any]:
    """Write one opinion and return its line."""
    Feedback(path).write(exchange, turns, reason)
    return written(path)[-1]


def test_a_line_holds_the_question_and_what_was_shown(tmp_path: Path) -> None:
    line = write(tmp_path / "avis.jsonl", LIKED, "Clair et sourcé.", TURN)
    assert tuple(line) == (*FIELDS, "feedback")
    assert line["question"] == MILL_QUESTION
    assert line["history"] == [{"question": TURN.question, "answer": TURN.answer}]
    assert (line["variant"], line["split"], line["lang"]) == ("base", "dev", "fr")
    empty = [name for name in FILLED if not line[name]]
    assert empty == list(FILLED)
    assert line["feedback"] == {
        "rating": "good",
        "reason": "Clair et sourcé.",
        "answer": ANSWER.text,
        "citations": [
            {"document": MILL.id, "quote": BUILT},
            {"document": MILL.id, "quote": STOPPED_TURNING},
        ],
        "receipt": {
            "corpus": "corpus-1",
            "index": "index-1",
            "models": {"encoder": "e5@1"},
            "settings": "réglages-1",
            "version": "0.1.0",
        },
    }


def test_a_line_filled_in_is_a_golden_question(tmp_path: Path) -> None:
    line = write(tmp_path / "avis.jsonl", LIKED, "Oui.", TURN)
    del line["feedback"]
    golden = tmp_path / "golden.jsonl"
    golden.write_text(json.dumps({**line, **FILLED}) + "\n", encoding="utf-8")
    (question,) = load_golden(golden, {MILL.id: MILL.text}.__getitem__)
    start = MILL.text.index(BUILT)
    assert (question.text, question.history) == (MILL_QUESTION, (TURN,))
    assert question.gold == (Gold(MILL.id, BUILT, start, start + len(BUILT)),)


@pytest.mark.parametrize("name", sorted(set(FILLED) - {"answers", "gold"}))
def test_a_judgement_that_is_missing_is_told(name: str, tmp_path: Path) -> None:
    line = write(tmp_path / "avis.jsonl")
    del line["feedback"]
    golden = tmp_path / "golden.jsonl"
    golden.write_text(json.dumps({**line, **FILLED, name: line[name]}), encoding="utf-8")
    with pytest.raises(EvaluationError, match=name):
        load_golden(golden, {MILL.id: MILL.text}.__getitem__)


def test_a_changed_mind_is_a_later_line_with_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    ratings: tuple[Rating, ...] = ("good", "bad", "")
    for rating in ratings:
        write(path, replace(LIKED, rating=rating), f"Avis {rating}")
    lines = written(path)
    assert [line["feedback"]["rating"] for line in lines] == ["good", "bad", ""]
    assert len({line["id"] for line in lines}) == 1


def test_another_question_answer_or_history_has_another_id(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    write(path)
    write(path, replace(LIKED, question="Quand ?"))
    write(path, replace(LIKED, answer=replace(ANSWER, text="En 1742.")))
    write(path, LIKED, "", TURN)
    assert len({line["id"] for line in written(path)}) == 4
    assert write(tmp_path / "autre.jsonl", LIKED, "Bien.")["id"] == written(path)[0]["id"]


def test_a_refusal_is_shown_as_its_reason(tmp_path: Path) -> None:
    refused = Exchange(1, UNKNOWN_QUESTION, Phase.REFUSED, message=REFUSAL, rating="bad")
    said = write(tmp_path / "avis.jsonl", refused)["feedback"]
    assert (said["answer"], said["citations"], said["receipt"]) == (REFUSAL, [], None)


def test_an_interrupted_answer_is_shown_as_far_as_it_was_checked(tmp_path: Path) -> None:
    stopped = Exchange(1, MILL_QUESTION, Phase.STOPPED, sentences=mill_sentences()[1:])
    said = write(tmp_path / "avis.jsonl", stopped)["feedback"]
    assert said["answer"] == f"{SENTENCES[1]} [2] {SENTENCES[2]} [non vérifié]"


@pytest.mark.parametrize("text", [*HOSTILE, "a\r\nb\x85c\u2029d\x0b", '"}\n{"id": "x"', "\ud800"])
def test_no_text_ends_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    exchange = replace(LIKED, question=text, answer=replace(ANSWER, text=text))
    line = write(path, exchange, text, Turn(text, text))
    kept = text.replace("\ud800", "?")
    assert [line["question"], line["feedback"]["answer"], line["feedback"]["reason"]] == [kept] * 3
    assert line["history"] == [{"question": kept, "answer": kept}]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_a_reason_without_end_is_cut(tmp_path: Path) -> None:
    reason = write(tmp_path / "avis.jsonl", LIKED, "a" * 100_000)["feedback"]["reason"]
    assert reason == "a" * REASON_CHARACTERS


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "avis.jsonl"
    before = os.umask(0)
    try:
        write(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_stood_in_the_file_stays_and_an_unfinished_line_spoils_no_other(
    tmp_path: Path,
) -> None:
    path = tmp_path / "avis.jsonl"
    path.write_text('{"id": "ancien"}\n{"id": "coup', encoding="utf-8")
    Feedback(path).write(LIKED, ())
    first, second, third, last = path.read_text(encoding="utf-8").split("\n")
    assert (first, second, last) == ('{"id": "ancien"}', '{"id": "coup', "")
    assert json.loads(third)["question"] == MILL_QUESTION


def test_threads_write_whole_lines(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "avis.jsonl")
    exchanges = [replace(LIKED, question=f"Question {n} ?") for n in range(24)]
    threads = [
        threading.Thread(target=feedback.write, args=(exchange, ())) for exchange in exchanges
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {line["question"] for line in written(tmp_path / "avis.jsonl")}
    assert found == {exchange.question for exchange in exchanges}


@pytest.mark.parametrize("place", ["absent/avis.jsonl", "dossier"])
def test_a_file_that_cannot_be_written_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    path = tmp_path / place
    with pytest.raises(ParoleError) as caught:
        Feedback(path).write(LIKED, ())
    told = f"Votre avis n’a pas pu être enregistré dans «\u00a0{path.name}\u00a0»"
    assert str(caught.value).startswith(told)
    assert str(tmp_path) not in str(caught.value)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, repository: Path) -> None:
    path = tmp_path / "avis.jsonl"
    write(path)
    before = path.read_bytes()
    limit = str(len(before) + 100)
    run = [sys.executable, "-c", FULL_DISK, str(path), limit]
    told = subprocess.run(run, cwd=repository, capture_output=True, check=True, text=True).stdout
    assert told.startswith("Votre avis n’a pas pu être enregistré")
    assert path.read_bytes() == before
    assert write(path)["question"] == MILL_QUESTION
