"""Answers over an index that may be replaced at any moment, under the owner's own titles."""

import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from rag.types import Answer, Document, Event, Hit, Turn, never
from ui import strings
from ui.ports import Answering
from ui.uploads.files import ShelfError
from ui.uploads.titles import (
    Titled,
    titled_answer,
    titled_document,
    titled_event,
    titled_hits,
    titled_summaries,
)


class Opened(Answering, Protocol):
    """What answers over one index, until it is closed."""

    def close(self) -> None:
        """Close the index."""
        ...


@dataclass(slots=True)
class _Edition:
    """An opened index and how many are asking it; once retired, the last of them closes it."""

    opened: Opened
    titles: Mapping[str, str]
    users: int = 0
    retired: bool = False

    def close_if_done(self) -> None:
        """Close the index if nobody needs it any more."""
        if self.retired and not self.users:
            self.opened.close()


class Serving:
    """Answers over the newest index of a shelf, as an assistant does, from any thread.

    A question under way goes on over the index that it began with.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._edition: _Edition | None = None
        self._lock = threading.Lock()
        self._clock = clock
        self._uses = 0
        self._last = clock()

    @property
    def last_used(self) -> float:
        """When it was last used, by the clock: now while a question is under way."""
        with self._lock:
            return self._clock() if self._uses else self._last

    def replace(self, opened: Opened | None, titles: Mapping[str, str]) -> None:
        """Answer over another index from now on, or over none; the old one closes when it may."""
        with self._lock:
            old, self._edition = self._edition, _Edition(opened, titles) if opened else None
            if old is not None:
                old.retired = True
                old.close_if_done()

    def documents(self) -> Sequence[Titled]:
        """Return the documents in the order they were added in; none if there are none."""
        if self._edition is None:
            return ()
        with self._lent() as edition:
            return titled_summaries(edition.opened.documents(), edition.titles)

    def document(self, document_id: str) -> Document:
        """Return one document whole.

        Raises:
            KeyError: there is no such document any more.
            ShelfError: there is no document at all.
        """
        with self._lent() as edition:
            return titled_document(edition.opened.document(document_id), edition.titles)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        within: Collection[str] | None = None,
    ) -> Answer:
        """Return the whole answer; raises ShelfError without documents."""
        with self._lent() as edition:
            return titled_answer(edition.opened.ask(question, history, within), edition.titles)

    def search(self, question: str, within: Collection[str] | None = None) -> tuple[Hit, ...]:
        """Return the passages nearest to the question; raises ShelfError without documents."""
        with self._lent() as edition:
            return titled_hits(edition.opened.search(question, within), edition.titles)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
        within: Collection[str] | None = None,
    ) -> Generator[Event, None, None]:
        """Yield the events of an answer; raises ShelfError without documents."""
        with self._lent() as edition:
            events = edition.opened.stream(question, history, cancelled, within)
            try:
                for event in events:
                    yield titled_event(event, edition.titles)
            finally:
                if isinstance(events, Generator):
                    events.close()

    @contextmanager
    def _lent(self) -> Iterator[_Edition]:
        """Keep the index open for the `with` block."""
        with self._lock:
            edition = self._edition
            if edition is None:
                raise ShelfError(strings.UPLOADS_NONE)
            edition.users += 1
            self._uses += 1
        try:
            yield edition
        finally:
            with self._lock:
                self._uses -= 1
                self._last = self._clock()
                edition.users -= 1
                edition.close_if_done()
