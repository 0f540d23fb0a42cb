"""The bar at the head of the page: its name, the conversation's menu and the theme."""

from ui import strings
from ui.views.markup import button, escape, icon


def top() -> str:
    """Return the bar; the script hides the menu as long as there is no conversation."""
    return (
        f'<header class="top" data-panel="{escape(strings.SOURCES)}" '
        f'data-copied="{escape(strings.COPIED)}"><h1 class="brand">'
        f'<span aria-hidden="true">«</span>{escape(strings.TITLE)}</h1>'
        f'<div class="tools" role="group" aria-label="{escape(strings.TOOLS)}">'
        f"{_menu()}{_theme()}</div></header>"
    )


def _menu() -> str:
    """Return what can be done with the whole conversation: export, undo, clear."""
    formats = "".join(
        button("download", escape(name), "item", format=format_)
        for format_, name in strings.EXPORT_FORMATS.items()
    )
    undo = button("undo", icon("undo") + escape(strings.UNDO), "item")
    sure = escape(strings.CLEAR)
    clear = button(
        "clear",
        f'{icon("trash")}<span class="words">{sure}</span>',
        "item danger",
        sure=strings.CLEAR_SURE,
    )
    return (
        f'<details class="menu"><summary aria-label="{escape(strings.CONVERSATION)}">'
        f'{icon("more")}<span class="words">{escape(strings.CONVERSATION)}</span></summary>'
        f'<div class="sheet"><p class="heading">{escape(strings.EXPORT)}</p>{formats}'
        f"<hr>{undo}{clear}</div></details>"
    )


def _theme() -> str:
    """Return the button between light and dark."""
    return button("theme", icon("sun") + icon("moon"), "round", label=strings.THEME)
