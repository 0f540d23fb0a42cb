"""The tab « Questions »: the thread, the composer and the panel, and what each of them calls."""

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from ui import session as state
from ui import strings
from ui.format import current, thread
from ui.session import Session
from ui.tabs.html import field, html, words
from ui.tabs.own import OWN, Own
from ui.tabs.scope import Scope, read
from ui.uploads.shelf import Shelf

Follow = Callable[[Session, Shelf | None], Generator[Session, None, None]]
"""Follows the answer to a session's question, over the corpus or the reader's own shelf;
closing it stops the model."""

Rate = Callable[[Session, object, str, str], Session]
"""Keeps what the reader thinks of an exchange: its number, the rating, the reason."""

QUIET: Any = {"show_progress": "hidden", "api_visibility": "private"}
"""No event of the page shows Gradio's own progress, nor is it part of the public API."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What every exchange is shown with; see `ui.format.thread`."""

    feedback: bool
    replay: Sequence[str]

    def thread(self, session: Session) -> str:
        """Return the exchanges before the one in hand."""
        return thread(session.earlier, feedback=self.feedback, replay=self.replay)

    def current(self, session: Session) -> str:
        """Return the exchange in hand."""
        return current(session.current, feedback=self.feedback, replay=self.replay)


class QuestionsTab:
    """The thread and its form, inside the Blocks being built."""

    def __init__(self, opening: str, scope: Scope, own: Own, shown: Shown) -> None:
        """Lay the tab out.

        Args:
            opening: the HTML that stands there before the first question.
            scope: makes the fields that limit where to look.
            own: makes the choice between the corpus and the reader's own documents.
            shown: what every exchange is shown with.
        """
        self._own = own
        self._first = opening
        self._shown = shown
        self.session = gr.State(Session(), delete_callback=state.leave)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                self._opening = html(opening, elem_id="opening")
                self._thread = html(elem_id="thread")
                self._current = html(elem_id="current")
                with gr.Column(elem_id="composer"):
                    self._scope = [own.choice(), *scope.fields()]
                    self._form()
            with gr.Column(elem_id="panel"):
                html(elem_id="panel-sources")
                self.reading = html(elem_id="panel-reading")

    def _form(self) -> None:
        """Lay the question's form out."""
        with gr.Row(elem_id="form"):
            self._question = gr.Textbox(
                label=strings.QUESTION_LABEL,
                placeholder=strings.QUESTION_HINT,
                autofocus=True,
                lines=1,
                max_lines=6,
                elem_id="question",
                scale=1,
            )
            self._ask = gr.Button(strings.ASK, variant="primary", elem_id="ask", scale=0)
            self._stop = gr.Button(strings.STOP, interactive=False, elem_id="stop", scale=0)

    def connect(self, bridge: gr.HTML, follow: Follow, rate: Rate) -> None:
        """Say what each component and each event of the browser calls."""
        asking = [(self._ask.click, self._on_ask), (self._question.submit, self._on_ask)]
        choosing = [(bridge.example_select, self._on_example), (bridge.retry, self._on_retry)]
        for event, handler in (*asking, *choosing):
            begun = event(handler, self._asked_with, self._all, **QUIET, queue=False)
            begun.success(
                self._on_answer(follow),
                [self.session, self._own.shelf],
                [self.session, *self._moving],
                concurrency_id="answer",
                concurrency_limit=None,
                **QUIET,
            )
        # Without an output: what a stop changes is shown by the answer it ends, and an update of
        # its own could reach the page after that one and leave the button wrong.
        self._stop.click(state.stop, self.session, queue=False, **QUIET)
        bridge.edit(self._on_edit, self.session, [self.session, self._question], **QUIET)
        for event, change in ((bridge.undo, state.undo), (bridge.clear, state.clear)):
            event(self._changed(change), self.session, self._all, queue=False, **QUIET)
        bridge.like(self._on_rating(rate), self.session, self._rated, queue=False, **QUIET)

    @property
    def _asked_with(self) -> list[Any]:
        """The components that a new question is made of."""
        return [self.session, self._question, *self._scope]

    @property
    def _moving(self) -> list[Any]:
        """The components that change while an answer comes."""
        return [self._current, self._ask, self._stop]

    @property
    def _all(self) -> list[Any]:
        """The components that a new question changes."""
        return [self.session, self._question, self._opening, self._thread, *self._moving]

    @property
    def _rated(self) -> list[Any]:
        """The components that an opinion changes."""
        return [self.session, self._thread, self._current]

    def _on_ask(self, session: Session, question: str, *scope: Any) -> Any:
        """Add the question that was typed."""
        return self._begun(session, state.begin(_looking(session, scope), question))

    # Gradio fills an event's argument only before what takes any number of values.
    def _on_example(self, session: Session, _: str, event: gr.EventData, *scope: Any) -> Any:
        """Ask the question that was chosen; one that was being rewritten is left as it is."""
        looking = replace(_looking(session, scope), editing=0)
        return self._begun(session, state.begin(looking, words(event, "question")))

    def _on_retry(self, session: Session, _: str, event: gr.EventData, *scope: Any) -> Any:
        """Ask a question anew."""
        looking = _looking(session, scope)
        return self._begun(session, state.retry(looking, field(event, "exchange")))

    def _begun(self, before: Session, session: Session) -> Any:
        """Show that a question is asked; nothing changes if it must not be asked now."""
        if session.exchanges == before.exchanges:
            return gr.skip()
        return [session, "", *self._drawn(session)]

    def _on_answer(self, follow: Follow) -> Callable[..., Generator[list[Any], None, None]]:
        """Return the handler that shows the answer as it comes; closing it stops the model."""

        def handler(session: Session, shelf: Shelf | None) -> Generator[list[Any], None, None]:
            with contextlib.closing(follow(session, shelf)) as sessions:
                for moved in sessions:
                    yield [moved, self._shown.current(moved), *_buttons(moved)]

        return handler

    def _on_edit(self, session: Session, event: gr.EventData) -> list[Any]:
        """Put a question back into the composer."""
        exchange = session.exchange(field(event, "exchange"))
        if exchange is None or session.running:
            return [gr.skip(), gr.skip()]
        return [replace(session, editing=exchange.number), exchange.question]

    def _changed(self, change: Callable[[Session], Session]) -> Callable[[Session], Any]:
        """Return the handler that changes the whole thread."""

        def handler(session: Session) -> Any:
            changed = change(session)
            if changed is session:
                return gr.skip()
            return [changed, gr.skip(), *self._drawn(changed)]

        return handler

    def _on_rating(self, rate: Rate) -> Callable[..., list[Any]]:
        """Return the handler that keeps an opinion."""

        def handler(session: Session, event: gr.EventData) -> list[Any]:
            if session.running:
                return [gr.skip(), gr.skip(), gr.skip()]
            exchange, rating = field(event, "exchange"), words(event, "rating")
            rated = rate(session, exchange, rating, words(event, "reason"))
            return [rated, self._shown.thread(rated), self._shown.current(rated)]

        return handler

    def _drawn(self, session: Session) -> list[Any]:
        """Return the opening, the thread and what moves, as they stand."""
        return [
            "" if session.exchanges else self._first,
            self._shown.thread(session),
            self._shown.current(session),
            *_buttons(session),
        ]


def _buttons(session: Session) -> list[Any]:
    """Return the two buttons as they stand."""
    return [
        gr.Button(interactive=not session.running),
        gr.Button(strings.STOP, interactive=session.running),
    ]


def _looking(session: Session, fields: Sequence[Any]) -> Session:
    """Return the session whose next question looks where the fields say."""
    where, *scope = fields
    return state.looking(session, read(scope), own=where == OWN)
