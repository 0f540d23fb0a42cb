"""The page: its tabs put together, and which function each event of the browser calls."""

import datetime as dt
from collections.abc import Callable, Collection, Generator
from functools import partial, wraps
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.middleware import Middleware
from starlette.routing import Mount

from rag.errors import ParoleError
from rag.types import never
from ui import actions, handlers, look, strings
from ui.api import Endpoint, endpoints
from ui.doors.page import LocalFrenchPage
from ui.feedback import Feedback
from ui.filters import chosen
from ui.handlers import Desk
from ui.ports import Answering
from ui.session import Session
from ui.settings import PageSettings
from ui.tabs.corpus import CorpusTab
from ui.tabs.html import SAVE, bridge, field, html, words
from ui.tabs.own import Own
from ui.tabs.questions import QUIET, QuestionsTab, Shown
from ui.tabs.scope import Scope
from ui.uploads.shelf import Shelf
from ui.uploads.shelves import Shelves
from ui.views.chrome import top
from ui.views.opening import opening

DEFAULT = PageSettings()

STRAY = (600, 600)
"""Seconds between two looks for uploaded files that nobody took, and their age then: above the
minute for which a file that was taken stays (ui/uploads/inbox.py)."""


def build(
    assistant: Answering,
    settings: PageSettings = DEFAULT,
    closing: Callable[[], bool] = never,
    shelves: Shelves | None = None,
) -> gr.Blocks:
    """Return the page over `assistant`; answers under way stop once `closing` returns True.

    With `shelves`, readers may add documents of their own.
    """
    summaries = assistant.documents()
    shown = Shown(feedback=settings.feedback is not None, replay=settings.replay)
    page = gr.Blocks(
        title=strings.TITLE, analytics_enabled=False, delete_cache=STRAY if shelves else None
    )
    with page:
        own = Own(shelves)
        html(top(), elem_id="top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(strings.TAB_QUESTIONS):
                first = opening(summaries, settings.examples)
                questions = QuestionsTab(first, Scope(summaries), own, shown)
            with gr.Tab(strings.TAB_CORPUS):
                corpus = CorpusTab(assistant)
            readings = [questions.reading, corpus.reading, *own.tab(closing)]
        browser = bridge()
        follow = partial(_follow, assistant, closing)
        feedback = Feedback(settings.feedback) if settings.feedback else None
        questions.connect(browser, follow, _told(partial(actions.rate, feedback)))
        own.connect(browser)
        _connect_reading(browser, assistant, own.shelf, readings)
        _connect_export(browser, assistant, [questions.session, own.shelf])
        for endpoint in endpoints(assistant):
            api(_told(endpoint), api_name=endpoint.__name__, concurrency_limit=None)
    # A question beyond the queue must reach the library, which says that it is busy.
    page.queue(api_open=False, default_concurrency_limit=settings.max_queue + 2)
    return page


def application(page: gr.Blocks, settings: PageSettings, parent: FastAPI) -> FastAPI:
    """Return `parent` with the page mounted at its root, and no door to the outside."""
    script = look.script()
    gr.mount_gradio_app(
        parent,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"middleware": [Middleware(LocalFrenchPage, scripts=(script,))]},
        root_path=settings.root_path,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=look.theme(),
        head=f"<style>{look.style()}</style><script>{script}</script>",
    )
    return parent


def end_streams(parent: FastAPI) -> None:
    """End what Gradio streams to open pages, so that the server can stop without delay."""
    for route in parent.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()


def _follow(
    assistant: Answering, closing: Callable[[], bool], session: Session, shelf: Shelf | None
) -> Generator[Session, None, None]:
    """Follow the answer to a session's question where the session looks."""
    if session.own and shelf is not None:
        return handlers.answer(Desk(shelf.assistant), session, closing)
    within: Collection[str] | None = chosen(session.scope, assistant.documents())
    return handlers.answer(Desk(assistant, within), session, closing)


def _connect_reading(
    browser: gr.HTML, assistant: Answering, shelf: gr.State, places: list[gr.HTML]
) -> None:
    """Show a whole text where the browser asks for it: beside an answer or in its own tab."""

    def handler(mine: Shelf | None, event: gr.EventData) -> list[Any]:
        document, start, end = (field(event, name) for name in ("document", "start", "end"))
        asked = words(event, "place")
        of = actions.everywhere(assistant, mine.assistant if mine else None)
        return [
            actions.text_at(of, document, (start, end), place) if place == asked else gr.skip()
            for place in actions.PLACES[: len(places)]
        ]

    browser.select(handler, shelf, places, queue=False, **QUIET)


def _connect_export(browser: gr.HTML, assistant: Answering, states: list[gr.State]) -> None:
    """Give the browser the conversation as a file to save."""
    made = gr.JSON(visible="hidden")

    def handler(session: Session, mine: Shelf | None, event: gr.EventData) -> Any:
        of = actions.everywhere(assistant, mine.assistant if mine else None)
        today = dt.datetime.now().astimezone().date()
        return actions.export(of, today, session, words(event, "format"))

    browser.download(handler, states, made, queue=False, **QUIET).success(
        None, made, None, js=SAVE, show_progress="hidden"
    )


def _told(function: Endpoint) -> Endpoint:
    """Return the function with its expected failures as Gradio tells them, in their own words."""

    @wraps(function)
    def telling(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except ParoleError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return telling
