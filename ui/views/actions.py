"""What a reader can do with an answer: copy it, ask again, ask otherwise, judge it."""

from rag.check.cite import compose_text
from ui import strings
from ui.conversation import Exchange, Rating
from ui.views.markup import button, escape, tool

LONGEST_REASON = 500
"""Characters of a reason; a few sentences."""


def actions(exchange: Exchange, *, feedback: bool) -> str:
    """Return the row of buttons beneath an answer; `feedback` says that opinions are kept."""
    number = exchange.number
    copied = tool("copy", "copy", strings.COPY, text=plain(exchange)) if exchange.sentences else ""
    again = tool("retry", "retry", strings.RETRY, exchange=number)
    edit = tool("edit", "edit", strings.EDIT, exchange=number)
    judged = feedback and exchange.answer is not None
    opinion = _opinion("good", strings.GOOD, exchange) + _opinion("bad", strings.BAD, exchange)
    return (
        f'<div class="actions" role="group" aria-label="{escape(strings.ACTIONS)}">'
        f"{copied}{again}{edit}{opinion if judged else ''}</div>"
        f"{_reason(exchange) if judged else ''}"
    )


def plain(exchange: Exchange) -> str:
    """Return the answer as it is copied: plain text, then the references that it rests on."""
    lines = [f"[{source.n}] {source.reference or source.title}" for source in exchange.sources]
    listed = "\n".join(["", "", strings.COPY_SOURCES, *lines]) if lines else ""
    return compose_text(exchange.sentences) + listed


def _opinion(rating: Rating, text: str, exchange: Exchange) -> str:
    """Return one of the two opinions as a switch."""
    pressed = str(exchange.rating == rating).lower()
    return tool("like", rating, text, exchange=exchange.number, rating=rating, pressed=pressed)


def _reason(exchange: Exchange) -> str:
    """Return the field for a reason, which the script shows once there is an opinion."""
    field = f"reason-{exchange.number}"
    send = button("reason", escape(strings.REASON_SEND), "send", exchange=exchange.number)
    return (
        f'<div class="reason" hidden><label for="{field}">{escape(strings.REASON)}</label>'
        f'<input id="{field}" type="text" maxlength="{LONGEST_REASON}" autocomplete="off">{send}'
        f'</div><p class="thanks" hidden>{escape(strings.REASON_THANKS)}</p>'
    )
