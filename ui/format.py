"""Exchanges as HTML: pure functions in which every text is data, escaped, never markup."""

import html
from collections.abc import Sequence

from rag.cite import location
from rag.types import AnswerSentence, Hit, Section
from ui import strings
from ui.conversation import Exchange, Phase, unsettled
from ui.sources import Source, tail_context

NEAREST_SHOWN = 3
"""Passages shown beneath a refusal: enough to judge it, few enough to be read."""

PASSAGE_CHARACTERS = 400
"""Shown of each of them: about five lines on a wide screen."""

PLURAL = 2
"""The first number that takes the plural in French."""

PHASES = {
    Phase.WAITING: strings.WAITING,
    Phase.SEARCHING: strings.SEARCHING,
    Phase.CHECKING: strings.CHECKING,
    Phase.REFUSED: strings.REFUSED,
    Phase.STOPPED: strings.STOPPED,
    Phase.FAILED: strings.FAILED,
}
"""What the page says of the phases that need no figure."""


def escape(text: str) -> str:
    """Return the text as HTML character data, safe inside quoted attributes too."""
    return html.escape(text, quote=True)


def count(n: int, one: str, many: str) -> str:
    """Return « 1 texte » or « n textes »; French counts 0 as one."""
    return (one if n < PLURAL else many).format(n=n)


