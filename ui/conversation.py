"""The state of a conversation, as frozen values that the stream's events move on."""

import enum
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.check.cite import tidy
from rag.types import (
    Answer,
    AnswerSentence,
    Checked,
    Done,
    Event,
    Hit,
    Retrieved,
    Token,
    Turn,
    Waiting,
)
from ui.sources import Source

Rating = Literal["", "good", "bad"]
"""What the reader thinks of an answer; empty as long as nothing was said."""


class Phase(enum.Enum):
    """Where an exchange stands."""

    WAITING = "waiting"
    SEARCHING = "searching"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def running(self) -> bool:
        """Whether more is still to come."""
        return self not in {Phase.DONE, Phase.REFUSED, Phase.STOPPED, Phase.FAILED}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what is known of its answer so far.

    `before` counts the answers that are written first; `evidence` is the sentence shown while
    the answer is awaited. `message` says why there is no answer, or nothing but a quotation;
    `seconds` is the whole time. `answer` is there once it is done, `suggestions` are questions
    that the corpus answers, offered where this one had none. `within` holds the ids of the only
    texts looked in; None is all of them. `own` says that it was asked of the reader's own
    documents: nothing of it is ever written down.
    """

    number: int
    question: str
    phase: Phase = Phase.WAITING
    hits: tuple[Hit, ...] = ()
    draft: str = ""
    sentences: tuple[AnswerSentence, ...] = ()
    sources: tuple[Source, ...] = ()
    message: str = ""
    seconds: float = 0.0
    before: int = 0
    evidence: Source | None = None
    answer: Answer | None = None
    suggestions: tuple[str, ...] = ()
    rating: Rating = ""
    within: tuple[str, ...] | None = None
    own: bool = False

    @property
    def quoted(self) -> bool:
        """Whether nothing that was written stood, so that a quotation is all there is."""
        return self.phase is Phase.DONE and bool(self.message)

    @property
    def aside(self) -> str:
        """What Parole says of itself where nothing was asked of the texts, else nothing."""
        return self.answer.text if self.answer and self.answer.aside else ""


def advance(exchange: Exchange, event: Event) -> Exchange:
    """Return the exchange after one more event of its stream."""
    match event:
        case Retrieved(hits):
            return replace(exchange, phase=Phase.READING, hits=hits)
        case Waiting(before):
            return replace(exchange, phase=Phase.WAITING, before=before)
        case Token(text):
            return replace(exchange, phase=Phase.WRITING, before=0, draft=exchange.draft + text)
        case Checked(sentence):
            sentences = (*exchange.sentences, sentence)
            return replace(exchange, phase=Phase.CHECKING, sentences=sentences)
        case Done(answer):
            return replace(
                exchange,
                phase=Phase.REFUSED if answer.refused else Phase.DONE,
                hits=answer.hits,
                sentences=answer.sentences,
                message=answer.reason,
                seconds=answer.timings.total,
                answer=answer,
                suggestions=answer.suggestions,
            )


def stopped(exchange: Exchange) -> Exchange:
    """Return the exchange as the reader's « stop » leaves it."""
    return replace(exchange, phase=Phase.STOPPED)


def failed(exchange: Exchange, message: str) -> Exchange:
    """Return the exchange as an error leaves it, with the sentence that explains it."""
    return replace(exchange, phase=Phase.FAILED, message=message)


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """Return the exchanges that the texts answered as turns, oldest first.

    A turn holds what the sources bear out, without numbers and marks: the model reads it
    as its own words, and must neither imitate the marks nor build on what was not verified.
    """
    return tuple(
        Turn(exchange.question, _borne_out(exchange))
        for exchange in exchanges
        if exchange.phase is Phase.DONE and not exchange.aside
    )


def _borne_out(exchange: Exchange) -> str:
    """Return the verified sentences, or the bare quotes where a quotation is all there is.

    The question of such an exchange is kept: the next one may lean on it.
    """
    supported = [sentence for sentence in exchange.sentences if sentence.supported]
    if exchange.quoted:
        return " ".join(citation.quote for item in supported for citation in item.citations)
    return " ".join(sentence.text for sentence in supported)


def unsettled(draft: str, sentences: Sequence[AnswerSentence]) -> str:
    """Return what follows the checked sentences in the draft.

    Empty as soon as a sentence is not found word for word: showing a part of the draft
    twice, once as checked, would mislead.
    """
    draft, end = tidy(draft), 0
    for sentence in sentences:
        start = draft.find(sentence.text, end)
        if start < 0:
            return ""
        end = start + len(sentence.text)
    return draft[end:]


class Run:
    """One answer in the making: it starts at most once and may be asked to stop."""

    def __init__(self) -> None:
        self._claim = threading.Lock()
        self._stop = threading.Event()
        self._over = threading.Event()

    def start(self) -> bool:
        """Return True to the first caller alone."""
        return self._claim.acquire(blocking=False)

    def stop(self) -> None:
        """Ask the answer to stop; lasting and harmless when repeated."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether the answer has been asked to stop."""
        return self._stop.is_set()

    def end(self) -> None:
        """Say that nothing more comes of the answer, whether it was finished or left."""
        self._over.set()

    def over(self) -> bool:
        """Whether nothing more comes of the answer."""
        return self._over.is_set()
