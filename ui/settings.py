"""What `parole chat` was asked to serve, and how."""

import re
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ParoleError
from rag.write.gate import MAX_WAITING
from ui import strings
from ui.accounts import Accounts

LONGEST_QUEUE = 32
"""Gradio follows each answer, waiting or not, in one of its forty threads; some must stay free."""

UPLOAD_BYTES = 20 * 2**20
"""Of one document that a reader adds: a report of several hundred pages."""

_ROOT_PATH = re.compile(r"(?:https?://[\w.-]+(?::\d{1,5})?)?(?:/[\w~-][\w.~-]*)*", re.ASCII)


class SettingsError(ParoleError):
    """The page cannot be served as it was asked for."""


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What the page offers and to whom.

    `feedback` is the file that ratings are added to, None where they are not kept; `accounts`
    are those who may log in, None where everybody may read; `root_path` is what a reverse
    proxy adds before our addresses: empty, « /parole » or « https://exemple.fr/parole »;
    `max_queue` answers may wait for the one that is written; `replay` holds the options with
    which `parole ask` gives the same answers.
    """

    examples: tuple[str, ...] = ()
    feedback: Path | None = None
    uploads: bool = False
    accounts: Accounts | None = None
    root_path: str = ""
    max_queue: int = MAX_WAITING
    replay: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if _ROOT_PATH.fullmatch(self.root_path) is None:
            raise SettingsError(strings.ROOT_PATH_INVALID.format(path=self.root_path))
        if not 0 <= self.max_queue <= LONGEST_QUEUE:
            text = strings.QUEUE_INVALID.format(number=self.max_queue, most=LONGEST_QUEUE)
            raise SettingsError(text)
