"""The tab « Corpus »: every text to be found and read."""

from typing import Any

import gradio as gr

from rag.errors import ParoleError
from ui import strings
from ui.ports import Answering
from ui.tabs.html import html
from ui.views.catalogue import catalogue, found
from ui.views.reading import nothing_open


class CorpusTab:
    """The list of texts, the search in them and the text that is read."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        with gr.Row(elem_id="library"):
            with gr.Column(elem_id="shelf"):
                search = gr.Textbox(
                    label=strings.SEARCH_LABEL,
                    placeholder=strings.SEARCH_HINT,
                    lines=1,
                    max_lines=1,
                    elem_id="corpus-search",
                )
                shown = html(catalogue(assistant.documents()), elem_id="catalogue")
            self.reading = html(nothing_open(), elem_id="corpus-reading")
        quiet: Any = {"show_progress": "hidden", "api_visibility": "private"}
        # Only the newest search counts while somebody types.
        search.change(self._on_search, search, shown, trigger_mode="always_last", **quiet)

    def _on_search(self, typed: str | None) -> str:
        """Show the passages found, or all texts as long as nothing is searched for."""
        query = (typed or "").encode(errors="replace").decode()
        if not query.strip():
            return catalogue(self._assistant.documents())
        try:
            return found(self._assistant.search(query), query)
        except ParoleError:  # too long a question is searched for as nothing
            return found((), query)
