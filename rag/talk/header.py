"""What the header of a text says of it: persons, date, keywords; pure."""

import re
from typing import Protocol

from rag.french.words import fold

SPEAKERS, DATE, GENRE, SOURCE = "intervenants", "date", "genre", "source"
KEYWORDS = "mots_cles"
"""What the headers of our corpus call persons, date, genre, origin and subjects; others may
lack them."""

_UNKNOWN = re.compile(
    r"(?:(?:auteur|intervenant|date)e?s? )?"
    r"(?:inconnu|non (?:nomm|indiqu|precis|connu|renseign|dat)|anonyme|sans date|s\. ?d\.)"
)
"""How a header says, its accents folded away, that something is not known."""

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and the marks that turn the direction of whatever follows them."""


class Described(Protocol):
    """A text that can be named and spoken of: a document, or its summary."""

    @property
    def id(self) -> str:
        """Its path below the source folder."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What its header says of it."""
        ...


def one_line(text: str) -> str:
    """Return the text on one line of UTF-8, without characters that act unseen."""
    spaced = _UNSEEN.sub("", _BLANKS.sub(" ", text)).strip(" ")
    return spaced.encode(errors="replace").decode()


def header_field(document: Described, label: str) -> str:
    """Return a field of the header on one line, or nothing."""
    return one_line(dict(document.metadata).get(label, ""))


def speakers(document: Described) -> tuple[str, ...]:
    """Return the persons that the header names, in its order; nobody where it names none."""
    names = (name.strip(" ") for name in header_field(document, SPEAKERS).split(","))
    return tuple(name for name in names if name and not _unknown(name))


def keywords(document: Described) -> tuple[str, ...]:
    """Return the subjects that the header names, in its order."""
    found = (word.strip(" ") for word in header_field(document, KEYWORDS).split(","))
    return tuple(filter(None, found))


def date(document: Described) -> str:
    """Return the date as the header words it, or nothing if it is not known."""
    told = header_field(document, DATE)
    return "" if _unknown(told) else told


def _unknown(told: str) -> bool:
    """Tell whether a header says by these words that it does not know."""
    return _UNKNOWN.match(fold(told)) is not None
