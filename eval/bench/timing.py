"""Works done in turn, A B A B, so that whatever slows the machine slows each of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from eval.bench.types import Clock

Item = TypeVar("Item")


def turns(
    works: Mapping[str, Callable[[Item], object]], items: Sequence[Item], clock: Clock
) -> Iterator[dict[str, float]]:
    """Do all works in turn on each item and yield their seconds, item by item.

    The first item is done once before, unmeasured, by each work: the first time pays for what
    is loaded on first use. What one item gives was measured within moments of each other: a
    ratio is that of one item, and its spread that of the items.
    """
    for work in works.values():
        work(items[0])
    for item in items:
        yield {name: _seconds(work, item, clock) for name, work in works.items()}


def _seconds(work: Callable[[Item], object], item: Item, clock: Clock) -> float:
    """Return how long a work takes."""
    start = clock()
    work(item)
    return clock() - start
