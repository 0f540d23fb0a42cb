"""The data that every part of Parole shares; imports nothing of the package."""

import collections.abc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""A C-contiguous matrix of unit vectors, one row a text: shape (n, dimension)."""


@dataclass(frozen=True, slots=True)
class Section:
    """The stretch of a document that begins at `start` and runs to the next section."""

    start: int
    title: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text of the corpus, as plain prose, with where it came from.

    `id` is the path below the source folder, the folder's name included, with `/`.
    `sha256` is that of the original file's bytes; `sections` are ordered by `start`
    and the first starts at 0. `metadata` holds French labels in the order of the file.
    """

    id: str
    sha256: str
    title: str
    text: str
    sections: tuple[Section, ...]
    metadata: tuple[tuple[str, str], ...] = ()

    def section_at(self, offset: int) -> Section:
        """Return the section that the character at `offset` stands in."""
        return max(
            (section for section in self.sections if section.start <= offset),
            key=lambda section: section.start,
            default=self.sections[0],
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences: `document.text[start:end] == text`, always.

    `id` is 15 hexadecimal digits (60 bits), so that it is also a positive int64 for FAISS.
    """

    id: str
    document_id: str
    title: str
    section: str
    page: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, with its fused score and the two parts of it."""

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quote: the document's characters from `start` to `end`.

    `n` is the number shown to the reader; `score` is the support found, from 0 to 1.
    """

    n: int
    document: str
    title: str
    location: str
    quote: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer; supported if and only if it carries citations."""

    text: str
    supported: bool
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds that each stage took; `first_token` is counted from the question."""

    retrieve: float
    first_token: float
    generate: float
    verify: float
    total: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """What must be the same for the same question to give the same answer."""

    corpus: str
    index: str
    models: Mapping[str, str]
    settings: str
    version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What Parole says to a question, the same object for every face of it.

    `reason` says why it is refused, or a quotation, else nothing; `certainty` is the probability,
    before anything is written, that the corpus answers; `told` names the passages read. `aside`:
    it is about Parole and rests on no source. `suggestions` are questions that the corpus answers.
    """

    question: str
    text: str
    refused: bool
    reason: str
    certainty: float
    sentences: tuple[AnswerSentence, ...]
    hits: tuple[Hit, ...]
    timings: Timings
    receipt: Receipt
    told: tuple[str, ...] = ()
    aside: bool = False
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Event: the passages found; again, once read, with the sentence that speaks to it most."""

    hits: tuple[Hit, ...]
    evidence: Citation | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Event: so many answers are written before this one."""

    before: int


@dataclass(frozen=True, slots=True)
class Token:
    """Event: the next piece of the draft, not yet checked."""

    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Event: a sentence of the draft has been checked, as soon as the next one begins.

    Done tells what stands in the end: where no sentence does, a quotation takes their place.
    """

    sentence: AnswerSentence


@dataclass(frozen=True, slots=True)
class Done:
    """Event: the whole answer; always the last event of a stream."""

    answer: Answer


Event = Retrieved | Waiting | Token | Checked | Done
"""What `Assistant.stream` yields: Retrieved*, Waiting*, Token and Checked, Done; aside, Done."""

Events = collections.abc.Generator[Event, None, None]
"""The events of one answer; closing it stops the work behind it."""

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat prompt; its text is data, never markup."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class GenerationLimits:
    """When generation must stop: after so many tokens, or so many seconds."""

    max_new_tokens: int
    deadline: float


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a user calls the encoder by."""

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question, shape (n, dimension)."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return one unit vector a text, shape (n, dimension); tell `progress` how many."""


Pieces = collections.abc.Generator[str | Waiting, None, None]
"""A text piece by piece, behind what it waits for; closing it stops the work behind it."""


def never() -> bool:
    """Say that nobody has cancelled."""
    return False


class Tokenizer(Protocol):
    """Turns a conversation into token ids in which no text can act as markup."""

    def count(self, text: str) -> int:
        """Return how many tokens `text` takes as data."""

    def render(self, messages: Sequence[Message]) -> list[int]:
        """Return the ids of the chat template around the messages' texts."""


class Generator(Protocol):
    """Continues a prompt."""

    @property
    def name(self) -> str:
        """What a user calls the generator by."""

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights."""

    @property
    def tokenizer(self) -> Tokenizer:
        """Its own tokenizer, which prompts are made with."""

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        """Yield the continuation piece by piece, and before it the answers that it waits for."""
