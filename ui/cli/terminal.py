"""What the commands write to: one console, plain text, French progress bars."""

import re
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Text of documents and models may hold escape sequences: a terminal must not obey them."""


def plain(text: str) -> str:
    """Return the text without the characters that steer a terminal; line feeds and tabs stay."""
    return STEERING.sub("", text).encode("utf-8", "replace").decode("utf-8")


def console(*, error: bool = False) -> Console:
    """Return a console that takes text as it is: no markup, no colouring, no cut lines."""
    return Console(stderr=error, markup=False, highlight=False, emoji=False, soft_wrap=True)


def write(text: str, *, error: bool = False) -> None:
    """Write one text and a line feed."""
    console(error=error).print(plain(text))


def write_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table, its first column to the left and the others to the right."""
    made = Table(title=plain(title), title_justify="left", box=SIMPLE_HEAD)
    for place, name in enumerate(head):
        made.add_column(plain(name), justify="right" if place else "left", overflow="fold")
    for row in rows:
        made.add_row(*map(plain, row))
    console().print(made, soft_wrap=False)


def counting() -> Progress:
    """Return a bar that counts pieces of work, on the error stream."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console(error=True),
    )


def estimating() -> Progress:
    """Return a bar for work of minutes or hours, with the time left, on the error stream."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console(error=True),
    )


def downloading() -> Progress:
    """Return a bar that counts bytes, on the error stream."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
        console=console(error=True),
    )
