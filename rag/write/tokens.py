"""Chat prompts as token ids, in which no text from outside can become markup."""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from tokenizers import Tokenizer as Backend

from rag import messages as say
from rag.errors import ModelError
from rag.types import Message

Template = Callable[[Sequence[Mapping[str, str]]], str]
"""Renders a chat template: messages with `role` and `content` to the marked-up text."""

_HOLE = "\uf8ff{}\uf8ff"
_HOLES = re.compile("\uf8ff(\\d+)\uf8ff")


class ChatTokenizer:
    """Encodes a template and the texts in it apart, so that texts stay texts.

    The template is rendered with a placeholder for each text. Its own pieces are encoded
    by the full tokenizer, the texts by a copy of it that knows no added token at all: what
    looks like `<|im_end|>` in a text is encoded as the ten characters that it is.
    """

    def __init__(self, template: Template, backend: Backend) -> None:
        """Take over `backend`, which neither cuts nor pads from now on."""
        self._template = template
        self._markup = _bare(backend)
        definition = json.loads(backend.to_str())
        self._control = frozenset(token["id"] for token in definition["added_tokens"])
        definition["added_tokens"] = []
        self._data = _bare(Backend.from_str(json.dumps(definition)))

    def data(self, text: str) -> list[int]:
        """Return the ids of `text` as data; never the id of an added token.

        The filter matters for vocabularies (Unigram) that also hold control tokens as
        ordinary pieces: such a piece is left out.
        """
        ids = self._data.encode(text, add_special_tokens=False).ids
        return [token for token in ids if token not in self._control]

    def count(self, text: str) -> int:
        """Return how many tokens `text` takes as data."""
        return len(self.data(text))

    def render(self, messages: Sequence[Message]) -> list[int]:
        """Return the prompt's ids, ready for the model to continue.

        Raises:
            ModelError: the template drops, repeats or reorders messages.
        """
        chat = [
            {"role": message.role, "content": _HOLE.format(place)}
            for place, message in enumerate(messages)
        ]
        pieces = _HOLES.split(self._template(chat))
        if pieces[1::2] != [str(place) for place in range(len(messages))]:
            raise ModelError(say.TEMPLATE_UNUSABLE)
        ids: list[int] = []
        for place, piece in enumerate(pieces):
            if place % 2:
                ids += self.data(messages[int(piece)].text)
            else:
                ids += self._markup.encode(piece, add_special_tokens=False).ids
        return ids


def _bare(backend: Backend) -> Backend:
    """Return a tokenizer that neither cuts nor pads any more."""
    backend.no_truncation()
    backend.no_padding()
    return backend
