"""What the page looks like and what runs in it: our colours, our style sheets, our script."""

from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent

COLOURS = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--soft)",
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--card)",
    "block_background_fill": "transparent",
    "border_color_primary": "var(--line)",
    "input_background_fill": "var(--card)",
    "input_border_color": "var(--edge)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--soft)",
    "button_primary_background_fill": "var(--fill)",
    "button_primary_background_fill_hover": "var(--fill-strong)",
    "button_primary_text_color": "var(--on-fill)",
    "button_secondary_background_fill": "var(--card)",
    "button_secondary_background_fill_hover": "var(--tint)",
    "button_secondary_text_color": "var(--ink)",
}
"""Gradio's variables by ours: style/base.css gives these a light and a dark value."""


SCRIPTS = (
    *("state", "theme", "focus", "panel", "texts", "tip", "copy"),
    *("actions", "listen", "answer", "refresh"),
)
"""The files of the script in their order: the last one starts what the others define."""


def theme() -> gr.themes.Base:
    """Return Gradio's barest theme in our colours, with fonts that machines have."""
    sans = [gr.themes.Font(name) for name in ("Segoe UI", "Roboto", "Noto Sans", "sans-serif")]
    bare = gr.themes.Base(font=sans, font_mono=[gr.themes.Font("monospace")])
    return bare.set(**COLOURS, **{f"{name}_dark": value for name, value in COLOURS.items()})


def script() -> str:
    """Return the page's own script: its files in one scope of their own.

    Gradio lays each new HTML over the old one and takes away every attribute that is not in
    it; what the reader had opened, lit or focused is put back by the last of them.
    """
    files = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '(() => {\n"use strict";\n\n' + "\n".join(files) + "})();\n"


def style() -> str:
    """Return the page's style sheets, one behind the other."""
    sheets = sorted((HERE / "style").glob("*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
