"""Names as they are written in a question: runs of words that each look like one; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.french.names import proper_names
from rag.french.words import word_spans

_JOINED = re.compile(r"[ \u00a0\u202f'’-]")
"""What stands between two words of one name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `text[start:end]` of what it was found in, and its folded words."""

    start: int
    end: int
    words: tuple[str, ...]


def names_in(text: str) -> Iterator[Name]:
    """Yield each name of a text whole: « Tristan Mendès France » is one.

    What is a name is what `rag.french.names.proper_names` takes for one, with its limits.
    """
    known = frozenset(proper_names(text))
    run: list[tuple[str, int, int]] = []
    for word, start, end in word_spans(text):
        part = word in known and text[start].isupper()
        if run and not (part and _JOINED.fullmatch(text[run[-1][2] : start])):
            yield _name(run)
            run = []
        if part:
            run.append((word, start, end))
    if run:
        yield _name(run)


def _name(run: list[tuple[str, int, int]]) -> Name:
    """Return the words of a run as one name."""
    return Name(run[0][1], run[-1][2], tuple(word for word, _, _ in run))
