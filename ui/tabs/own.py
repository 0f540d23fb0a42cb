"""The tab « Mes documents »: what a reader adds, for this session and nobody else."""

import contextlib
from collections.abc import Callable, Generator
from typing import Any

import gradio as gr

from rag.errors import ParoleError
from ui import strings
from ui.tabs.html import html, words
from ui.uploads.files import Report, sent
from ui.uploads.follow import adding as followed
from ui.uploads.shelf import Shelf
from ui.uploads.shelves import Shelves
from ui.views import own
from ui.views.reading import nothing_open

CORPUS, OWN = "corpus", "own"


class Own:
    """A tab's shelf of documents, and where it is chosen between them and the corpus."""

    def __init__(self, shelves: Shelves | None) -> None:
        """Make the state that holds the shelf; without `shelves` it stays empty."""
        self._shelves = shelves
        self.shelf = gr.State(None, delete_callback=close)

    def choice(self) -> gr.Radio:
        """Lay the choice out between the corpus and the reader's documents, if there are any."""
        self._where = gr.Radio(
            [(strings.OWN_CORPUS, CORPUS), (strings.OWN_MINE, OWN)],
            value=CORPUS,
            label=strings.OWN_WHERE,
            visible=False,
            elem_id="where",
        )
        return self._where

    def tab(self, closing: Callable[[], bool]) -> list[gr.HTML]:
        """Lay the tab out if documents may be added; return where one of them is read."""
        if self._shelves is None:
            return []
        self._closing = closing
        with gr.Tab(strings.TAB_OWN), gr.Row(elem_id="own"):
            with gr.Column(elem_id="own-shelf"):
                html(own.rules(self._shelves.limits))
                # No file_types: Gradio would refuse in English, and all files for one of them.
                self._add = gr.UploadButton(
                    strings.OWN_ADD,
                    file_count="multiple",
                    variant="primary",
                    elem_id="own-add",
                )
                self._list = html(own.shelf(()), elem_id="own-list")
            return [html(nothing_open(), elem_id="own-reading")]

    def connect(self, bridge: gr.HTML) -> None:
        """Say what adding and removing call."""
        if self._shelves is None:
            return
        quiet: Any = {"show_progress": "hidden", "api_visibility": "private"}
        shown = [self.shelf, self._list, self._where, self._add]
        self._add.upload(
            self._on_add, [self.shelf, self._add], shown, concurrency_limit=None, **quiet
        )
        bridge.delete(self._on_remove, self.shelf, shown, **quiet)

    def _on_add(
        self, shelf: Shelf | None, paths: list[str] | None
    ) -> Generator[list[Any], None, None]:
        """Add what was sent and show how far it has come; closing this stops it."""
        try:
            mine = self._mine(shelf)
            with contextlib.closing(followed(mine, sent(paths), self._closing)) as events:
                for event in events:
                    if isinstance(event, Report):
                        yield self._shown(mine, event)
                    else:
                        yield [
                            mine,
                            own.adding(event),
                            gr.skip(),
                            gr.UploadButton(interactive=False),
                        ]
        except ParoleError as error:
            gr.Warning(str(error))
            yield self._shown(shelf)

    def _on_remove(self, shelf: Shelf | None, event: gr.EventData) -> list[Any]:
        """Take one document off the shelf."""
        if shelf is not None:
            with contextlib.suppress(KeyError):  # it has gone already
                try:
                    shelf.remove(words(event, "document"))
                except ParoleError as error:
                    gr.Warning(str(error))
        return self._shown(shelf)

    def _mine(self, shelf: Shelf | None) -> Shelf:
        """Return the reader's shelf, a new one if there is none or it was closed for idleness."""
        if self._shelves is None:
            raise TypeError("there is no tab to add documents in")
        return shelf if shelf is not None and not shelf.closed else self._shelves.open()

    def _shown(self, shelf: Shelf | None, report: Report | None = None) -> list[Any]:
        """Return the shelf, its list, the choice where to ask, and the button."""
        documents = shelf.assistant.documents() if shelf is not None else ()
        where: Any = gr.skip()
        if not documents:
            where = gr.Radio(visible=False, value=CORPUS)
        elif report is not None and report.added:
            where = gr.Radio(visible=True, value=OWN)
        return [
            shelf,
            own.shelf(documents, report),
            where,
            gr.UploadButton(interactive=True),
        ]


def close(shelf: Shelf | None) -> None:
    """Delete a reader's documents: the tab has been closed."""
    if shelf is not None:
        shelf.close()
