"""A whole text of the corpus, the stretch that was cited marked in it."""

from collections.abc import Iterator, Sequence
from typing import Literal

from rag.corpus import QUESTIONS
from rag.types import Document
from ui import strings
from ui.views.markup import button, escape, icon, isolated
from ui.views.opening import example
from ui.views.sources import close

Place = Literal["panel", "corpus", "own"]
"""Where a text is read: beside the answer, in the corpus's own tab, or in the reader's."""


def reading(
    document: Document, start: int, end: int, place: Place, questions: Sequence[str] = ()
) -> str:
    """Return the whole text with its characters from `start` to `end` marked, if any."""
    return (
        f'<article class="reading" data-document="{escape(document.id)}" '
        f'data-start="{start}" data-end="{end}"><div class="head">{_leave(place)}</div>'
        f'<h2 tabindex="-1">{isolated(document.title)}</h2>{_metadata(document)}'
        f'<div class="text">{"".join(_blocks(document, start, end, place))}</div>'
        f"{_questions(questions)}</article>"
    )


def nothing_open() -> str:
    """Return what stands in the place of a text as long as none is open."""
    return f'<p class="nothing">{escape(strings.READING_NOTHING)}</p>'


def _leave(place: Place) -> str:
    """Return the buttons that lead away from the text."""
    if place != "panel":
        return button("shelf", icon("back") + escape(strings.SHELF_BACK), "tool")
    return button("back", icon("back") + escape(strings.PANEL_BACK), "tool") + close()


def _metadata(document: Document) -> str:
    """Return what the header of the file says of the text."""
    items = "".join(
        f"<div><dt>{isolated(_name(name))}</dt><dd>{isolated(value)}</dd></div>"
        for name, value in document.metadata
        if value and name != QUESTIONS
    )
    return f"<dl>{items}</dl>" if items else ""


def _name(field: str) -> str:
    """Return what the page calls a field of the header."""
    plain = field.replace("_", " ")
    return strings.METADATA.get(field, plain[:1].upper() + plain[1:])


def _blocks(document: Document, start: int, end: int, place: Place) -> Iterator[str]:
    """Yield the headings and paragraphs; only the first mark has the identifier."""
    headings = {section.start for section in document.sections if section.title}
    marked = False
    at = 0
    for body in document.text.split("\n\n"):
        before = max(start - at, 0)
        cut = body[before : max(end - at, 0)]
        name = "" if marked else f' id="stretch-{place}" tabindex="-1"'
        mark = f"<mark{name}>{escape(cut)}</mark>" if cut else ""
        inside = escape(body[:before]) + mark + escape(body[before + len(cut) :])
        marked = marked or bool(cut)
        tag = "h3" if at in headings else "p"
        yield f'<{tag} dir="auto">{inside}</{tag}>'
        at += len(body) + len("\n\n")


def _questions(questions: Sequence[str]) -> str:
    """Return the questions that the text answers, to be asked by a click."""
    if not questions:
        return ""
    items = "".join(f"<li>{example(question)}</li>" for question in questions)
    title = escape(strings.READING_QUESTIONS)
    return f'<h3 class="heading">{title}</h3><ul class="examples">{items}</ul>'
