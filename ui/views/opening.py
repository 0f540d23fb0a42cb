"""The opening screen: what can be asked, of which texts, and questions to begin with."""

from collections.abc import Sequence

from rag.talk.header import date, speakers
from ui import strings
from ui.ports import Summary
from ui.views.markup import button, count, escape, facts, isolated


def opening(summaries: Sequence[Summary], examples: Sequence[str]) -> str:
    """Return the screen that stands before the first question."""
    known = (
        count(len(summaries), strings.ONE_TEXT, strings.MANY_TEXTS)
        if summaries
        else strings.NO_TEXT
    )
    return (
        f'<section class="opening"><h2>{escape(strings.OPENING_TITLE)}</h2>'
        f'<p class="lead">{escape(strings.OPENING_SCOPE.format(texts=known))} <br>'
        f"{escape(strings.OPENING_PROOF)}</p>"
        f"{_texts(summaries)}{_examples(examples)}</section>"
    )


def _texts(summaries: Sequence[Summary]) -> str:
    """Return the list of the texts, folded; each opens in the panel."""
    if not summaries:
        return ""
    items = "".join(
        f"<li>{_title(summary)}{facts((*speakers(summary), date(summary)))}</li>"
        for summary in summaries
    )
    shown = count(len(summaries), strings.OPENING_LIST_ONE, strings.OPENING_LIST_MANY)
    return (
        f'<details class="known" data-keep="known"><summary>{escape(shown)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _title(summary: Summary) -> str:
    """Return the title of a text as the button that opens it."""
    return button(
        "select", isolated(summary.title), "link",
        document=summary.id, start=0, end=0, place="panel",
    )  # fmt: skip


def _examples(examples: Sequence[str]) -> str:
    """Return the example questions as cards."""
    if not examples:
        return ""
    cards = "".join(f"<li>{example(question)}</li>" for question in examples)
    title = escape(strings.OPENING_EXAMPLES)
    return f'<h3 class="heading">{title}</h3><ul class="examples">{cards}</ul>'


def example(question: str) -> str:
    """Return a question that is asked by a click."""
    return button("example_select", isolated(question), "example", question=question)
