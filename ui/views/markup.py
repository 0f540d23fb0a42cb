"""What every part of the page is made of: escaped text, French numbers, buttons and icons."""

import html
from collections.abc import Iterable

PLURAL = 2
"""The first number that takes the plural in French."""

SEPARATOR = '<span class="dot" aria-hidden="true"> · </span>'

_ICONS = {
    "back": "M12 4.5 6.5 10l5.5 5.5",
    "bad": "M16 11h-2.5V4H16zm-2.5 0-3 5.5c-1.2 0-2-.8-2-2L9 12H4.8c-.9 0-1.5-.8-1.3-1.6"
    "l1.2-5.2C4.9 4.5 5.5 4 6.2 4h7.3",
    "book": "M10 5.5C8.4 4.4 6.2 4 3.5 4v11c2.7 0 4.9.4 6.5 1.5 1.6-1.1 3.8-1.5 6.5-1.5V4"
    "c-2.7 0-4.9.4-6.5 1.5zm0 0v11",
    "close": "m5.5 5.5 9 9m0-9-9 9",
    "copy": "M7.5 7.5V4H16v8.5h-3.5M4 7.5h8.5V16H4z",
    "edit": "m4.5 15.5.7-3.2 7.6-7.6 2.5 2.5-7.6 7.6zm6.7-9.2 2.5 2.5",
    "good": "M4 9h2.5v7H4zm2.5 0 3-5.5c1.2 0 2 .8 2 2L11 8h4.2c.9 0 1.5.8 1.3 1.6l-1.2 5.2"
    "c-.2.7-.8 1.2-1.5 1.2H6.5",
    "moon": "M16 11.5A6.3 6.3 0 0 1 8.5 4 6.3 6.3 0 1 0 16 11.5z",
    "more": "M4.5 6.5h11M4.5 10h11m-11 3.5h7",
    "retry": "M15.5 10a5.5 5.5 0 1 1-1.7-4l1.7 1.7M15.5 4v3.7h-3.7",
    "sun": "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10 3v1.5m0 11V17m7-7h-1.5m-11 0H3"
    "M15 5l-1.1 1.1M6.1 13.9 5 15m10 0-1.1-1.1M6.1 6.1 5 5",
    "trash": "M4.5 6h11M8 6V4h4v2M6 6l.7 10h6.6L14 6M8.7 8.7v4.6m2.6-4.6v4.6",
    "undo": "M8 5 4.5 8.5 8 12M4.5 8.5h7a4 4 0 0 1 0 8H8",
}
"""Lines on a square of 20, drawn for this page."""


def escape(text: str) -> str:
    """Return the text as HTML character data, safe inside quoted attributes too."""
    return html.escape(text, quote=True)


def count(n: int, one: str, many: str) -> str:
    """Return « 1 texte » or « n textes »; French counts 0 as one."""
    return (one if n < PLURAL else many).format(n=n)


def decimal(number: float, digits: int) -> str:
    """Return the number with a French decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


def icon(name: str) -> str:
    """Return one of our own icons, which says nothing to a screen reader."""
    return (
        f'<svg class="icon {name}" viewBox="0 0 20 20" aria-hidden="true">'
        f'<path d="{_ICONS[name]}"/></svg>'
    )


def isolated(text: str) -> str:
    """Return a foreign text whose direction of writing does not reach beyond it."""
    return f"<bdi>{escape(text)}</bdi>"


def listed(texts: Iterable[str]) -> str:
    """Return the texts that are not empty, a dot between them."""
    return SEPARATOR.join(isolated(text) for text in texts if text)


def close_set(text: str) -> str:
    """Return a stretch of a text with its paragraphs on lines of their own, no blank between."""
    return text.replace("\n\n", "\n")


def facts(texts: Iterable[str]) -> str:
    """Return a line of small facts about a text, or nothing if there is none."""
    line = listed(texts)
    return f'<p class="facts">{line}</p>' if line else ""


def button(action: str, content: str, look: str, /, *, label: str = "", **data: str | int) -> str:
    """Return a button that the script acts upon, with what it is about in `data-…` attributes.

    `content` is HTML already; `label` is what a screen reader says in its place, if anything.
    The datum `pressed`, « true » or « false », makes it a switch.
    """
    spoken = f' aria-label="{escape(label)}"' if label else ""
    about = "".join(
        f' {"aria" if name == "pressed" else "data"}-{name}="{escape(str(value))}"'
        for name, value in data.items()
    )
    return (
        f'<button type="button" class="{look}" data-action="{action}"{about}{spoken}>'
        f"{content}</button>"
    )


def tool(action: str, name: str, words: str, /, **data: str | int) -> str:
    """Return a discreet button: an icon, and words that a narrow page may keep for the ear."""
    content = f'{icon(name)}<span class="words">{escape(words)}</span>'
    return button(action, content, "tool", label="", **data)
