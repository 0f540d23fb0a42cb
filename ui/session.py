"""What one browser tab has asked, and what its reader does with it: frozen values, no Gradio."""

from dataclasses import dataclass, field, replace

from ui.conversation import Exchange, Run, stopped
from ui.filters import Filter


@dataclass(frozen=True, slots=True)
class Session:
    """The exchanges of one tab; the last one is in hand.

    `editing` is the number of the exchange whose question is being rewritten, else 0; `scope`
    limits the texts that the next question looks in; `own` says that it asks the reader's own
    documents instead of the corpus.
    """

    exchanges: tuple[Exchange, ...] = ()
    run: Run | None = None
    editing: int = 0
    scope: Filter = field(default_factory=Filter)
    own: bool = False

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

    def exchange(self, number: object) -> Exchange | None:
        """Return the exchange of that number; what the browser sends may be anything."""
        return next((one for one in self.exchanges if one.number == number), None)

    def with_exchange(self, exchange: Exchange) -> "Session":
        """Return the session in which `exchange` has taken the place of its number."""
        kept = (exchange if one.number == exchange.number else one for one in self.exchanges)
        return replace(self, exchanges=tuple(kept))


def settled(session: Session) -> Session:
    """Return the session in which an answer that was left, as by a lost connection, is stopped."""
    current, run = session.current, session.run
    if current is None or not current.phase.running or run is None or not run.over():
        return session
    return session.with_exchange(stopped(current))


def looking(session: Session, scope: Filter, *, own: bool = False) -> Session:
    """Return the session whose next question looks where `scope` says, or in its own texts."""
    return replace(session, scope=scope, own=own)


def begin(session: Session, question: object) -> Session:
    """Return the session with the question added, or as it is if it must not be asked now.

    A question that is being rewritten takes the place of the old one and of all that came
    after. What is no text is not asked; lone surrogates, which a browser can send but UTF-8
    cannot carry, become « ? ».
    """
    session = settled(session)
    text = question if isinstance(question, str) else ""
    asked = text.encode(errors="replace").decode().strip()
    if not asked or session.running:
        return session
    kept = session.exchanges[: session.editing - 1] if session.editing else session.exchanges
    exchange = Exchange(number=len(kept) + 1, question=asked, own=session.own)
    return replace(session, exchanges=(*kept, exchange), run=Run(), editing=0)


def retry(session: Session, number: object) -> Session:
    """Return the session in which that question is asked anew; later ones are dropped."""
    session = settled(session)
    exchange = session.exchange(number)
    if exchange is None or session.running:
        return session
    return begin(replace(session, editing=exchange.number), exchange.question)


def edit(session: Session, number: object) -> Session:
    """Return the session that waits for another wording of that question."""
    session = settled(session)
    exchange = session.exchange(number)
    if exchange is None or session.running:
        return session
    return replace(session, editing=exchange.number)


def undo(session: Session) -> Session:
    """Return the session without its last exchange, unless that is still in the making."""
    session = settled(session)
    if session.running:
        return session
    return replace(session, exchanges=session.earlier, editing=0)


def clear(session: Session) -> Session:
    """Return the session without any exchange, unless an answer is still in the making.

    That one would write itself back: the script stops it first.
    """
    session = settled(session)
    if session.running:
        return session
    return replace(session, exchanges=(), run=None, editing=0)


def stop(session: Session) -> None:
    """Ask the session's answer, if there is one, to stop."""
    if session.run is not None:
        session.run.stop()


def leave(session: Session) -> None:
    """Stop what the tab was waiting for: it has been closed."""
    stop(session)
