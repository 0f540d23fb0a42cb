"""Headings that nothing marks as such: interview questions, and short lines above prose; pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.readers.blocks import Block

_MARK = re.compile(r"^[•·▪–—*-]\s+")
_CAPITAL = re.compile(r"[«“\"(\[]?\s*[A-ZÀ-ÖØ-ÞŒ\d]")

_QUESTION_CHARS = 400
"""Characters; an interviewer's longest question, with what leads to it, is about as long."""
_QUESTIONS = 2
"""A single question alone may be rhetorical; from two on, a text is an interview."""
_TITLE_WORDS = 14
"""Words; a line above a paragraph is its title with at most so many."""
_PROSE_WORDS = 15
"""Words; a title stands above a block of at least so many."""


def outlined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a text that marks no headings, with those its shape gives away."""
    asked = with_questions(blocks)
    return _marked(asked, lambda i: _is_title(asked, i))


def with_questions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with an interview's questions as headings, their dash removed.

    A question is one line that ends with «?», starts with a capital and stands between blocks
    that are no questions, the one below being its answer.
    """
    places = {i for i in range(len(blocks)) if _is_question(blocks, i)}
    enough = len(places) >= _QUESTIONS
    return _marked(blocks, lambda i: enough and i in places)


def _marked(blocks: Sequence[Block], chosen: Callable[[int], bool]) -> tuple[Block, ...]:
    """Return the blocks, those at the chosen places as headings."""
    return tuple(
        replace(block, text=_MARK.sub("", block.text.strip()), heading=True) if chosen(i) else block
        for i, block in enumerate(blocks)
    )


def _asks(block: Block) -> bool:
    """Tell whether a block ends with a question mark."""
    return block.text.rstrip(' \u00a0»”"').endswith("?")


def _is_line(block: Block, words: int) -> bool:
    """Tell whether a block is one line of at most `words` words that starts with a capital."""
    text = _MARK.sub("", block.text.strip())
    return "\n" not in text and len(text.split()) <= words and bool(_CAPITAL.match(text))


def _is_question(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a block is a question that the next one answers."""
    block = blocks[place]
    around = [*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2]]
    return (
        place + 1 < len(blocks)
        and len(block.text) <= _QUESTION_CHARS
        and _asks(block)
        and _is_line(block, _QUESTION_CHARS)
        and not any(_asks(other) or other.heading for other in around)
    )


def _is_title(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a block is a short line, no sentence, between finished prose and more prose.

    Below a question a short line is the answer, and in a transcript without full stops
    nothing is finished: neither is taken for a title.
    """
    block = blocks[place]
    following = blocks[place + 1] if place + 1 < len(blocks) else Block("")
    before = blocks[place - 1] if place else None
    finished = before is None or before.text.rstrip().endswith((".", "!", "?", "…", "»", "”", ":"))
    return (
        not _MARK.match(block.text)
        and _is_line(block, _TITLE_WORDS)
        and not block.text.rstrip().endswith((".", ",", ";", ":", "…", "»", "”"))
        and len(following.text.split()) >= _PROSE_WORDS
        and not _asks(following)
        and finished
        and not (before is not None and (before.heading or _asks(before)))
    )
