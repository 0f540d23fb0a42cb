"""The corpus: a card for each text, and the passages that a search finds."""

from collections.abc import Iterator, Sequence

from rag.check.cite import location
from rag.french.text import search_terms
from rag.french.words import word_spans
from rag.talk.header import GENRE, date, speakers
from rag.types import Hit, Passage, Section
from ui import strings
from ui.ports import Summary
from ui.sources import head_context, tail_context
from ui.views.markup import button, close_set, count, escape, facts, isolated
from ui.views.sources import without_heading

LEAD_CHARACTERS = 80
"""Shown before the first word found: about a line on a phone."""

EXCERPT_CHARACTERS = 260
"""Shown from that word on: with the lead about four lines of a card."""


def catalogue(summaries: Sequence[Summary]) -> str:
    """Return a card for each text; it opens on the other side of the tab."""
    if not summaries:
        return f'<p class="nothing">{escape(strings.CATALOGUE_EMPTY)}</p>'
    cards = "".join(_card(summary) for summary in summaries)
    tally = count(len(summaries), strings.ONE_TEXT, strings.MANY_TEXTS)
    return f'<h2 class="heading">{escape(tally)}</h2><ul class="texts">{cards}</ul>'


def found(hits: Sequence[Hit], query: str) -> str:
    """Return the passages that a search of the corpus found, the words searched for marked."""
    if not hits:
        return f'<p class="nothing">{escape(strings.FOUND_NONE)}</p>'
    terms = frozenset(search_terms(query))
    items = "".join(_found(hit.passage, terms) for hit in hits)
    tally = count(len(hits), strings.FOUND_ONE, strings.FOUND_MANY)
    return f'<h2 class="heading">{escape(tally)}</h2><ul class="texts">{items}</ul>'


def _card(summary: Summary) -> str:
    """Return one text: its title, who speaks in it, its date and its genre."""
    genre = dict(summary.metadata).get(GENRE, "")
    size = count(summary.passages, strings.ONE_PASSAGE, strings.MANY_PASSAGES)
    return (
        f"<li><h3>{_open(summary.title, summary.id, 0, 0)}</h3>"
        f"{facts([', '.join(speakers(summary))])}{facts([date(summary), genre, size])}</li>"
    )


def _found(passage: Passage, terms: frozenset[str]) -> str:
    """Return one passage: its text, where it stands, and the words found in it."""
    where = location(Section(passage.start, passage.section, passage.page))
    title = _open(passage.title, passage.document_id, passage.start, passage.end)
    excerpt = "".join(_marked(_excerpt(without_heading(passage), terms), terms))
    return f'<li><h3>{title}</h3>{facts([where])}<blockquote dir="auto">{excerpt}</blockquote></li>'


def _open(title: str, document: str, start: int, end: int) -> str:
    """Return the title of a text as the button that opens it in the corpus's tab."""
    return button(
        "select", isolated(title), "link",
        document=document, start=start, end=end, place="corpus",
    )  # fmt: skip


def _excerpt(text: str, terms: frozenset[str]) -> str:
    """Return the part of a passage around the first word found in it."""
    first = next((start for start, _ in _spans(text, terms)), 0)
    lead = head_context(text, first, LEAD_CHARACTERS)
    return close_set(lead + tail_context(text[first:], 0, EXCERPT_CHARACTERS))


def _marked(text: str, terms: frozenset[str]) -> Iterator[str]:
    """Yield the text, escaped, each word whose stem is searched for marked."""
    done = 0
    for start, end in _spans(text, terms):
        yield f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
        done = end
    yield escape(text[done:])


def _spans(text: str, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where the words stand that are searched for, endings and accents left aside."""
    for _, start, end in word_spans(text):
        if terms.intersection(search_terms(text[start:end])):
            yield start, end
