"""What the page does when a question is asked: the answer's events move the session on."""

import contextlib
import logging
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, replace

from rag.errors import ParoleError
from rag.types import Event, Retrieved, never
from ui import strings
from ui.conversation import Exchange, Phase, advance, failed, history, stopped
from ui.ports import Answering
from ui.session import Session
from ui.sources import evidence_of, sources_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers a session's question, and the only texts to look in; None is all of them."""

    assistant: Answering
    within: Collection[str] | None = None


def answer(
    desk: Desk, session: Session, closing: Callable[[], bool] = never
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
            _progress(desk, session, lambda: run.stopping() or closing())
        ) as exchanges:
            for exchange in exchanges:
                yield session.with_exchange(exchange)
    except ParoleError as error:
        yield session.with_exchange(failed(exchange, str(error)))
    except Exception:
        logger.exception("the answer failed")
        yield session.with_exchange(failed(exchange, strings.UNEXPECTED))
    finally:
        run.end()


def _progress(
    desk: Desk, session: Session, cancelled: Callable[[], bool]
) -> Generator[Exchange, None, None]:
    """Yield the exchange in hand after each event, until it is done or stopped."""
    within = None if desk.within is None else tuple(sorted(desk.within))
    exchange = replace(session.exchanges[-1], phase=Phase.SEARCHING, within=within)
    yield exchange
    turns = history(session.earlier)
    with _closing(
        desk.assistant.stream(exchange.question, turns, cancelled, desk.within)
    ) as events:
        for event in events:
            if cancelled():
                break
            exchange = _followed(desk.assistant, exchange, event)
            yield exchange
    if exchange.phase.running:
        yield stopped(exchange)


def _followed(assistant: Answering, exchange: Exchange, event: Event) -> Exchange:
    """Return the exchange after the event, with the sources that it calls for."""
    moved = advance(exchange, event)
    if isinstance(event, Retrieved) and event.evidence is not None:
        return replace(moved, evidence=evidence_of(event.evidence, assistant.document))
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
