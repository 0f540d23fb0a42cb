"""The page itself: Gradio's components and which handler each of them calls."""

import contextlib
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount

from rag.types import never
from ui import format as render
from ui import handlers, strings
from ui.handlers import Session
from ui.middleware import LocalFrenchPage
from ui.ports import Answering

STYLE = Path(__file__).with_name("style.css")

ANSWERS_AT_ONCE = 4
"""Answers under way in the page: one is written, the others wait in the library's own
queue, where a stop reaches them; further ones wait in Gradio's, in the order asked."""

COLOURS = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--soft)",
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--card)",
    "block_background_fill": "transparent",
    "border_color_primary": "var(--line)",
    "input_background_fill": "var(--card)",
    "input_border_color": "var(--edge)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--soft)",
    "button_primary_background_fill": "var(--fill)",
    "button_primary_background_fill_hover": "var(--fill-strong)",
    "button_primary_text_color": "var(--on-fill)",
    "button_secondary_background_fill": "var(--card)",
    "button_secondary_background_fill_hover": "var(--tint)",
    "button_secondary_text_color": "var(--ink)",
}
"""Gradio's variables by ours: style.css gives these a light and a dark value."""


def build(
    assistant: Answering,
    examples: Sequence[str] = (),
    closing: Callable[[], bool] = never,
) -> gr.Blocks:
    """Return the page over `assistant`, offering `examples` as first questions.

    Answers under way stop once `closing` returns True.
    """
    page = gr.Blocks(title=strings.TITLE, analytics_enabled=False)
    with page:
        gr.HTML(render.header(len(assistant.documents())), js_on_load=None, apply_default_css=False)
        _Form(partial(handlers.answer, assistant, closing=closing), examples)
    page.queue(api_open=False, default_concurrency_limit=ANSWERS_AT_ONCE)
    return page


def application(page: gr.Blocks, parent: FastAPI) -> FastAPI:
    """Return `parent` with the page mounted at its root, and no door to the outside."""
    gr.mount_gradio_app(
        parent,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"middleware": [Middleware(LocalFrenchPage)]},
        root_path="",
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
        head=f"<style>{STYLE.read_text(encoding='utf-8')}</style>",
    )
    return parent


def end_streams(parent: FastAPI) -> None:
    """End what Gradio streams to open pages, so that the server can stop without delay."""
    for route in parent.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()


def _theme() -> gr.themes.Base:
    """Return Gradio's barest theme in our colours, with fonts that machines have."""
    sans = [gr.themes.Font(name) for name in ("Segoe UI", "Roboto", "Noto Sans", "sans-serif")]
    theme = gr.themes.Base(font=sans, font_mono=[gr.themes.Font("monospace")])
    return theme.set(**COLOURS, **{f"{name}_dark": value for name, value in COLOURS.items()})


class _Form:
    """The question's form and the answer's place, inside the Blocks being built."""

    def __init__(
        self,
        answer: Callable[[Session], Generator[Session, None, None]],
        examples: Sequence[str],
    ) -> None:
        self._answer = answer
        self._session = gr.State(Session())
        with gr.Row(elem_id="form"):
            self._question = gr.Textbox(
                label=strings.QUESTION_LABEL,
                placeholder=strings.QUESTION_HINT,
                autofocus=True,
                lines=1,
                max_lines=4,
                elem_id="question",
                scale=1,
            )
            self._ask = gr.Button(strings.ASK, variant="primary", elem_id="ask", scale=0)
            self._stop = gr.Button(strings.STOP, interactive=False, elem_id="stop", scale=0)
        with gr.Row(elem_id="examples", visible=bool(examples)) as self._examples:
            gr.HTML(
                f"<p>{render.escape(strings.EXAMPLES)}</p>",
                js_on_load=None,
                apply_default_css=False,
            )
            chips = [gr.Button(example, elem_classes="example") for example in examples]
        self._current = gr.HTML(
            render.current(None), elem_id="current", js_on_load=None, apply_default_css=False
        )
        self._earlier = gr.HTML(
            render.earlier(()), elem_id="earlier", js_on_load=None, apply_default_css=False
        )
        self._connect(chips)

    def _connect(self, chips: Sequence[gr.Button]) -> None:
        """Say which handler each component calls; none is part of a public API."""
        self._answer_after([self._ask.click, self._question.submit], self._question)
        for chip in chips:
            self._answer_after([chip.click], chip)
        # Without an output: what a stop changes is shown by the answer it ends, and an update of
        # its own could reach the page after that one and leave the button wrong.
        self._stop.click(
            handlers.stop,
            self._session,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )

    def _answer_after(self, triggers: Sequence[Any], question: gr.Textbox | gr.Button) -> None:
        """Show the question at once, then its answer as it comes."""
        begun = gr.on(
            list(triggers),
            self._on_ask,
            [self._session, question],
            [self._session, self._question, self._examples, *self._moving, self._earlier],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        begun.success(
            self._on_answer,
            self._session,
            [self._session, *self._moving],
            concurrency_id="answer",
            show_progress="hidden",
            api_visibility="private",
        )

    @property
    def _moving(self) -> list[Any]:
        """The components that change while an answer comes."""
        return [self._current, self._ask, self._stop]

    def _on_ask(self, session: Session, question: str) -> Any:
        """Add the question; nothing changes if it is blank or an answer is under way."""
        begun = handlers.begin(session, question)
        if begun is session:
            return gr.skip()
        earlier = render.earlier(begun.earlier)
        return [begun, "", gr.Row(visible=False), *_moved(begun), earlier]

    def _on_answer(self, session: Session) -> Generator[list[Any], None, None]:
        """Follow the answer; closing this generator stops the model."""
        with contextlib.closing(self._answer(session)) as sessions:
            for moved in sessions:
                yield [moved, *_moved(moved)]


def _moved(session: Session) -> list[Any]:
    """Return the values of the components that change while an answer comes."""
    return [
        render.current(session.current),
        gr.Button(interactive=not session.running),
        gr.Button(strings.STOP, interactive=session.running),
    ]
