"""What programs may ask of the page: three endpoints with a stable shape, no Gradio.

The names and annotations are the schema that gradio_client shows.
"""

from collections.abc import Callable
from typing import Any

from rag.errors import ParoleError
from rag.types import Turn
from ui import strings
from ui.ports import Answering
from ui.schema import as_object, document_object, hit_object

Endpoint = Callable[..., Any]


class CallError(ParoleError):
    """A program has called an endpoint with what it does not take."""


def endpoints(assistant: Answering) -> tuple[Endpoint, Endpoint, Endpoint]:
    """Return `ask`, `search` and `document` over one assistant; they raise ParoleError alone."""

    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        documents: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the documents, all of them or those named by id.

        `history` holds earlier turns, oldest first, each with `question` and `answer`. The
        fields of the answer are those of `parole ask --json`.
        """
        asked, turns = _text(question, strings.QUESTION_SHAPE), _turns(history)
        return as_object(assistant.ask(asked, turns, _named(assistant, documents)))

    def search(question: str, documents: list[str] | None = None) -> list[dict[str, Any]]:
        """Return the passages nearest to a question, best first, and write nothing."""
        asked = _text(question, strings.QUESTION_SHAPE)
        hits = assistant.search(asked, _named(assistant, documents))
        return [hit_object(hit) for hit in hits]

    def document(document: str) -> dict[str, Any]:
        """Return a whole text by the id that answers and passages name."""
        name = _text(document, strings.DOCUMENT_SHAPE)
        try:
            return document_object(assistant.document(name))
        except KeyError as error:
            raise _unknown(name) from error

    return ask, search, document


def _text(value: object, wrong: str) -> str:
    """Return a text that a program sent; if it is none, raise CallError with what is `wrong`.

    Lone surrogates, which JSON can carry but UTF-8 cannot, become « ? ».
    """
    if not isinstance(value, str):
        raise CallError(wrong)
    return value.encode(errors="replace").decode()


def _turns(history: object) -> tuple[Turn, ...]:
    """Return the turns that a program sent, none if it sent no history.

    Raises:
        CallError: one of them has not the two texts that a turn has.
    """
    if history is None:
        return ()
    if not isinstance(history, list) or not all(isinstance(turn, dict) for turn in history):
        raise CallError(strings.HISTORY_SHAPE)
    return tuple(
        Turn(*(_text(turn.get(key), strings.HISTORY_SHAPE) for key in ("question", "answer")))
        for turn in history
    )


def _named(assistant: Answering, documents: object) -> frozenset[str] | None:
    """Return the ids to look in, None for all texts.

    Raises:
        CallError: it is no list of ids, or there is no text of such an id.
    """
    if documents is None:
        return None
    if not isinstance(documents, list):
        raise CallError(strings.DOCUMENTS_SHAPE)
    names = [_text(name, strings.DOCUMENTS_SHAPE) for name in documents]
    known = {summary.id for summary in assistant.documents()}
    for name in names:
        if name not in known:
            raise _unknown(name)
    return frozenset(names)


def _unknown(name: str) -> CallError:
    """Return the error that names what was asked for."""
    return CallError(strings.DOCUMENT_UNKNOWN.format(document=name))
