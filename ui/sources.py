"""The sources of an answer: each quote cut out of its document with the text around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.errors import ParoleError
from rag.talk.header import date, speakers
from rag.types import AnswerSentence, Citation, Document
from ui.references import reference

CONTEXT_CHARACTERS = 250
"""Shown on each side of a quote: about three lines, enough to see who or what it speaks of."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered quote, what stands before and after it, and what text it is from.

    `score` is from 0 to 1; `start` and `end` are where the quote stands in the whole text;
    `reference` is a formatted French reference, to be copied.
    """

    n: int
    document: str
    title: str
    speakers: str
    date: str
    location: str
    before: str
    quote: str
    after: str
    start: int
    end: int
    score: float
    reference: str = ""


def sources_of(
    sentences: Iterable[AnswerSentence], document: Callable[[str], Document]
) -> tuple[Source, ...]:
    """Return one source for each number cited, in the order of the numbers."""
    citations = {citation.n: citation for sentence in sentences for citation in sentence.citations}
    return tuple(evidence_of(citations[n], document) for n in sorted(citations))


def evidence_of(citation: Citation, document: Callable[[str], Document]) -> Source:
    """Return one quote in its context, or alone if its document has changed or gone."""
    found = cited(citation.document, citation.title, document)
    text = found.text
    intact = text[citation.start : citation.end] == citation.quote
    return Source(
        n=citation.n,
        document=citation.document,
        title=citation.title,
        speakers=", ".join(speakers(found)),
        date=date(found),
        location=citation.location,
        before=head_context(text, citation.start) if intact else "",
        quote=citation.quote,
        after=tail_context(text, citation.end) if intact else "",
        start=citation.start,
        end=citation.end,
        score=citation.score,
        reference=reference(found, citation.location),
    )


def cited(document_id: str, title: str, document: Callable[[str], Document]) -> Document:
    """Return the document, or one that has nothing but its title if it has gone."""
    try:
        return document(document_id)
    except (ParoleError, KeyError):
        return Document(document_id, "", title, "", sections=())


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
