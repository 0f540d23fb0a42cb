"""The data that every part of the benchmark shares; imports nothing of `eval`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rag.types import Turn

Split = Literal["dev", "test"]
Expected = Literal["answer", "refuse", "correct_premise"]


@dataclass(frozen=True, slots=True)
class Gold:
    """A stretch of a document that answers: `document.text[start:end] == quote`, always.

    It never names a passage, so that it outlives every way of cutting a text.
    """

    document: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numeric:
    """The figure that an answer must give; one within `tolerance` of `value` is right."""

    value: float
    unit: str
    tolerance: float


@dataclass(frozen=True, slots=True)
class Question:
    """A question with all that is known about a right answer to it.

    `answers` are accepted wordings, one of which must stand in the answer; `required` are
    claims, each with its alternatives, and all of them together make a right answer too.
    `evidence` says whether every gold quote is needed or each alone is enough. Variants of
    a question share its `base_id`; `variant` is `base` for the question itself.
    """

    id: str
    base_id: str
    variant: str
    split: Split
    lang: str
    text: str
    history: tuple[Turn, ...]
    type: str
    tags: tuple[str, ...]
    difficulty: str
    answerable: bool
    unanswerable_reason: str
    answers: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    numeric: Numeric | None
    gold: tuple[Gold, ...]
    evidence: Literal["all", "any"]
    expected: Expected
    written_by: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Span:
    """A passage that a system may retrieve, as a stretch of a document."""

    id: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that a system retrieved, best first, with its score."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that a system gives for a sentence.

    `exact` tells whether the quote stands at its offsets in the document, as the runner
    found it. A number that leads to no passage has an empty `document` and is never exact.
    """

    document: str
    start: int
    end: int
    quote: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that a user is shown; `marked` if it is shown as not verified."""

    text: str
    marked: bool
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What a system gave to a question.

    `text` is what a user reads, `draft` what the generator wrote, `certainty` the system's
    own probability that it knows (none if it has no such thing), `seconds` the length of
    each stage by name with `total` among them, `tokens` how many were generated.
    """

    text: str
    draft: str
    refused: bool
    sentences: tuple[Said, ...]
    hits: tuple[Ranked, ...]
    certainty: float | None
    seconds: Mapping[str, float]
    tokens: int


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a run: a question, what the system gave, what it should have found.

    `relevant` are the ids of the system's own passages that hold a gold quote.
    """

    question: Question
    response: Response
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over `n` questions with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


class System(Protocol):
    """Something that answers questions about a corpus, to be measured."""

    @property
    def name(self) -> str:
        """What `--system` calls it."""
        ...

    @property
    def identity(self) -> Mapping[str, str]:
        """The hashes and settings that its answers depend on."""
        ...

    def passages(self) -> Sequence[Span]:
        """Return everything it may retrieve; nothing if it does not retrieve."""
        ...

    def answer(self, question: Question) -> Response:
        """Return what it gives to one question, history included."""
        ...
