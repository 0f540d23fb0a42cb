"""A question and a passage as one sequence of XLM-R tokens, each token with its offsets."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from rag import messages
from rag.errors import ModelError
from rag.types import Passage

LAYOUT = 1
"""Raised when the same question and passage would give other tokens: what was trained on the
old ones is then refused."""

MAX_TOKENS = 512
"""Tokens of a window at most: as many as the encoder has positions. A passage of the default
settings took 407 at most (rag/index/chunk.py): with its question nearly each is one window."""

QUESTION_SHARE = 4
HEADING_SHARE = 8
OVERLAP_SHARE = 4
"""A window's share, one in so many, that question and heading may take, and the share of its
text that the next window repeats."""

_PLAIN = str.maketrans("’‘ʼ", "'''")
"""One apostrophe, whatever was typed, so that «l’eau» is cut as «l'eau»; offsets stay."""
_MARKS = ("<s>", "</s>", "<pad>")
_CONTROL = (*_MARKS, "<mask>")


@dataclass(frozen=True, slots=True)
class Window:
    """`<s> question </s></s> heading text </s>`, as XLM-R pairs two texts.

    The text's tokens begin at `first`; `offsets` tells where each stands in the text.
    """

    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]


def heading(passage: Passage) -> str:
    """Return what stands over a passage: its title and its section."""
    return " — ".join(part for part in (passage.title, passage.section) if part)


class PairTokenizer:
    """Cuts questions and passages; nothing in them can become a control token."""

    def __init__(self, folder: Path, positions: int) -> None:
        """Read the tokenizer of a model's folder, which has so many positions.

        Raises:
            ModelError: there is none, or it lacks a mark that a pair needs.
        """
        file = folder / "tokenizer.json"
        if not file.is_file():
            raise ModelError(messages.ENCODER_UNUSABLE.format(folder=folder, error=file.name))
        self._backend = Tokenizer.from_file(str(file))
        self._backend.no_truncation()
        self._backend.no_padding()
        self._backend.encode_special_tokens = True
        self._open, self._close, self.padding = (self._mark(name, folder) for name in _MARKS)
        # A Unigram vocabulary has the control tokens as ordinary pieces too.
        self._control = {self._backend.token_to_id(name) for name in _CONTROL}
        self._limit = min(MAX_TOKENS, positions)

    def windows(self, question: str, head: str, text: str) -> list[Window]:
        """Return the windows that hold all of `text`, at least one.

        Question and heading are cut where they would take more than their share.
        """
        asked = [one for one, _ in self._data(question)][: self._limit // QUESTION_SHARE]
        above = [one for one, _ in self._data(head)][: self._limit // HEADING_SHARE]
        before = [self._open, *asked, self._close, self._close, *above]
        tokens = list(self._data(text))
        room = self._limit - len(before) - 1
        step = room - room // OVERLAP_SHARE
        starts = range(0, max(1, len(tokens) - room // OVERLAP_SHARE), step)
        return [self._window(before, tokens[start : start + room]) for start in starts]

    def _window(self, before: list[int], tokens: list[tuple[int, tuple[int, int]]]) -> Window:
        """Return one window from what stands before the text and some of the text."""
        ids = (*before, *(one for one, _ in tokens), self._close)
        return Window(ids, len(before), tuple(place for _, place in tokens))

    def _data(self, text: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield the tokens of a text as data, each with its offsets less the space before."""
        found = self._backend.encode(text.translate(_PLAIN), add_special_tokens=False)
        for token, (start, end) in zip(found.ids, found.offsets, strict=True):
            if token not in self._control:
                bare = text[start:end].lstrip()
                yield token, (end - len(bare), end)

    def _mark(self, name: str, folder: Path) -> int:
        """Return the id of a mark that a pair needs."""
        found = self._backend.token_to_id(name)
        if found is None:
            raise ModelError(messages.ENCODER_UNUSABLE.format(folder=folder, error=name))
        return int(found)
