"""One model, many askers: one at a time, in the order they came, and a bound on how many wait."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rag import messages as say
from rag.errors import BusyError
from rag.types import Pieces, Waiting

MAX_WAITING = 8
"""Questions that may wait for the model: at 6 to 10 s each the last waits a minute."""

POLL_SECONDS = 0.1
"""How often a waiting question looks whether it has been cancelled: far under a second."""


class Gate:
    """Lets one ticket through at a time, in the order they were taken."""

    def __init__(self, max_waiting: int = MAX_WAITING) -> None:
        self._most = max_waiting + 1
        self._tickets: deque[Ticket] = deque()
        self._moved = threading.Condition()

    @contextmanager
    def ticket(self) -> Iterator["Ticket"]:
        """Keep a place in the queue for the `with` block.

        Raises:
            BusyError: too many are waiting already.
        """
        mine = Ticket(self)
        with self._moved:
            if len(self._tickets) == self._most:
                raise BusyError(say.BUSY)
            self._tickets.append(mine)
        try:
            yield mine
        finally:
            with self._moved:
                self._tickets.remove(mine)
                self._moved.notify_all()

    def before(self, ticket: "Ticket") -> int:
        """Return how many tickets come before this one."""
        with self._moved:
            return self._tickets.index(ticket)

    def pause(self) -> None:
        """Wait until a ticket leaves, for `POLL_SECONDS` at most."""
        with self._moved:
            self._moved.wait(POLL_SECONDS)


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A place in the queue of a gate."""

    _gate: Gate

    def before(self) -> int:
        """Return how many come before; 0 for the one whose turn it is."""
        return self._gate.before(self)

    def wait(self, cancelled: Callable[[], bool]) -> Iterator[int]:
        """Yield how many come before each time it changes, until it is 0 or cancelled."""
        told = 0
        while (before := self.before()) and not cancelled():
            if before != told:
                yield before
                told = before
            self._gate.pause()


def written(pieces: Pieces) -> str:
    """Return what is written in the end, whatever came before it."""
    return "".join(piece for piece in pieces if not isinstance(piece, Waiting))
