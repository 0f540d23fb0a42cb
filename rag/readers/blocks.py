"""What every reader makes of a file: blocks of prose, put together into a document; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.clean import Dropped
from rag.readers.decode import plain
from rag.types import Section

_TITLE_WORDS = 20
"""Words; a longer first line is a paragraph, not a title."""
MAX_TITLE = 300
"""Characters of the longest title that is kept whole: ours have fewer than 80. A title stands
before every passage in the prompt and in the index, so that it must not crowd out the text."""
_BETWEEN = "\n\n"
_NO_TITLE_ENDS = (".", ",", ";", ":", "…")


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list or table, with the page it begins on where there are pages."""

    text: str
    heading: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader found in a file; the title is empty where the file does not say it."""

    blocks: tuple[Block, ...]
    title: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    dropped: tuple[Dropped, ...] = ()


def one_line(text: str) -> str:
    """Return `text` as plain text on one line."""
    return " ".join(plain(text).split("\n")).strip()


def title_of(parsed: Parsed, stem: str) -> str:
    """Return the file's own title, else its first heading, first short line or `stem`.

    A title longer than `MAX_TITLE` is cut.
    """
    filled = [block for block in parsed.blocks if one_line(block.text)]
    heading = next((block.text for block in filled if block.heading), "")
    first = one_line(filled[0].text) if filled else ""
    short = len(first.split()) <= _TITLE_WORDS and not first.endswith(_NO_TITLE_ENDS)
    title = one_line(parsed.title) or one_line(heading) or (first if short else "") or stem
    return shortened(title)


def shortened(title: str) -> str:
    """Return the title, cut behind a word and ended by « … » where it is too long."""
    if len(title) <= MAX_TITLE:
        return title
    start, _, _ = title[:MAX_TITLE].rpartition(" ")
    return f"{(start or title[: MAX_TITLE - 1]).rstrip()}…"


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[Section, ...]]:
    """Return the text, a blank line between blocks, and its sections, the first at 0.

    A section begins at each heading, named by it, and at each new page. One that begins
    otherwise has no title. The text has each heading whole.
    """
    bodies: list[str] = []
    sections: list[Section] = []
    start = 0
    for block in blocks:
        body = one_line(block.text) if block.heading else plain(block.text)
        if not body:
            continue
        if block.heading or not sections or block.page != sections[-1].page:
            sections.append(Section(start, shortened(body) if block.heading else "", block.page))
        bodies.append(body)
        start += len(body) + len(_BETWEEN)
    return _BETWEEN.join(bodies), tuple(sections)
