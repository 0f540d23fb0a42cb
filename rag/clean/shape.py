"""What a line looks like, and where it stands on the page; pure."""

import re
from collections.abc import Sequence

from rag.clean.lines import Line

Verdicts = dict[int, str]
"""Positions to drop, each with the name of the rule."""

_PROSE_WORDS = 25
"""Words; a line with as many is a paragraph, whatever it ends with."""
_SENTENCE_WORDS = 8
"""Words; with as many and a full stop, a line is a sentence."""
_FULL_STOPS = (".", "…", "»", "”")
"""Titles end in «!», «?» or «:» too, seldom in these."""
_ENDINGS = (*_FULL_STOPS, "!", "?", ":", ";", ",")
_OFFER = re.compile(
    r".*\b(?:newsletter|infolettre|webinaires?|webinar|livre blanc|e-?book|white ?paper|essai"
    r" gratuit|free trial|code promo|notre (?:enquete|etude|offre|formation|application|guide))\b.*"
)


def ends_sentence(text: str) -> bool:
    """Tell whether `text` ends as a sentence does, or as a line that goes on."""
    return text.rstrip().endswith(_ENDINGS)


def is_prose(text: str) -> bool:
    """Tell whether a line is a paragraph or a whole sentence."""
    words = len(text.split())
    stops = text.rstrip().endswith(_FULL_STOPS)
    return words >= _PROSE_WORDS or (words >= _SENTENCE_WORDS and stops)


def is_offer(line: Line) -> bool:
    """Tell whether a short line names what the foot of a page is apt to sell."""
    return len(line.text.split()) < _PROSE_WORDS and _OFFER.fullmatch(line.key) is not None


def filled(lines: Sequence[Line], start: int = 0) -> list[int]:
    """Return the positions, from `start`, of the lines that are not blank."""
    return [i for i in range(start, len(lines)) if lines[i].text]


def neighbour(lines: Sequence[Line], position: int, step: int) -> Line:
    """Return the nearest line with text after (`step` 1) or before (−1), or an empty one."""
    place = position + step
    while 0 <= place < len(lines) and not lines[place].text:
        place += step
    return lines[place] if 0 <= place < len(lines) else Line(0, "", "")


def edges(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """Return the positions before the first paragraph and those after the last."""
    places = filled(lines)
    prose = [i for i in places if is_prose(lines[i].text) and not is_offer(lines[i])]
    if not prose:
        return [], []
    return [i for i in places if i < prose[0]], [i for i in places if i > prose[-1]]
