"""Which passages of a system hold a gold quote, however the system cuts its texts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from eval.types import Gold, Question, Span

ByDocument = Mapping[str, Sequence[Span]]


def by_document(spans: Sequence[Span]) -> ByDocument:
    """Return passages under the document that they stand in."""
    grouped: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        grouped[span.document].append(span)
    return grouped


def relevant(question: Question, spans: ByDocument) -> tuple[str, ...]:
    """Return the ids of the passages that hold a gold quote of the question."""
    found = (
        span.id for gold in question.gold for span in holding(gold, spans.get(gold.document, ()))
    )
    return tuple(dict.fromkeys(found))


def holding(gold: Gold, spans: Sequence[Span]) -> list[Span]:
    """Return the passages that hold a quote whole; if none does, those with a part of it.

    A quote that a system's own cut runs through stands in both its passages.
    """
    whole = [span for span in spans if span.start <= gold.start and gold.end <= span.end]
    return whole or [span for span in spans if span.start < gold.end and gold.start < span.end]