def decimal(number: float, digits: int) -> str:
    """Return the number with a French decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def header(texts: int) -> str:
    """Return the title of the page and its two lines of explanation."""
    known = strings.NO_TEXT if texts == 0 else count(texts, strings.ONE_TEXT, strings.MANY_TEXTS)
    return (
        f"<header><h1>{escape(strings.TITLE)}</h1>"
        f"<p>{escape(strings.TAGLINE.format(texts=known))}<br>{escape(strings.PROMISE)}</p></header>"
    )


def current(exchange: Exchange | None) -> str:
    """Return the exchange in hand; the frame is always the same, for screen readers."""
    if exchange is None:
        return '<section class="current"></section>'
    return f'<section class="current">{_exchange(exchange)}</section>'


def earlier(exchanges: Sequence[Exchange]) -> str:
    """Return the exchanges before it, newest first, each one folded under its question."""
    if not exchanges:
        return ""
    folded = "".join(
        f'<details><summary dir="auto">{escape(exchange.question)}</summary>'
        f"{_body(exchange)}</details>"
        for exchange in reversed(exchanges)
    )
    title = escape(strings.EARLIER)
    return f'<section class="earlier" aria-label="{title}"><h2>{title}</h2>{folded}</section>'


def _exchange(exchange: Exchange) -> str:
    """Return the question as a heading and the answer beneath it."""
    return f'<h2 class="question" dir="auto">{escape(exchange.question)}</h2>{_body(exchange)}'


def _body(exchange: Exchange) -> str:
    """Return the state of the answer, the answer itself and its sources."""
    busy = str(exchange.phase.running).lower()
    return (
        f'<p class="phase {exchange.phase.value}" role="status">{escape(_phase(exchange))}</p>'
        f'<div class="columns"><div class="answer" role="region" aria-live="polite" '
        f'aria-busy="{busy}" aria-label="{escape(strings.ANSWER)}">{_answer(exchange)}</div>'
        f"{_evidence(exchange)}</div>"
    )


def _phase(exchange: Exchange) -> str:
    """Return where the exchange stands, in a few words."""
    if exchange.phase is Phase.DONE:
        return exchange.message or _summary(exchange)
    if exchange.phase is Phase.WRITING:
        found = count(len(exchange.hits), strings.ONE_PASSAGE, strings.MANY_PASSAGES)
        return strings.WRITING.format(passages=found)
    return PHASES[exchange.phase]


def _summary(exchange: Exchange) -> str:
    """Return how many sentences carry a source, and the seconds it took."""
    sourced = sum(sentence.supported for sentence in exchange.sentences)
    return strings.DONE.format(
        sourced=count(sourced, strings.ONE_SOURCED, strings.MANY_SOURCED),
        total=len(exchange.sentences),
        seconds=decimal(exchange.seconds, 1),
    )


def _answer(exchange: Exchange) -> str:
    """Return the settled sentences, then what is still a draft, or why there is none."""
    if exchange.message and not exchange.quoted:
        return f'<p class="message" dir="auto">{escape(exchange.message)}</p>'
    settled = " ".join(_sentence(sentence, exchange.number) for sentence in exchange.sentences)
    prose = f'<p class="checked" dir="auto">{settled}</p>' if settled else ""
    if exchange.phase is Phase.DONE:
        return prose
    return prose + _draft(exchange)


def _draft(exchange: Exchange) -> str:
    """Return the part of the draft that is not checked yet, plainly marked as such."""
    rest = unsettled(exchange.draft, exchange.sentences).strip()
    if not rest:
        return ""
    label = strings.STOPPED_DRAFT if exchange.phase is Phase.STOPPED else strings.DRAFT
    return (
        f'<div class="draft"><p class="label">{escape(label)}</p>'
        f'<p dir="auto">{escape(rest)}</p></div>'
    )


def _sentence(sentence: AnswerSentence, exchange: int) -> str:
    """Return one checked sentence with its citation numbers, or marked as unverified."""
    text = f"<bdi>{escape(sentence.text.strip())}</bdi>"
    if not sentence.supported:
        mark = f'<span class="mark">{escape(strings.UNVERIFIED)}</span>'
        return f'<span class="unverified">{text} {mark}</span>'
    links = "".join(_citation_link(citation.n, exchange) for citation in sentence.citations)
    return f'<span class="verified">{text}{links}</span>'


def _citation_link(n: int, exchange: int) -> str:
    """Return the small number that leads to a source of the same exchange."""
    label = escape(strings.CITATION.format(n=n))
    return f'<sup><a href="#{_anchor(n, exchange)}" aria-label="{label}">[{n}]</a></sup>'


def _anchor(n: int, exchange: int) -> str:
    """Return the identifier of a source in the page, made of numbers alone."""
    return f"source-{exchange}-{n}"


def _evidence(exchange: Exchange) -> str:
    """Return the numbered sources, or the nearest passages of a refusal."""
    if exchange.sources:
        items = "".join(_source(source, exchange) for source in exchange.sources)
        return _aside(strings.SOURCES, "ol", items)
    if exchange.phase is Phase.REFUSED and exchange.hits:
        items = "".join(_passage(hit) for hit in exchange.hits[:NEAREST_SHOWN])
        return _aside(strings.NEAREST, "ul", items)
    return ""


def _aside(title: str, tag: str, items: str) -> str:
    """Return a titled list beside the answer."""
    name = escape(title)
    return (
        f'<aside class="sources" aria-label="{name}"><h3>{name}</h3><{tag}>{items}</{tag}></aside>'
    )


def _source(source: Source, exchange: Exchange) -> str:
    """Return one source: where it stands, and its quote marked within its context.

    A quotation supports no sentence but itself: then no figure of support is shown.
    """
    support = strings.SUPPORT.format(percent=round(source.score * 100))
    score = "" if exchange.quoted else support
    return (
        f'<li id="{_anchor(source.n, exchange.number)}" value="{source.n}">'
        f'<span class="number" aria-hidden="true">{source.n}</span>'
        f"{_place(source.title, source.location, score)}"
        f'<blockquote dir="auto">{escape(source.before)}<mark>{escape(source.quote)}</mark>'
        f"{escape(source.after)}</blockquote></li>"
    )


def _passage(hit: Hit) -> str:
    """Return one passage found, cut to a few lines."""
    passage = hit.passage
    where = location(Section(passage.start, passage.section, passage.page))
    score = strings.SCORE.format(score=decimal(hit.score, 2))
    text = tail_context(passage.text, 0, PASSAGE_CHARACTERS)
    return (
        f"<li>{_place(passage.title, where, score)}"
        f'<blockquote dir="auto">{escape(text)}</blockquote></li>'
    )


def _place(title: str, where: str, score: str) -> str:
    """Return a text's title, the place in it, and the score of what was found there, if any."""
    figure = f'<span class="score">{escape(score)}</span>' if score else ""
    place = f'<bdi class="location">{escape(where)}</bdi>' if where else ""
    return f'<p class="place"><bdi class="title">{escape(title)}</bdi>{place}{figure}</p>'
