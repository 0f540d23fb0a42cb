"""Rules for what a page says twice, and for labels and captions that lost their object; pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from rag import messages
from rag.clean.lines import Line
from rag.clean.shape import Verdicts, ends_sentence, filled, is_prose, neighbour

_REPEATED_WORDS = 8
"""Words; a shorter line may well be said twice in an interview."""
_CAPTION_WORDS = 6
"""Words; a caption under a picture that is announced has at most so many a line."""
_LABEL = re.compile(
    r"(?:les |nos |mes )?(?:sources?|liens?(?: utiles)?|references?|telechargements?|documents?"
    r"|links?|videos?|images?|galerie)(?: de l'article)? ?:"
)
_ANNOUNCED = re.compile(
    r".*\b(?:clique[rz][ -](?:[\w' -]{0,40})(?:agrandir|afficher|image|carte)|click to enlarge"
    r"|(?:image|photo|carte|schema|infographie|graphique|illustration|figure)s?"
    r" ci-(?:dessous|contre|apres))\b.*"
)


def repetitions(lines: Sequence[Line]) -> Verdicts:
    """Drop a paragraph said before, and a title right under itself.

    Where one of the two answers a question that stands right above it, the other goes: an
    interview's introduction may quote an answer. Questions may be put twice.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i in filled(lines):
        if len(lines[i].text.split()) >= _REPEATED_WORDS and not _asks(lines[i].text):
            places[lines[i].key].append(i)
    dropped = {i for group in places.values() for i in group if i != _kept(lines, group)}
    dropped |= {i for i in filled(lines) if _echoes(lines, i)}
    return dict.fromkeys(sorted(dropped), messages.RULE_REPEATED)


def _asks(text: str) -> bool:
    """Tell whether a line ends with a question mark."""
    return text.rstrip(" \u00a0»”").endswith("?")


def _kept(lines: Sequence[Line], group: Sequence[int]) -> int:
    """Return which of the places of one paragraph to keep."""
    return next((i for i in group if _asks(neighbour(lines, i, -1).text)), group[0])


def _echoes(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line, no sentence, repeats the line above or its own first half."""
    text = lines[position].text
    words = text.split()
    half, odd = divmod(len(words), 2)
    doubled = not odd and half > 1 and words[:half] == words[half:]
    again = len(words) > 1 and neighbour(lines, position, -1).key == lines[position].key
    return doubled or (again and (_asks(text) or not ends_sentence(text)))


def labels(lines: Sequence[Line]) -> Verdicts:
    """Drop a label («Sources :») with a blank line, and so no list, below it."""
    return {
        i: messages.RULE_PLACEHOLDER
        for i in filled(lines)
        if _LABEL.fullmatch(lines[i].key) and not "".join(x.text for x in lines[i + 1 : i + 2])
    }


def captions(lines: Sequence[Line]) -> Verdicts:
    """Drop the short lines that stand where a paragraph announced a picture.

    They are a caption only if no paragraph follows: else they may be its title.
    """
    verdicts: Verdicts = {}
    places = filled(lines)
    for above in places:
        if is_prose(lines[above].text) and _ANNOUNCED.fullmatch(lines[above].key):
            block = _block_below(lines, above)
            short = all(_is_caption(lines[i].text) for i in block)
            if block and short and not is_prose(neighbour(lines, block[-1], 1).text):
                verdicts |= dict.fromkeys(block, messages.RULE_CAPTION)
    return verdicts


def _block_below(lines: Sequence[Line], position: int) -> list[int]:
    """Return the lines of the block that begins at the first text below `position`."""
    start = position + 1
    while start < len(lines) and not lines[start].text:
        start += 1
    return list(takewhile(lambda i: lines[i].text, range(start, len(lines))))


def _is_caption(text: str) -> bool:
    """Tell whether a line is as short as a caption and no sentence."""
    return len(text.split()) <= _CAPTION_WORDS and not ends_sentence(text)
