"""How far an answer has come: its four steps, and what is shown while it is awaited."""

from ui import strings
from ui.conversation import Exchange, Phase, unsettled
from ui.views.markup import count, decimal, escape, facts, isolated
from ui.views.sources import whole

SEARCH, READ, WRITE, CHECK = range(4)

SAID = {
    Phase.SEARCHING: strings.SEARCHING,
    Phase.READING: strings.READING,
    Phase.WRITING: strings.WRITING,
    Phase.CHECKING: strings.CHECKING,
    Phase.STOPPED: strings.STOPPED,
    Phase.FAILED: strings.FAILED,
}
"""What the page says of the phases that need no more than the number of passages."""

STEP_STATES = ("done", "now", "next")


def progress(exchange: Exchange) -> str:
    """Return the four steps, the same in words, and the key to what is still a draft.

    The steps are shown while it runs, the words before and after that.
    """
    now = _steps(exchange)
    items = "".join(
        f'<li class="{_state(step, now)}">{escape(name)}</li>'
        for step, name in enumerate(strings.STEPS)
    )
    draft = f'<span class="draft">{isolated(strings.DRAFT_KEY)}</span>'
    return (
        f'<div class="progress"><ol class="steps" aria-hidden="true">{items}</ol>'
        f'<p class="phase {exchange.phase.value}">{escape(said(exchange))}</p>'
        f'<p class="key" aria-hidden="true">{draft}</p></div>'
    )


def said(exchange: Exchange) -> str:
    """Return where the exchange stands, in a few words."""
    if exchange.phase is Phase.WAITING:
        return _queue(exchange.before)
    if exchange.phase in SAID:
        passages = count(len(exchange.hits), strings.ONE_PASSAGE, strings.MANY_PASSAGES)
        return SAID[exchange.phase].format(passages=passages)
    return _summary(exchange)


def evidence(exchange: Exchange) -> str:
    """Return the sentence that speaks to the question most, or room for it until it is known."""
    source = exchange.evidence
    if source is None:
        return '<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>'
    return (
        f'<figure class="evidence"><figcaption>{escape(strings.EVIDENCE)}</figcaption>'
        f"{whole(source.document, source.start, source.end, strings.EVIDENCE_OPEN)}"
        f'<blockquote dir="auto">{escape(source.quote)}</blockquote>'
        f"{facts((source.title, source.speakers, source.date))}</figure>"
    )


def _queue(before: int) -> str:
    """Return how many answers are written first, or that the exchange is about to begin."""
    return count(before, strings.WAITING_ONE, strings.WAITING_MANY) if before else strings.WAITING


def _summary(exchange: Exchange) -> str:
    """Return what came of it, and the seconds that it took."""
    seconds = decimal(exchange.seconds, 1)
    if exchange.phase is Phase.REFUSED:
        return strings.REFUSED_AFTER.format(seconds=seconds)
    if exchange.aside:
        return strings.ASIDE.format(seconds=seconds)
    if exchange.quoted:
        return strings.QUOTED.format(seconds=seconds)
    sourced = sum(sentence.supported for sentence in exchange.sentences)
    return strings.DONE.format(
        sourced=count(sourced, strings.ONE_SOURCED, strings.MANY_SOURCED),
        total=len(exchange.sentences),
        seconds=seconds,
    )


def _steps(exchange: Exchange) -> range:
    """Return the steps under way; sentences are checked while the next ones are written."""
    match exchange.phase:
        case Phase.WAITING | Phase.READING if exchange.hits:
            return range(READ, READ + 1)
        case Phase.WRITING if not exchange.sentences:
            return range(WRITE, WRITE + 1)
        case Phase.WRITING:
            return range(WRITE, CHECK + 1)
        case Phase.CHECKING:
            left = unsettled(exchange.draft, exchange.sentences).strip()
            return range(WRITE if left else CHECK, CHECK + 1)
        case _:
            return range(SEARCH, SEARCH + 1)


def _state(step: int, now: range) -> str:
    """Return whether a step is done, under way or still to come."""
    return STEP_STATES[(step >= now.start) + (step >= now.stop)]
