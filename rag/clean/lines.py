"""Lines of a scraped page: how it is cut into them, and which are no prose anywhere; pure."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from rag import messages
from rag.clean.patterns import GROUPS, PATTERNS


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the fragment of one, its number in the text, from 1, and its `key`."""

    number: int
    text: str
    key: str


def _compiled(patterns: str) -> re.Pattern[str]:
    """Return one expression for patterns that stand one a line."""
    alternatives = "|".join(pattern.strip() for pattern in patterns.strip().split("\n"))
    return re.compile(re.sub(r"[A-Z]{3,}", lambda word: GROUPS[word[0]], alternatives))


_COMPILED = tuple((rule, _compiled(patterns)) for rule, patterns in PATTERNS.items())
_FILE_STEM = re.compile(r"[a-z]+(?:[-_][a-z]+)*\d+")
"""A lone word in small letters that ends in digits: a picture's name without its suffix."""

_LONGEST_PATTERN_LINE = 400
"""Characters; a notice about cookies fits in it, and whatever is longer is a paragraph."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_BULLET = re.compile(r"^[•·▪◦*–—-]\s+")


def key(text: str) -> str:
    """Return `text` in small letters, without accents, bullet or odd spaces and apostrophes."""
    bare = _BULLET.sub("", text.strip()).replace("’", "'").replace("\u00a0", " ")
    decomposed = unicodedata.normalize("NFD", bare.replace("\u202f", " "))
    letters = _ACCENTS.sub("", decomposed).lower().replace("œ", "oe")
    return " ".join(letters.split())


def line_rule(line: Line) -> str | None:
    """Return the rule that says this line is not prose, wherever it stands, if any does."""
    if not 0 < len(line.text) <= _LONGEST_PATTERN_LINE:
        return None
    if _FILE_STEM.fullmatch(line.text):
        return messages.RULE_FILE_NAME
    return next((rule for rule, pattern in _COMPILED if pattern.fullmatch(line.key)), None)


_SEPARATOR_RUN = re.compile(r"[-–—_=*~]{5,}")
_LEADING_IMAGE = re.compile(r"[\w-]+\.(?:png|jpe?g|gif|webp|svg)(?=[A-ZÀ-Ý«“])")
_TRAILING_LINK = re.compile(
    r"(?<=[.!?…»”]) (?:More|Read more|Lire la suite|En savoir plus|Lire plus|Continue reading)"
    r"(?: ?[»›→]| ?…| ?\.{3})$"
)


def fragments(text: str) -> list[Line]:
    """Cut `text` into lines, and lines where boilerplate was glued to prose into their parts."""
    return [
        Line(number, part, key(part))
        for number, line in enumerate(text.split("\n"), start=1)
        for part in _parts(line.rstrip())
    ]


def _parts(line: str) -> list[str]:
    """Cut one line after a picture's name, around a run of dashes, before a final link."""
    cuts = {0, len(line)}
    for match in _SEPARATOR_RUN.finditer(line):
        cuts |= {match.start(), match.end()}
    if leading := _LEADING_IMAGE.match(line):
        cuts.add(leading.end())
    trailing = _TRAILING_LINK.search(line)
    # A « that this » closes makes it a quotation, not an arrow.
    if trailing and not ("»" in trailing[0] and line.count("»") <= line.count("«")):
        cuts.add(trailing.start())
    ordered = sorted(cuts)
    parts = [line[a:b].strip() for a, b in pairwise(ordered)]
    return [part for part in parts if part] or [""]
