"""HTML pages: their main text as trafilatura finds it, then what `rag.clean` still drops."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol

from trafilatura import bare_extraction

from rag import messages
from rag.clean import clean
from rag.errors import ReadError
from rag.readers.blocks import Block, Parsed
from rag.readers.decode import decode
from rag.readers.outline import with_questions

SUFFIXES = (".html", ".htm")


class _Element(Protocol):
    """The part of an lxml element that is read here; lxml ships no types."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator["_Element"]:
        """Yield the children."""
        ...


def read_web(data: bytes) -> Parsed:
    """Return the main text of a page, its title and headings, and what was dropped of it.

    Lines of `dropped` count those of the text extracted, a blank one between blocks. Raises
    ReadError for a page that trafilatura cannot take apart.
    """
    title, extracted = _extract(decode(data))
    text = "\n\n".join(block.text for block in extracted)
    headings = set(_heading_lines(extracted))
    cleaned = clean(text)
    lines = zip(cleaned.text.split("\n"), cleaned.numbers, strict=True)
    blocks = [
        Block("\n".join(line for line, _ in group), heading=starts_heading)
        for (filled, starts_heading), group in groupby(
            lines, key=lambda line: (bool(line[0]), line[1] in headings)
        )
        if filled
    ]
    return Parsed(with_questions(blocks), title, dropped=cleaned.dropped)


def _extract(page: str) -> tuple[str, list[Block]]:
    """Return the title and the blocks of the main text, none where trafilatura finds none."""
    try:
        found = bare_extraction(page, include_comments=False, with_metadata=True)
    except Exception as exc:  # trafilatura documents none, lxml's leak
        raise ReadError(messages.READ_DAMAGED.format(format="HTML")) from exc
    if found is None or isinstance(found, dict):
        return "", []
    return found.title or "", [block for block in _blocks(found.body) if block.text]


def _heading_lines(blocks: Iterable[Block]) -> Iterator[int]:
    """Yield the line numbers, from 1, of headings when blocks are joined by blank lines."""
    number = 1
    for block in blocks:
        if block.heading:
            yield number
        number += block.text.count("\n") + 2


def _blocks(element: _Element) -> Iterator[Block]:
    """Yield the blocks of an element of trafilatura's own tree (head, p, list, table…)."""
    match element.tag:
        case "head":
            yield Block(_text(element).replace("\n", " "), heading=True)
        case "list":
            yield Block("\n".join(_items(element)))
        case "table":
            yield Block("\n".join(_rows(element)))
        case _ if any(child.tag in _BLOCK_TAGS for child in element):
            for child in element:
                yield from _blocks(child)
        case _:
            yield Block(_text(element))


_BLOCK_TAGS = frozenset({"head", "list", "table", "p", "quote", "div", "code"})


def _items(element: _Element) -> Iterator[str]:
    """Yield the items of a list, a line each, nested ones further right."""
    for item in element:
        own = " ".join(_text(item, skip="list").split())
        if own:
            yield f"– {own}"
        for nested in item:
            if nested.tag == "list":
                yield from (f"  {line}" for line in _items(nested))


def _rows(element: _Element) -> Iterator[str]:
    """Yield the rows of a table, their cells between bars."""
    for row in element:
        cells = (" ".join(_text(cell).split()) for cell in row)
        yield " | ".join(cell for cell in cells if cell)


def _text(element: _Element, skip: str = "") -> str:
    """Return the text inside an element; line breaks are kept, `skip` elements left out."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag != skip:
            parts.append(_text(child, skip))
        parts.append(child.tail or "")
    lines = "".join(parts).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
