"""An exchange as HTML: a pure function in which every text is data, escaped, never markup.

While an answer comes, the page puts each new HTML over the old one, element by element: what
an exchange consists of is therefore always the same elements in the same order, so that the
browser keeps them, their focus and their place.
"""

from collections.abc import Sequence

from rag.types import AnswerSentence
from ui import strings
from ui.conversation import Exchange, Phase, unsettled
from ui.views import sources
from ui.views.actions import actions
from ui.views.markup import count, decimal, escape, isolated
from ui.views.opening import example
from ui.views.progress import evidence, progress
from ui.views.why import why

__all__ = ["count", "current", "decimal", "escape", "thread"]

NEAREST_SHOWN = 3
"""Passages shown beneath a refusal: enough to judge it, few enough to be read."""


def thread(
    exchanges: Sequence[Exchange], *, feedback: bool = False, replay: Sequence[str] = ()
) -> str:
    """Return the exchanges before the one in hand, oldest first.

    `feedback` says that opinions are kept; `replay` holds the options that `parole ask` needs
    to give the same answer.
    """
    return "".join(_exchange(exchange, feedback, replay) for exchange in exchanges)


def current(
    exchange: Exchange | None, *, feedback: bool = False, replay: Sequence[str] = ()
) -> str:
    """Return the exchange in hand, or nothing before the first question."""
    return "" if exchange is None else _exchange(exchange, feedback, replay)


def _exchange(exchange: Exchange, feedback: bool, replay: Sequence[str]) -> str:  # noqa: FBT001 - see thread
    """Return the question as a heading, how far the answer is, the answer and what it rests on."""
    running = " data-running" if exchange.phase.running else ""
    return (
        f'<article class="exchange" data-exchange="{exchange.number}" '
        f'data-phase="{exchange.phase.value}"{running}>'
        f'<h2 class="question" dir="auto" tabindex="-1">{escape(exchange.question)}</h2>'
        f'{progress(exchange)}<div class="slot">{_slot(exchange)}</div>'
        f'<div class="answer">{_prose(exchange)}</div>'
        f'<div class="more">{_nearest(exchange)}</div>'
        f"{actions(exchange, feedback=feedback and not exchange.own)}{why(exchange, replay)}"
        f'<div class="store" hidden>{sources.panel(exchange)}</div></article>'
    )


def _slot(exchange: Exchange) -> str:
    """Return the best evidence as long as the answer comes, then the row of its sources."""
    if exchange.phase.running:
        return evidence(exchange)
    if exchange.message and not exchange.quoted:
        return f'<p class="message" dir="auto">{escape(exchange.message)}</p>'
    if exchange.sources:
        return sources.strip(exchange)
    if exchange.phase is Phase.DONE and not exchange.aside:
        return f'<p class="message">{escape(strings.NO_SOURCE)}</p>'
    return evidence(exchange) if exchange.evidence else ""


def _prose(exchange: Exchange) -> str:
    """Return the settled sentences, then what is still a draft; or what was said aside."""
    if exchange.aside:
        return f'<p class="prose" dir="auto">{isolated(exchange.aside)}</p>'
    note = f'<p class="note">{escape(exchange.message)}</p>' if exchange.quoted else ""
    parts = [_sentence(sentence, exchange) for sentence in exchange.sentences]
    if exchange.phase is not Phase.DONE:
        parts.append(_draft(exchange))
    text = " ".join(part for part in parts if part)
    return f'{note}<p class="prose" dir="auto">{text}</p>' if text else note


def _draft(exchange: Exchange) -> str:
    """Return the part of the draft that is not checked yet, plainly marked as such."""
    rest = unsettled(exchange.draft, exchange.sentences).strip()
    if not rest:
        return ""
    label = f'<span class="unseen">{escape(strings.DRAFT_LABEL)} </span>'
    mark = f' <span class="mark">{escape(strings.STOPPED_MARK)}</span>'
    end = mark if exchange.phase is Phase.STOPPED else ""
    return f'<span class="draft">{label}{isolated(rest)}{end}</span>'


def _sentence(sentence: AnswerSentence, exchange: Exchange) -> str:
    """Return one checked sentence with its citation numbers, or marked as unverified."""
    text = isolated(sentence.text.strip())
    if not sentence.supported:
        mark = f'<span class="mark">{escape(strings.UNVERIFIED)}</span>'
        return f'<span class="unverified">{text} {mark}</span>'
    cited = {citation.n for citation in sentence.citations}
    numbers = "".join(
        sources.citation(source, exchange.number)
        for source in exchange.sources
        if source.n in cited
    )
    names = " ".join(str(n) for n in sorted(cited))
    return f'<span class="sentence" data-sources="{names}">{text}{numbers}</span>'


def _nearest(exchange: Exchange) -> str:
    """Return questions that have an answer where this one had none, and passages near to it."""
    if exchange.phase is not Phase.REFUSED and not exchange.aside:
        return ""
    title = strings.EXAMPLES if exchange.aside else strings.SUGGESTIONS
    offered = "".join(f"<li>{example(question)}</li>" for question in exchange.suggestions)
    passages = "".join(sources.passage(hit) for hit in exchange.hits[:NEAREST_SHOWN])
    return _titled(title, "examples", offered) + _titled(strings.NEAREST, "nearest", passages)


def _titled(title: str, kind: str, items: str) -> str:
    """Return a list under its title, or nothing if it is empty."""
    if not items:
        return ""
    return f'<h3 class="heading">{escape(title)}</h3><ul class="{kind}">{items}</ul>'
