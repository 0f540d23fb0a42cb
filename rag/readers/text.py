"""Text files: most are scraped pages or notes; paragraphs and headings found by their shape."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from rag.clean import clean
from rag.readers.blocks import Block, Parsed
from rag.readers.decode import decode
from rag.readers.outline import outlined

SUFFIXES = (".txt",)

_WRAP_LEAST = 40
_WRAP_MOST = 100
"""Columns; lines that were wrapped by hand or by an editor are that wide."""
_ITEM = re.compile(r"(?:[-–—•·*]|\d{1,3}[.)])\s")


def read_text(data: bytes) -> Parsed:
    """Return the prose of a text file without the furniture of a page, and what was dropped."""
    cleaned = clean(decode(data))
    blocks = [Block(paragraph) for paragraph in paragraphs(cleaned.text.split("\n"))]
    return Parsed(outlined(blocks), dropped=cleaned.dropped)


def paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs of a text: wrapped lines joined, long lines one by one.

    Short lines that nobody wrapped (verse, an address, a list) stay together as lines.
    """
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        run = list(group)
        if not filled:
            continue
        if _is_wrapped(run):
            yield " ".join(line.strip() for line in run)
        elif any(len(line) > _WRAP_MOST for line in run):
            yield from run
        else:
            yield "\n".join(run)


def _is_wrapped(run: Sequence[str]) -> bool:
    """Tell whether lines are one paragraph, wrapped: none had room for the next one's word."""
    width = max(map(len, run))
    if not _WRAP_LEAST <= width <= _WRAP_MOST:
        return False
    return all(
        len(line) + 1 + len(following.split()[0]) > width and not _ITEM.match(following.strip())
        for line, following in pairwise(run)
    )
