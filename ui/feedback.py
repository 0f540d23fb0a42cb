"""What readers think of answers, kept in a file of this machine as questions to be finished.

A line has the fields of a golden question, those that need a person's judgement empty, and
`feedback` with what was said of which answer. Once that is taken out and the rest filled in,
the line is a question of the benchmark.
"""

import errno
import hashlib
import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from rag.check.cite import compose_text
from rag.errors import ParoleError
from rag.types import AnswerSentence, Receipt, Turn
from ui import strings
from ui.conversation import Exchange

Fields: TypeAlias = Mapping[str, object]

REASON_CHARACTERS = 2_000
"""Kept of a reason: a page of text. The page cannot be trusted to hold the limit."""

ID_DIGITS = 12
"""Hexadecimal digits of an id: in a million answers, two share theirs with a chance of 1 in 500."""

PRIVATE = 0o600
"""What others may do with the file: nothing."""

_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
"""What JSON leaves as it is and some programs end a line at."""


class FeedbackError(ParoleError):
    """A reader's opinion could not be stored."""


class Feedback:
    """A file that opinions are appended to, one line each; threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def write(self, exchange: Exchange, history: Sequence[Turn], reason: str = "") -> None:
        """Append what the reader thinks of an exchange, which came after the turns `history`.

        The same answer keeps its id: the last line with an id holds what counts.

        Raises:
            FeedbackError: the file cannot be written; what it held is as it was.
        """
        line = json.dumps(record(exchange, history, reason), ensure_ascii=False)
        data = line.translate(_LINE_ENDS).encode(errors="replace") + b"\n"
        try:
            with self._lock:
                _append(self._path, data)
        except OSError as error:
            told = {"file": self._path.name, "reason": error.strerror or str(error)}
            raise FeedbackError(strings.FEEDBACK_NOT_WRITTEN.format(**told)) from error


def record(exchange: Exchange, history: Sequence[Turn], reason: str) -> Fields:
    """Return the line of an exchange: a question for development, still without an answer."""
    turns = [{"question": turn.question, "answer": turn.answer} for turn in history]
    shown = exchange.answer.text if exchange.answer else compose_text(exchange.sentences)
    answer = shown or exchange.message
    identity = _identity(exchange.question, turns, answer)
    return {
        "id": identity,
        "base_id": identity,
        "variant": "base",
        "split": "dev",
        "lang": "fr",
        "question": exchange.question,
        "history": turns,
        "type": "",
        "tags": [],
        "difficulty": "",
        "answerable": None,
        "unanswerable_reason": "",
        "answers": [],
        "required": [],
        "forbidden": [],
        "numeric": None,
        "gold": [],
        "evidence": "any",
        "expected": "",
        "written_by": "",
        "reviewed": "",
        "feedback": {
            "rating": exchange.rating,
            "reason": reason[:REASON_CHARACTERS],
            "answer": answer,
            "citations": _citations(exchange.sentences),
            "receipt": _receipt(exchange.answer.receipt) if exchange.answer else None,
        },
    }


def _identity(question: str, turns: Sequence[Fields], answer: str) -> str:
    """Return the id of an answer: whoever rates the same one again gives the same."""
    content = json.dumps([question, turns, answer])
    return f"avis-{hashlib.sha256(content.encode()).hexdigest()[:ID_DIGITS]}"


def _citations(sentences: Iterable[AnswerSentence]) -> list[Fields]:
    """Return the quotes shown, each once, in the order of their numbers and the form of gold."""
    cited = {citation.n: citation for sentence in sentences for citation in sentence.citations}
    return [{"document": cited[n].document, "quote": cited[n].quote} for n in sorted(cited)]


def _receipt(receipt: Receipt) -> Fields:
    """Return what must be the same for the answer to be given again."""
    return {
        "corpus": receipt.corpus,
        "index": receipt.index,
        "models": dict(receipt.models),
        "settings": receipt.settings,
        "version": receipt.version,
    }


def _append(path: Path, data: bytes) -> None:
    """Append a whole line and bring it to the disk, or leave the file as it was.

    A line that a power cut left unfinished is ended first, so that it spoils no other.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE), "rb+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        begun = end > 0 and file.read(1) != b"\n"
        line = b"\n" + data if begun else data
        if file.write(line) != len(line):
            file.truncate(end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
