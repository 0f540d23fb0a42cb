"""Which questions failed, how, and what a reader needs to see why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.measures.citations import citation_recall, quote_exactness
from eval.measures.correctness import forbidden
from eval.measures.outcome import outcome
from eval.questions.golden import TextOf
from eval.types import Cited, Gold, Record

CONTEXT = 180
"""Characters shown on either side of a gold quote: a sentence or two."""


def _answered(record: Record) -> bool:
    """Tell whether a question was answered that was to be refused."""
    ending = outcome(record)
    return ending.should_refuse and not ending.refused


def _wrong(record: Record) -> bool:
    """Tell whether a question to be answered was answered wrongly."""
    ending = outcome(record)
    return ending.right is False and not (ending.should_refuse or ending.refused)


def _refused(record: Record) -> bool:
    """Tell whether a question to be answered was refused."""
    ending = outcome(record)
    return ending.refused and not ending.should_refuse


def _uncited(record: Record) -> bool:
    """Tell whether an answer that could have cited a gold quote has no source at all."""
    return citation_recall(record) is not None and not citations(record)


REASONS: Mapping[str, Callable[[Record], bool]] = {
    "forbidden": lambda record: forbidden(record.question, record.response) == 1,
    "answered": _answered,
    "wrong": _wrong,
    "refused": _refused,
    "inexact": lambda record: quote_exactness(record) not in {None, 1.0},
    "beside": lambda record: bool(citations(record)) and citation_recall(record) == 0,
    "uncited": _uncited,
}
"""What a failure is, gravest first: what misleads a reader comes before what he can see."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that failed, and the names of `REASONS` why, gravest first."""

    record: Record
    reasons: tuple[str, ...]


def failures(records: Sequence[Record]) -> list[Failure]:
    """Return the questions that failed, gravest reason first, then in the order of the run."""
    gravity = {name: rank for rank, name in enumerate(REASONS)}
    found = [Failure(record, reasons(record)) for record in records]
    return sorted(
        (failure for failure in found if failure.reasons),
        key=lambda failure: gravity[failure.reasons[0]],
    )


def reasons(record: Record) -> tuple[str, ...]:
    """Return the names of `REASONS` why a question failed; none if it did not."""
    return tuple(name for name, holds in REASONS.items() if holds(record))


def citations(record: Record) -> tuple[Cited, ...]:
    """Return each source of an answer once, in the order in which it first stands there."""
    shown = () if record.response.refused else record.response.sentences
    return tuple(dict.fromkeys(citation for said in shown for citation in said.citations))


def reaches_gold(record: Record, citation: Cited) -> bool:
    """Tell whether a source has a character in common with a gold quote of its question."""
    return any(
        gold.document == citation.document
        and max(gold.start, citation.start) < min(gold.end, citation.end)
        for gold in record.question.gold
    )


def gold_rank(record: Record) -> int | None:
    """Return the rank, from 1, of the first passage found that holds a gold quote."""
    ranks = enumerate((hit.span.id for hit in record.response.hits), start=1)
    return next((rank for rank, passage in ranks if passage in record.relevant), None)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in the text around it; `before` and `after` are empty where that is unknown."""

    document: str
    before: str
    quote: str
    after: str


def excerpt(gold: Gold, text_of: TextOf | None) -> Excerpt:
    """Return a gold quote with up to `CONTEXT` characters of its document on either side.

    The quote stands alone without a lookup, or if the document no longer holds it there.
    """
    text = _text(gold.document, text_of)
    if text[gold.start : gold.end] != gold.quote:
        return Excerpt(gold.document, "", gold.quote, "")
    before, after = text[: gold.start], text[gold.end :]
    return Excerpt(gold.document, _tail(before), gold.quote, _tail(after[::-1])[::-1])


def _text(document: str, text_of: TextOf | None) -> str:
    """Return a document's text, empty if it cannot be had."""
    try:
        return text_of(document) if text_of else ""
    except KeyError:
        return ""


def _tail(text: str) -> str:
    """Return the end of a text from a whole word on, with the sign that it goes on before."""
    if len(text) <= CONTEXT:
        return text
    _, _, words = text[-CONTEXT:].partition(" ")
    return f"…\u00a0{words}"
