"""Two questions in one: « Qui dirige Foncia, et pourquoi Frédéric communique-t-il ? »; pure."""

import re

from rag.french.text import search_terms
from rag.french.words import fold
from rag.talk.leaning import leans

ASKING = (
    r"(?:(?:à|a|de|en|par|pour|avec|dans|sur|depuis|chez|vers|sous) (?:\w+ de )?|d['’])?"
    r"(?:qui|que|quoi|où|pourquoi|comment|quand|combien|quel(?:le)?s?|lesquel(?:le)?s"
    r"|qu['’](?:est|a|ont|en))\b"
)
"""How what is asked for is named, with the preposition before it."""

_NEXT = re.compile(rf",? et (?={ASKING})|(?<=\?)\s+(?=\w)", re.IGNORECASE)
_ASKED = re.compile(fold(ASKING))
MOST = 3
"""Questions taken out of one: more are no question, but a list."""

TELLING = 2
"""Search terms that a part must have: « et pourquoi ? » cannot be searched for alone."""


def parted(question: str) -> tuple[str, ...]:
    """Return the questions that one consists of, each fit to be searched for; none if it is one.

    A part that leans on another one, « et où a-t-il lieu ? », is understood with it alone.
    """
    parts = [part.strip(" ,?") for part in _NEXT.split(question)]
    alone = all(
        len(set(search_terms(part))) >= TELLING
        and _ASKED.search(fold(part)) is not None
        and not leans(part)
        for part in parts
    )
    return tuple(f"{part}\u00a0?" for part in parts) if alone and 1 < len(parts) <= MOST else ()
