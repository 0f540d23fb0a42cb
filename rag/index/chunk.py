"""Documents cut into passages: whole sentences, exact offsets, nothing lost.

Where to cut is one shortest path over the sentences, as a paragraph is broken into lines
(D. E. Knuth and M. F. Plass, «Breaking paragraphs into lines», 1981): each passage costs
the square of its distance from the middle of the wanted lengths, so that passages come out
nearly equal, and a cut costs more the worse its place.

The only file that imports langchain-text-splitters: it cuts the sentences that are longer
than a passage. Its pieces are laid end to end, and their offsets counted here.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise

from langchain_text_splitters import RecursiveCharacterTextSplitter

from rag.config import ChunkSettings
from rag.french.sentences import sentence_spans
from rag.types import Document, Passage, Section

CHUNKER_VERSION = 1
"""To be raised whenever the same document and settings would give other passages."""

MAX_CHARS = 1500
"""Longest passage in characters, so that the encoder's 512 tokens hold it with its heading.

Measured on PIAF's paragraphs with XLM-R's tokenizer: the longest of 655 stretches of 1,600
characters took 499 tokens (scaled to 1,500: 468); cut by this chunker with its defaults,
901 passages took 407 at most. Text that is no French prose can take more.
"""

# What it costs to cut elsewhere than where a section begins; 1 is what a passage costs that
# has exactly min_words or max_words. Set by hand, not tuned: the worst place costs most.
_MID_SECTION = 2.0
_MID_SENTENCE = 6.0
_MID_SENTENCE_AFTER = {";": 3.0, ",": 4.0}
_AFTER_HEADING = 10.0
# A sentence too long for a passage is first cut into pieces of this share of one, which
# are then joined like sentences.
_PIECES = 4
_PIECE_ENDS = [r"\n", r";\s", r",\s", r"\s"]
# A heading is the section's title, or a line alone of at most so many characters.
_HEADING_CHARS = 100
_LINE_AFTER = re.compile(r"[^\S\n]*+\n")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, or a piece of one that is longer than a passage.

    `words` counts at least one; `cut` is what it costs to begin a passage here; `heading`
    tells that it belongs to what follows.
    """

    start: int
    end: int
    words: int
    section: Section
    cut: float
    heading: bool


def chunk(document: Document, settings: ChunkSettings) -> list[Passage]:
    """Cut `document` into passages, in order, without overlap.

    Each sentence stands in exactly one passage; none goes over a page or over
    `settings.max_words` words. A sentence alone longer than that is cut at the best place.

    Raises:
        ValueError: the settings are not 0 < min_words <= max_words.
    """
    if not 0 < settings.min_words <= settings.max_words:
        raise ValueError(f"not 0 < min_words <= max_words: {settings}")
    passages = []
    for _, page in groupby(_units(document, settings), key=lambda unit: unit.section.page):
        units = list(page)
        for first, last in _partition(units, settings):
            passages.append(_passage(document, units[first], units[last - 1].end))
    return passages


def fingerprint(settings: ChunkSettings) -> str:
    """Return the sha256 of the chunker's version and `settings`: another one, other passages."""
    described = {"version": CHUNKER_VERSION, "max_chars": MAX_CHARS, **asdict(settings)}
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def count_words(text: str) -> int:
    """Return the number of white-space separated tokens with a letter or a figure."""
    return sum(any(map(str.isalnum, token)) for token in text.split())


def _passage(document: Document, first: _Unit, end: int) -> Passage:
    """Return the passage from `first` to `end`; its id is that of its place and text."""
    text = document.text[first.start : end]
    identity = json.dumps([document.id, first.start, end, text])
    return Passage(
        id=hashlib.sha256(identity.encode()).hexdigest()[:15],
        document_id=document.id,
        title=document.title,
        section=first.section.title,
        page=first.section.page,
        start=first.start,
        end=end,
        text=text,
    )


