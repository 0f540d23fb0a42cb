"""Gradio's HTML component as we use it, and the bridge by which the browser calls."""

from typing import Any

import gradio as gr

BRIDGE = """
document.addEventListener("parole:send", ({ detail }) => trigger(detail.event, detail.data));
"""
"""Runs in the page once: what the script sends becomes an event of the bridge's component."""

SAVE = """
(file) => { document.dispatchEvent(new CustomEvent("parole:save", { detail: file })); }
"""
"""Runs in the page when a file has been made: the script lets the reader keep it."""


def html(value: str = "", **options: Any) -> gr.HTML:
    """Return a component that shows `value` as it is: no template, no script, no style."""
    return gr.HTML(value, js_on_load=None, apply_default_css=False, **options)


def bridge() -> gr.HTML:
    """Return the hidden component that the browser's events arrive at."""
    return gr.HTML("", js_on_load=BRIDGE, apply_default_css=False, elem_id="bridge")


def field(event: gr.EventData, name: str) -> Any:
    """Return what the browser sent under `name`, which may be anything; None without it."""
    try:
        return getattr(event, name)
    except (AttributeError, TypeError):  # Gradio looks for the name in whatever was sent
        return None


def words(event: gr.EventData, name: str) -> str:
    """Return the text that the browser sent under `name`; empty if it is none."""
    value = field(event, name)
    return value if isinstance(value, str) else ""
