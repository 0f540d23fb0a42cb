"""What systems share: passages as spans, a quote checked at its place, times."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from eval.types import Cited, Ranked, Said, Span
from rag.cite import split_draft
from rag.store import Index
from rag.types import Document, GenerationLimits, Generator, Message, Passage, Turn, never

LIMITS = GenerationLimits(max_new_tokens=160, deadline=120.0)
"""Those that the product's own settings give its generator."""

DocumentOf = Callable[[str], Document]
"""Returns a document of the index by its id."""


@dataclass(slots=True)
class Stopwatch:
    """Seconds of each stage of one answer, and of all of it under `total`."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens in the `with` block."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start

    def all(self) -> dict[str, float]:
        """Return the stages with their sum."""
        return {**self.seconds, "total": sum(self.seconds.values())}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator wrote, and how many tokens it took."""

    text: str
    tokens: int


def spans(index: Index) -> tuple[Span, ...]:
    """Return every passage of an index."""
    return tuple(
        span(passage)
        for summary in index.documents()
        for passage in index.passages(summary.id)
    )  # fmt: skip


def span(passage: Passage) -> Span:
    """Return a passage as a stretch of its document."""
    return Span(passage.id, passage.document_id, passage.start, passage.end)


def cite(document_of: DocumentOf, place: Span, quote: str) -> Cited:
    """Return a citation, with whether the quote stands where it is said to stand."""
    text = document_of(place.document).text
    exact = text[place.start : place.end] == quote
    return Cited(place.document, place.start, place.end, quote, exact)


def whole_passage(hit: Ranked, document_of: DocumentOf) -> Said:
    """Return as an answer all that stands in a passage, citing itself."""
    place = hit.span
    text = document_of(place.document).text[place.start : place.end]
    return Said(text, marked=False, citations=(cite(document_of, place, text),))


def uncited(draft: str) -> tuple[Said, ...]:
    """Return the sentences of a draft that gives no source."""
    return tuple(Said(text, marked=False, citations=()) for text in split_draft(draft))


def chat(system: str, history: Sequence[Turn], request: str) -> list[Message]:
    """Return a chat: the task, the earlier turns, what is asked now."""
    turns = [
        message
        for turn in history
        for message in (Message("user", turn.question), Message("assistant", turn.answer))
    ]
    return [Message("system", system), *turns, Message("user", request)]


def write(generator: Generator, messages: Sequence[Message]) -> Draft:
    """Let the generator answer a chat."""
    prompt = generator.tokenizer.render(messages)
    text = "".join(generator.stream(prompt, LIMITS, never))
    return Draft(text.strip(), generator.tokenizer.count(text))
