"""What systems share: passages as spans, a quote checked at its place, times."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from eval.types import Cited, Ranked, Response, Said, Span
from rag.check.cite import split_draft
from rag.index.store import Index
from rag.types import Document, GenerationLimits, Generator, Message, Passage, never
from rag.write.gate import written

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


def cite_whole(document_of: DocumentOf, place: Span) -> Cited:
    """Return a citation of all that stands at a place."""
    text = document_of(place.document).text[place.start : place.end]
    return Cited(place.document, place.start, place.end, text, exact=True)


def search_answer(
    hits: Sequence[Ranked], certainty: float, seconds: Mapping[str, float], document_of: DocumentOf
) -> Response:
    """Return what a search engine shows: its best passage, citing itself, or nothing."""
    cited = [cite_whole(document_of, hit.span) for hit in hits[:1]]
    return Response(
        text=" ".join(found.quote for found in cited),
        draft="",
        refused=not hits,
        sentences=tuple(Said(found.quote, marked=False, citations=(found,)) for found in cited),
        hits=tuple(hits),
        certainty=certainty,
        seconds=seconds,
        tokens=0,
    )


def uncited(draft: str) -> tuple[Said, ...]:
    """Return the sentences of a draft that gives no source."""
    return tuple(Said(text, marked=False, citations=()) for text in split_draft(draft))


def write(generator: Generator, messages: Sequence[Message]) -> Draft:
    """Let the generator answer a chat."""
    prompt = generator.tokenizer.render(messages)
    text = written(generator.stream(prompt, LIMITS, never))
    return Draft(text.strip(), generator.tokenizer.count(text))
