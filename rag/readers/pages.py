"""Printed pages: lines joined into paragraphs, running heads and page numbers out; pure."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import messages
from rag.clean import Dropped
from rag.readers.blocks import Block
from rag.readers.decode import visible

_EDGE_LINES = 2
"""Lines at the top and at the bottom of a page where running heads stand."""
_HEAD_SHARE = 0.5
"""Of all pages, the least share that a running head stands on."""
_HEAD_PAGES = 3
"""Pages; a line on fewer is no running head. A page number needs only two."""
_NUMBER_PAGES = 2
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:(?:/|sur|of|de)\s*\d{1,4})?\s*[-–—|]?",
    re.IGNORECASE,
)
_ENDINGS = (".", "!", "?", "…", ":", "»", "”")
_ITEM = re.compile(r"(?:[-–—•·▪◦*]|\d{1,2}[.)])\s")
_SHORT_END = 0.85
"""Of the page's usual width; a line that ends a sentence and is shorter ends a paragraph."""
_SHORT_LINE = 0.6
"""Of that width; any line as short before a capital is a heading or ends a paragraph."""
_WIDTH_RANK = 0.9
"""Nine lines of ten are at most as wide as the page's usual width."""

_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010]$")
_LONGEST_WORD = 60
"""Characters; a cut word is looked for in the last so many."""
_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_KEEPS_HYPHEN = re.compile(
    "ils?|elles?|on|je|tu|nous|vous|ce|ci|là|moi|toi|lui|leur|mêmes?|être|t", re.IGNORECASE
)
"""What French joins to a word with a hyphen that a line's end does not take away."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line, with its number through all pages, from 1."""

    number: int
    text: str


def prose(pages: Sequence[str]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Return the paragraphs of pages, each with the page (from 1) that it begins on.

    A paragraph that a page's end cuts stays whole. Lines dropped are numbered through the
    whole text, from 1, blank ones not counted.
    """
    printed = _numbered(pages)
    heads = _running_heads(printed)
    dropped = tuple(
        Dropped(line.number, line.text, messages.RULE_PAGE_EDGE)
        for i, page in enumerate(printed)
        for j, line in enumerate(page)
        if (i, j) in heads
    )
    words = Counter(_WORD.findall(" ".join(line.text for page in printed for line in page)))
    blocks: list[Block] = []
    for i, page in enumerate(printed):
        kept = [line.text for j, line in enumerate(page) if (i, j) not in heads]
        blocks = _continued(blocks, [*_paragraphs(kept, words)], i + 1, words)
    return tuple(blocks), dropped


def _numbered(pages: Sequence[str]) -> list[list[_Line]]:
    """Return the lines of each page that are not blank, numbered through all pages."""
    printed: list[list[_Line]] = []
    number = 0
    for page in pages:
        # A soft hyphen is a hyphen only at a line's end, where `visible` would hide it.
        text = visible(re.sub("\u00ad(?=[ \t]*(?:\n|$))", "-", page))
        lines = [" ".join(line.split(" ")).strip() for line in text.split("\n") if line.strip()]
        printed.append([_Line(number + k, line) for k, line in enumerate(lines, start=1)])
        number += len(lines)
    return printed


def _edge(page: Sequence[_Line]) -> Iterator[tuple[int, str]]:
    """Yield the places at a page's top and bottom, with what stands there but for digits."""
    count = len(page)
    for j in range(count):
        if j < _EDGE_LINES or j >= count - _EDGE_LINES:
            yield j, re.sub(r"\d+", "#", page[j].text)


def _running_heads(pages: Sequence[Sequence[_Line]]) -> set[tuple[int, int]]:
    """Return the places (page, line) of page numbers and of lines that most pages repeat."""
    seen = Counter(text for page in pages for text in {text for _, text in _edge(page)})
    least = max(_HEAD_PAGES, math.ceil(len(pages) * _HEAD_SHARE))
    return {
        (i, j)
        for i, page in enumerate(pages)
        for j, text in _edge(page)
        if seen[text] >= least
        or (seen[text] >= _NUMBER_PAGES and _PAGE_NUMBER.fullmatch(page[j].text))
    }


def _paragraphs(lines: Sequence[str], words: Counter[str]) -> Iterator[str]:
    """Yield the paragraphs of one page's lines."""
    if not lines:
        return
    width = sorted(map(len, lines))[int((len(lines) - 1) * _WIDTH_RANK)]
    paragraph = lines[0]
    for line, following in pairwise(lines):
        if _ends(line, following, width):
            yield paragraph
            paragraph = following
        else:
            paragraph = _joined(paragraph, following, words)
    yield paragraph


def _ends(line: str, following: str, width: int) -> bool:
    """Tell whether a paragraph ends with `line`, from its length and what follows."""
    if _ITEM.match(following):
        return True
    short = len(line) < _SHORT_END * width and line.endswith(_ENDINGS)
    heading = len(line) < _SHORT_LINE * width and following[:1].isupper()
    return short or heading


def _joined(text: str, following: str, words: Counter[str]) -> str:
    """Join two pieces of a paragraph, mending a word that a hyphen cut in two.

    The hyphen stays where the document writes the word with it elsewhere, or where French
    would («peut-être», «dit-il»); it goes otherwise.
    """
    broken = _BROKEN.search(text, max(0, len(text) - _LONGEST_WORD))
    rest = _WORD.match(following)
    if not broken or not rest or not following[0].islower():
        return f"{text} {following}"
    head, tail = broken[1], rest[0]
    whole, hyphened = words[head + tail], words[f"{head}-{tail}"]
    keep = hyphened > whole or (not whole and _KEEPS_HYPHEN.fullmatch(tail.split("-")[0]))
    return text[: broken.end(1)] + ("-" if keep else "") + following


def _continued(
    blocks: list[Block], paragraphs: list[str], page: int, words: Counter[str]
) -> list[Block]:
    """Return the blocks so far and those of a page, its first line joined to a cut sentence."""
    if blocks and paragraphs and paragraphs[0][0].islower():
        last = blocks[-1]
        if not last.text.endswith(_ENDINGS):
            whole = Block(_joined(last.text, paragraphs[0], words), page=last.page)
            blocks, paragraphs = [*blocks[:-1], whole], paragraphs[1:]
    return [*blocks, *(Block(paragraph, page=page) for paragraph in paragraphs)]
