"""Markdown files: an optional YAML header, then CommonMark with tables, as plain prose."""

import re
from collections.abc import Iterator

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from rag import messages
from rag.clean import Dropped
from rag.errors import ReadError
from rag.readers.blocks import Block, Parsed, one_line
from rag.readers.decode import decode

SUFFIXES = (".md", ".markdown")

_HEADER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_MAX_HEADER = 8_192
"""Characters; a header is a few fields, and a long one may be made to exhaust the parser."""
_TITLE_FIELD = "titre"


def read_markdown(data: bytes) -> Parsed:
    """Return the prose of a Markdown file and the fields of its header, `titre` as title.

    Raises ReadError for a header that is no YAML.
    """
    text = decode(data)
    header = _HEADER.match(text)
    fields = _fields(header[1] or "") if header else None
    if header is None or fields is None:
        return Parsed(tuple(prose(text)))
    simple = {name: _value(value) for name, value in fields.items()}
    dropped = tuple(
        Dropped(_line_of(name, header[1]), name, messages.RULE_FRONT_MATTER)
        for name, value in simple.items()
        if value is None
    )
    metadata = tuple(
        (one_line(name), one_line(value))
        for name, value in simple.items()
        if value is not None and name != _TITLE_FIELD
    )
    body = tuple(prose(text[header.end() :]))
    return Parsed(body, simple.get(_TITLE_FIELD) or "", metadata, dropped)


def _fields(header: str) -> dict[str, object] | None:
    """Return the fields of a YAML header, or None if it holds something else than fields."""
    if len(header) > _MAX_HEADER:
        reason = messages.READ_FRONT_MATTER_LONG.format(size=len(header), limit=_MAX_HEADER)
        raise ReadError(reason)
    try:
        # BaseLoader makes nothing but texts, lists and mappings: values stay as written,
        # where safe_load would turn «1.10» into 1.1 and «no» into False.
        fields = yaml.load(header, Loader=yaml.BaseLoader)  # noqa: S506 - safe, see above
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 2 if exc.problem_mark else 1
        raise ReadError(messages.READ_FRONT_MATTER.format(line=line)) from exc
    # PyYAML lets these out for characters it refuses and for nesting without end.
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as exc:
        raise ReadError(messages.READ_FRONT_MATTER.format(line=1)) from exc
    if not isinstance(fields, dict):
        return None if header.strip() else {}
    return {str(name): value for name, value in fields.items()}


def _value(value: object) -> str | None:
    """Return a field's value, lists joined by commas, or None for anything nested."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return None


def _line_of(name: str, header: str) -> int:
    """Return the line of the file that the field `name` stands on."""
    lines = enumerate(header.split("\n"), start=2)
    return next((number for number, line in lines if line.startswith(name)), 1)


def prose(text: str, page: int | None = None, line_break: str = " ") -> Iterator[Block]:
    """Yield the blocks of CommonMark `text`; `line_break` stands for its single line feeds.

    Raw HTML, images and rules are left out; links and emphasis keep their text.
    """
    parser = MarkdownIt("commonmark").enable("table")
    root = SyntaxTreeNode(parser.parse(text))
    for node in root.children:
        for block in _blocks(node, line_break):
            yield Block(block.text, block.heading, page)


def _blocks(node: SyntaxTreeNode, line_break: str) -> Iterator[Block]:
    """Yield the blocks of one node of the syntax tree."""
    match node.type:
        case "heading":
            yield Block(_inline(node, " "), heading=True)
        case "paragraph":
            yield Block(_inline(node, line_break))
        case "bullet_list" | "ordered_list":
            yield Block("\n".join(_items(node, line_break)))
        case "table":
            yield Block("\n".join(_rows(node)))
        case "fence" | "code_block":
            yield Block(node.content)
        case "blockquote":
            for child in node.children:
                yield from _blocks(child, line_break)
        case _:
            return


def _items(node: SyntaxTreeNode, line_break: str) -> Iterator[str]:
    """Yield the lines of a list, each item's first with its dash or its number."""
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start=first):
        mark = f"{number}. " if node.type == "ordered_list" else "– "
        lines = [
            line
            for child in item.children
            for block in _blocks(child, line_break)
            for line in block.text.split("\n")
            if line.strip()
        ]
        yield mark + (lines[0] if lines else "")
        yield from (f"  {line}" for line in lines[1:])


def _rows(node: SyntaxTreeNode) -> Iterator[str]:
    """Yield the rows of a table, their cells between bars."""
    for part in node.children:
        for row in part.children:
            yield " | ".join(_inline(cell, " ").strip() for cell in row.children)


def _inline(node: SyntaxTreeNode, line_break: str) -> str:
    """Return the text of a paragraph, a heading or a cell, without its markup."""
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return line_break
        case "hardbreak":
            return "\n"
        case "html_inline":
            return "\n" if node.content.startswith("<br") else ""
        case "image":
            return ""
        case _:
            return "".join(_inline(child, line_break) for child in node.children)
