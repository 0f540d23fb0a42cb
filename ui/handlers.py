"""What the page does when it is used: plain functions of the session's state, no Gradio."""

import contextlib
import logging
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace

from rag.errors import ParoleError
from rag.types import Event, never
from ui import strings
from ui.conversation import Exchange, Phase, Run, advance, failed, history, stopped
from ui.ports import Answering
from ui.sources import sources_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """What one browser tab has asked; the last exchange is the one in hand."""

    exchanges: tuple[Exchange, ...] = ()
    run: Run | None = None

    @property
    def current(self) -> Exchange | None:
        """The exchange in hand."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def earlier(self) -> tuple[Exchange, ...]:
        """The exchanges before it, oldest first."""
        return self.exchanges[:-1]

    @property
    def running(self) -> bool:
        """Whether an answer is in the making."""
        return self.current is not None and self.current.phase.running

    def with_current(self, exchange: Exchange) -> "Session":
        """Return the session in which `exchange` has taken the last one's place."""
        return replace(self, exchanges=(*self.earlier, exchange))


def begin(session: Session, question: str) -> Session:
    """Return the session with the question added, or as it is if it must not be asked now.

    Lone surrogates, which a browser can send but UTF-8 cannot carry, become « ? ».
    """
    asked = question.encode(errors="replace").decode().strip()
    if not asked or session.running:
        return session
    exchange = Exchange(number=len(session.exchanges) + 1, question=asked)
    return Session((*session.exchanges, exchange), Run())


def stop(session: Session) -> None:
    """Ask the session's answer, if there is one, to stop."""
    if session.run is not None:
        session.run.stop()


def answer(
    assistant: Answering, session: Session, closing: Callable[[], bool] = never
) -> Generator[Session, None, None]:
    """Yield the session each time its last exchange moves on; nothing if it already runs.

    It stops when the session's run is asked to, or once the whole page is `closing`.
    An expected failure ends the exchange with its own French sentence; this being the
    outer edge, any other is logged and ends it with a general one.
    """
    exchange, run = session.current, session.run
    if exchange is None or run is None or not run.start():
        return
    try:
        with contextlib.closing(
            _progress(assistant, session, lambda: run.stopping() or closing())
        ) as exchanges:
            for exchange in exchanges:
                yield session.with_current(exchange)
    except ParoleError as error:
        yield session.with_current(failed(exchange, str(error)))
    except Exception:
        logger.exception("the answer failed")
        yield session.with_current(failed(exchange, strings.UNEXPECTED))


def _progress(
    assistant: Answering, session: Session, cancelled: Callable[[], bool]
) -> Generator[Exchange, None, None]:
    """Yield the exchange in hand after each event, until it is done or stopped."""
    exchange = replace(session.exchanges[-1], phase=Phase.SEARCHING)
    yield exchange
    turns = history(session.earlier)
    with _closing(assistant.stream(exchange.question, turns, cancelled)) as events:
        for event in events:
            if cancelled():
                break
            exchange = _sourced(assistant, exchange, event)
            yield exchange
    if exchange.phase.running:
        yield stopped(exchange)


def _sourced(assistant: Answering, exchange: Exchange, event: Event) -> Exchange:
    """Return the exchange after the event, the sources of its new sentences cut out."""
    moved = advance(exchange, event)
    if moved.sentences == exchange.sentences:
        return moved
    return replace(moved, sources=sources_of(moved.sentences, assistant.document))


@contextlib.contextmanager
def _closing(events: Iterator[Event]) -> Iterator[Iterator[Event]]:
    """Close the stream on every way out, so that the model stops writing."""
    try:
        yield events
    finally:
        if isinstance(events, Generator):
            events.close()
