"""The sources of an answer: each quote cut out of its document with the text around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.errors import ParoleError
from rag.types import AnswerSentence, Citation, Document

CONTEXT_CHARACTERS = 250
"""Shown on each side of a quote: about three lines, enough to see who or what it speaks of."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered quote and what stands before and after it; `score` is from 0 to 1."""

    n: int
    title: str
    location: str
    before: str
    quote: str
    after: str
    score: float


def sources_of(
    sentences: Iterable[AnswerSentence], document: Callable[[str], Document]
) -> tuple[Source, ...]:
    """Return one source for each number cited, in the order of the numbers."""
    citations = {citation.n: citation for sentence in sentences for citation in sentence.citations}
    return tuple(_source(citations[n], document) for n in sorted(citations))


def _source(citation: Citation, document: Callable[[str], Document]) -> Source:
    """Return the citation in its context, or alone if its document has changed or gone."""
    before, after = "", ""
    try:
        text = document(citation.document).text
    except (ParoleError, KeyError):
        text = ""
    if text[citation.start : citation.end] == citation.quote:
        before = head_context(text, citation.start)
        after = tail_context(text, citation.end)
    return Source(
        n=citation.n,
        title=citation.title,
        location=citation.location,
        before=before,
        quote=citation.quote,
        after=after,
        score=citation.score,
    )


def head_context(text: str, start: int, width: int = CONTEXT_CHARACTERS) -> str:
    """Return up to `width` characters before `start`, whole words, « … » where it is cut."""
    if start <= width:
        return text[:start]
    cut = start - width
    while cut < start and not text[cut - 1].isspace():
        cut += 1
    return f"{ELLIPSIS} {text[cut:start].lstrip()}"


def tail_context(text: str, end: int, width: int = CONTEXT_CHARACTERS) -> str:
    """Return up to `width` characters from `end` on, whole words, « … » where it is cut."""
    if end + width >= len(text):
        return text[end:]
    cut = end + width
    while cut > end and not text[cut].isspace():
        cut -= 1
    return f"{text[end:cut].rstrip()} {ELLIPSIS}"
