"""What was found for several questions made into one list, each question in its turn; pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

from rag.search.evidence import Findings, Sentence

Item = TypeVar("Item")


def interleaved(lists: Sequence[Sequence[Item]]) -> Iterator[Item]:
    """Yield the first of each list, then the second of each, and so on."""
    for row in zip_longest(*([(item,) for item in one] for one in lists), fillvalue=()):
        for cell in row:
            yield from cell


def unique(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[Item]:
    """Return the items, of those with the same key the first alone."""
    found: dict[Hashable, Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())


def joined(parts: Sequence[Findings], passages: Sequence[str]) -> Findings:
    """Return the sentences of the passages in the order of these ids, ranked in turn.

    Args:
        parts: what was found for each question.
        passages: ids of the passages that are kept.
    """
    order = {name: rank for rank, name in enumerate(passages)}
    kept = [one for part in parts for one in part.sentences if one.hit.passage.id in order]
    ranked = unique(interleaved([part.ranked for part in parts]), lambda item: item.sentence.place)
    same = {one.place: one for one in reversed(kept)}
    return Findings(
        sentences=tuple(sorted(same.values(), key=lambda one: (_rank(order, one), one.start))),
        ranked=tuple(
            replace(item, sentence=same[item.sentence.place])
            for item in ranked
            if item.sentence.place in same
        ),
        read=any(part.read for part in parts),
    )


def _rank(order: dict[str, int], sentence: Sentence) -> int:
    """Return the place of a sentence's passage."""
    return order[sentence.hit.passage.id]