def _units(document: Document, settings: ChunkSettings) -> Iterator[_Unit]:
    """Yield the sentences of each section, the overlong ones in pieces."""
    ends = [section.start for section in document.sections[1:]] + [len(document.text)]
    for section, section_end in zip(document.sections, ends, strict=True):
        text = document.text[section.start : section_end]
        for n, (start, end) in enumerate(sentence_spans(text)):
            heading = _is_heading(text, start, end, section.title if n == 0 else "")
            for m, (a, b) in enumerate(_pieces(text[start:end], settings)):
                yield _Unit(
                    start=section.start + start + a,
                    end=section.start + start + b,
                    words=max(1, count_words(text[start + a : start + b])),
                    section=section,
                    cut=_cut_cost(text[start + a - 2 : start + a]) if m else _MID_SECTION * (n > 0),
                    heading=heading,
                )


def _cut_cost(before: str) -> float:
    """Return what it costs to cut a sentence after `before`."""
    return _MID_SENTENCE_AFTER.get(before.rstrip()[-1:], _MID_SENTENCE)


def _is_heading(text: str, start: int, end: int, title: str) -> bool:
    """Say whether a sentence is the title of its section, or a short line without a point."""
    if end - start > _HEADING_CHARS + len(title):
        return False
    line = text[start:end].lstrip("#").strip()
    if title and line == title.strip():
        return True
    alone = "\n" not in line and (start == 0 or text[start - 1] == "\n")
    bare = line[:1].isalnum() and line[-1:].isalnum()
    return alone and bare and _LINE_AFTER.match(text, end) is not None


def _pieces(sentence: str, settings: ChunkSettings) -> list[tuple[int, int]]:
    """Return the spans of `sentence`: one, or several where it is longer than a passage."""
    if len(sentence) <= MAX_CHARS and count_words(sentence) <= settings.max_words:
        return [(0, len(sentence))]
    splitter = RecursiveCharacterTextSplitter(
        separators=_PIECE_ENDS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=max(1, MAX_CHARS // _PIECES),
        chunk_overlap=0,
        length_function=lambda text: _size(text, settings),
        strip_whitespace=False,
    )
    pieces = splitter.split_text(sentence)
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    cuts = (range(start, end, MAX_CHARS) for start, end in pairwise(offsets))
    bounds = sorted({*offsets, *(cut for piece in cuts for cut in piece)})
    spans = (_trimmed(sentence, start, end) for start, end in pairwise(bounds))
    return [(start, end) for start, end in spans if start < end]


def _size(text: str, settings: ChunkSettings) -> int:
    """Return the length of `text` in characters, or what its words weigh if that is more."""
    return max(len(text), count_words(text) * MAX_CHARS // settings.max_words)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends."""
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _partition(units: Sequence[_Unit], settings: ChunkSettings) -> list[tuple[int, int]]:
    """Return the cheapest cut of `units` into runs (first, last + 1), by dynamic programming.

    Takes at most max_words steps a unit, whatever the units.
    """
    by_length = _length_costs(settings)
    begin: list[float] = []  # the least cost up to a passage that begins at each unit
    origins = []
    cost = 0.0
    for end, last in enumerate(units, start=1):
        begin.append(cost + last.cut)
        cost, origin = min(
            (begin[first] + by_length[words], first)
            for first, words in _starts(units, end, settings.max_words)
        )
        cost += _AFTER_HEADING * last.heading
        origins.append(origin)
    runs = []
    end = len(units)
    while end:
        runs.append((origins[end - 1], end))
        end = origins[end - 1]
    return runs[::-1]


def _starts(units: Sequence[_Unit], end: int, max_words: int) -> Iterator[tuple[int, int]]:
    """Yield where a passage that ends before `end` may begin, with its words."""
    words = 0
    earliest = units[end - 1].end - MAX_CHARS
    for first in range(end - 1, -1, -1):
        unit = units[first]
        words += unit.words
        if words > max_words or unit.start < earliest:
            return
        yield first, words


def _length_costs(settings: ChunkSettings) -> list[float]:
    """Return what a passage costs for its length, for 0 to max_words words."""
    middle = (settings.min_words + settings.max_words) / 2
    reach = max(1.0, (settings.max_words - settings.min_words) / 2)
    return [((words - middle) / reach) ** 2 for words in range(settings.max_words + 1)]
