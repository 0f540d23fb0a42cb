"""The fields that limit where a question looks: by text, person, genre and year."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from ui import strings
from ui.filters import Choice, Filter, describe, facets
from ui.ports import Summary


class Scope:
    """The filters over one corpus, folded away until they are wanted."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self._summaries = summaries

    def fields(self) -> list[gr.Dropdown]:
        """Lay the fields out, one a facet, in the order of `Filter`."""
        has = facets(self._summaries)
        choices = (has.documents, has.speakers, has.genres, has.years)
        with gr.Accordion(self._label(Filter()), open=False, elem_id="scope") as folded, gr.Row():
            fields = [_field(*one) for one in zip(strings.FACETS, choices, strict=True)]
        for one in fields:
            one.change(
                self._relabel,
                fields,
                folded,
                queue=False,
                show_progress="hidden",
                api_visibility="private",
            )
        return fields

    def _relabel(self, *values: Sequence[str]) -> Any:
        """Say in the fold's title where the next question will look."""
        return gr.Accordion(label=self._label(read(values)))

    def _label(self, wanted: Filter) -> str:
        """Return where a question looks, in a few words."""
        return strings.SCOPE.format(texts=describe(wanted, self._summaries))


def read(values: Sequence[Sequence[str]]) -> Filter:
    """Return the filter that the fields hold, in their order."""
    return Filter(*(tuple(chosen or ()) for chosen in values))


def _field(label: str, choices: Sequence[Choice]) -> gr.Dropdown:
    """Return the field of one facet; one that nothing can be chosen from is not shown."""
    return gr.Dropdown(
        [(choice.label, choice.value) for choice in choices],
        multiselect=True,
        label=label,
        visible=len(choices) > 1,
        elem_classes="facet",
    )
