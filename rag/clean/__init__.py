"""Scraped pages: the prose kept, the furniture of the page dropped and accounted for; pure.

Rules are general: whole-line patterns of French and English pages (`lines`), comment threads
and their form (`comments`), what stands above and below the text (`edges`), and what a page
repeats or leaves without its object (`echoes`). They run in the order of `_RULES`, each on
what the ones before it left, since a thread's end is found by a line that a pattern drops.

Evidence that prose stays: of PIAF's 1,518 French paragraphs cut into 6,654 sentences, a line
each, and of its 7,566 questions between two paragraphs, none is dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.clean.comments import footer, threads
from rag.clean.echoes import captions, labels, repetitions
from rag.clean.edges import breadcrumbs, menus, promotions, share_bars
from rag.clean.lines import Line, fragments, line_rule
from rag.clean.shape import Verdicts

__all__ = ["Cleaned", "Dropped", "clean"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that was left out: its line, from 1, in the text as read, and the rule's name."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a text, what is not, and the line that each line of it came from."""

    text: str
    dropped: tuple[Dropped, ...]
    numbers: tuple[int, ...]


def _patterns(lines: Sequence[Line]) -> Verdicts:
    """Drop the lines that a pattern knows wherever they stand."""
    ruled = ((i, line_rule(line)) for i, line in enumerate(lines))
    return {i: rule for i, rule in ruled if rule}


_RULES: tuple[Callable[[Sequence[Line]], Verdicts], ...] = (
    threads,
    footer,
    menus,
    share_bars,
    _patterns,
    labels,
    breadcrumbs,
    promotions,
    captions,
    repetitions,
)


def clean(text: str) -> Cleaned:
    """Return the prose of `text`, whose lines end in a line feed, and what was left out.

    A line is kept but for the spaces around it, or dropped, or cut where a picture's name, a run
    of dashes or a «read more» link was glued to it. Dropped lines come in the order of the text.
    """
    lines = fragments(text)
    dropped: list[Dropped] = []
    for rule in _RULES:
        verdicts = rule(lines)
        dropped += [Dropped(lines[i].number, lines[i].text, name) for i, name in verdicts.items()]
        lines = [line for i, line in enumerate(lines) if i not in verdicts]
    dropped.sort(key=lambda item: item.line)
    return Cleaned(
        text="\n".join(line.text for line in lines),
        dropped=tuple(dropped),
        numbers=tuple(line.number for line in lines),
    )
