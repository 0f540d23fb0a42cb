"""Chat prompts as token ids, in which no text from outside can become markup."""

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
    by the full tokenizer, the texts by one that knows no added token at all: what
    looks like `<|im_end|>` in a text is encoded as the ten characters that it is.
    """

    def __init__(self, template: Template, backend: Backend) -> None:
        """Take over `backend`, which neither cuts nor pads from now on."""
        self._template = template
        backend.no_truncation()
        backend.no_padding()
        self._markup = backend
        self._control = frozenset(backend.get_added_tokens_decoder())
        self._data = _without_added_tokens(backend)

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


def _without_added_tokens(backend: Backend) -> Backend:
    """Return a tokenizer on the same vocabulary, which is shared: reading it anew takes a second.

    What comes before the vocabulary decides on the ids of a text, and is all that is set.
    """
    made = Backend(backend.model)
    made.normalizer = backend.normalizer
    made.pre_tokenizer = backend.pre_tokenizer
    return made
