"""The sources of an answer: a row of small cards, and the panel that shows them whole."""

from rag.check.cite import location
from rag.types import Hit, Passage, Section
from ui import strings
from ui.conversation import Exchange
from ui.sources import Source, tail_context
from ui.views.markup import button, close_set, escape, facts, icon, isolated, tool

PASSAGE_CHARACTERS = 300
"""Shown of a passage that no answer came of: about four lines on a wide screen."""


def strip(exchange: Exchange) -> str:
    """Return the sources as a row of cards; each opens the panel at its source."""
    cards = "".join(f"<li>{_card(source, exchange.number)}</li>" for source in exchange.sources)
    return f'<ol class="strip" aria-label="{escape(strings.SOURCES)}">{cards}</ol>'


def panel(exchange: Exchange) -> str:
    """Return what the script shows in the panel: every source with the text around its quote."""
    items = "".join(_source(source, exchange) for source in exchange.sources)
    return f'{_head(len(exchange.sources))}<ol class="sources">{items}</ol>' if items else ""


def citation(source: Source, exchange: int) -> str:
    """Return the small number that leads to a source of the same exchange."""
    return button(
        "cite", str(source.n), "cite", label=label(source), exchange=exchange, source=source.n
    )


def label(source: Source) -> str:
    """Return what a screen reader calls a source."""
    return strings.SOURCE_LABEL.format(n=source.n, title=source.title)


def passage(hit: Hit) -> str:
    """Return one passage found, cut to a few lines, that opens in its text."""
    found = hit.passage
    where = location(Section(found.start, found.section, found.page))
    text = tail_context(without_heading(found), 0, PASSAGE_CHARACTERS)
    return (
        f'<li class="near"><h4>{isolated(found.title)}</h4>{facts([where])}'
        f'<blockquote dir="auto">{escape(close_set(text))}</blockquote>'
        f"{whole(found.document_id, found.start, found.end, strings.EVIDENCE_OPEN)}</li>"
    )


def without_heading(passage: Passage) -> str:
    """Return the text of a passage less the section's title, which stands above it already."""
    return passage.text.removeprefix(f"{passage.section}\n\n") if passage.section else passage.text


def whole(document: str, start: int, end: int, text: str) -> str:
    """Return the button that opens a whole text in the panel, at a stretch of it."""
    return tool("select", "book", text, document=document, start=start, end=end, place="panel")


def close() -> str:
    """Return the button that closes the panel."""
    return button("close", icon("close"), "round", label=strings.PANEL_CLOSE)


def _head(total: int) -> str:
    """Return the head of the panel, which stays in sight."""
    return (
        f'<div class="head"><h2 tabindex="-1">{escape(strings.SOURCES)} '
        f'<span class="total">{total}</span></h2>{close()}</div>'
    )


def _card(source: Source, exchange: int) -> str:
    """Return one source as a small card: its number, its text and the beginning of its quote."""
    content = (
        f'<span class="title"><span class="number">{source.n}</span>{isolated(source.title)}</span>'
        f'<span class="excerpt">{isolated(source.quote)}</span>'
    )
    return button("cite", content, "card", label=label(source), exchange=exchange, source=source.n)


def _source(source: Source, exchange: Exchange) -> str:
    """Return one source: where it stands, its quote marked, and what can be done with it.

    A quotation supports no sentence but itself: then no figure of support is shown.
    """
    percent = strings.SUPPORT.format(percent=round(source.score * 100))
    support = "" if exchange.quoted else percent
    where = facts((source.speakers, source.date, source.location, support))
    return (
        f'<li class="source" data-exchange="{exchange.number}" data-source="{source.n}" '
        f'tabindex="-1"><h3>{_title(source, exchange.number)}</h3>'
        f'{where}<blockquote dir="auto">{_in_context(source)}</blockquote>'
        f'<div class="links">{_links(source)}</div></li>'
    )


def _in_context(source: Source) -> str:
    """Return the quote, marked, with the text around it."""
    before, quote, after = (
        escape(close_set(text)) for text in (source.before, source.quote, source.after)
    )
    return f"{before}<mark>{quote}</mark>{after}"


def _title(source: Source, exchange: int) -> str:
    """Return the title of a source as the button that shows what rests on it."""
    content = f'<span class="number">{source.n}</span>{isolated(source.title)}'
    spoken = strings.TRACE.format(n=source.n, title=source.title)
    return button("trace", content, "", label=spoken, exchange=exchange, source=source.n)


def _links(source: Source) -> str:
    """Return the buttons of a source: its whole text and its reference."""
    return whole(source.document, source.start, source.end, strings.WHOLE_TEXT) + tool(
        "copy", "copy", strings.COPY_REFERENCE, text=source.reference or source.title
    )
