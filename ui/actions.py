"""What the page does beside answering: show a whole text, keep an opinion, make an export."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from typing import get_args

from rag.errors import ParoleError
from rag.talk.suggestions import questions_of
from rag.types import Document
from ui.conversation import Rating, history
from ui.export import FORMATS, Edition
from ui.feedback import Feedback
from ui.ports import Answering
from ui.session import Session
from ui.views.reading import Place, nothing_open, reading

DocumentOf = Callable[[str], Document]
"""Returns a text by its id, or raises KeyError."""

PLACES: tuple[Place, ...] = get_args(Place)
"""Where a text can be read."""

RATINGS: tuple[Rating, ...] = get_args(Rating)

File = dict[str, str]
"""What the browser saves: `name`, `type` and `text`."""


def rate(
    feedback: Feedback | None, session: Session, number: object, rating: str, reason: str
) -> Session:
    """Return the session with an opinion, which is kept in the file if there is one.

    Raises:
        FeedbackError: the file cannot be written.
    """
    known: Rating | None = next((one for one in RATINGS if one == rating), None)
    exchange = session.exchange(number)
    if known is None or exchange is None or exchange.answer is None:
        return session
    rated = replace(exchange, rating=known)
    if feedback is not None and not exchange.own:
        feedback.write(rated, history(session.exchanges[: rated.number - 1]), reason)
    return session.with_exchange(rated)


def everywhere(corpus: Answering, own: Answering | None) -> DocumentOf:
    """Return what finds a text in the corpus, else among the reader's own documents."""

    def find(document_id: str) -> Document:
        try:
            return corpus.document(document_id)
        except KeyError:
            if own is None:
                raise
            return own.document(document_id)

    return find


def text_at(
    document_of: DocumentOf, document: object, stretch: tuple[object, object], place: Place
) -> str:
    """Return a whole text as HTML, with a stretch of it marked.

    What the browser sends may be anything: an unknown text shows that none is open, a stretch
    that the text does not have is not marked.
    """
    name = document if isinstance(document, str) else ""
    try:
        found = document_of(name.encode(errors="replace").decode())  # no lone surrogate
    except (KeyError, ParoleError):  # it may have gone since it was shown
        return nothing_open()
    start, end = (value if type(value) is int else 0 for value in stretch)  # True is none
    if not 0 <= start < end <= len(found.text):
        start = end = 0
    return reading(found, start, end, place, questions_of(found))


def export(document_of: DocumentOf, today: dt.date, session: Session, name: str) -> File | None:
    """Return the conversation as a file of that format; None for a format there is not."""
    made = FORMATS.get(name)
    if made is None:
        return None
    edition = Edition(today, version("parole"), document_of)
    return {"name": made.file, "type": made.mime, "text": made.write(session.exchanges, edition)}
