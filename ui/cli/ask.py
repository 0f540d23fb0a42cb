"""`parole ask`: one question, one answer with its sources."""

import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rag.environment import Environment
from rag.errors import ParoleError
from rag.index.database import DocumentSummary
from rag.pipeline import Assistant
from rag.types import Turn
from ui.cli import strings as say
from ui.cli.render import as_json, as_text
from ui.cli.terminal import write


def run(options: Namespace, environment: Environment) -> int:
    """Answer the question and write the answer."""
    history = read_history(options.history) if options.history else ()
    assistant = Assistant.open(
        options.index, encoder=options.encoder, model=options.model, environment=environment
    )
    within = known(options.document, assistant.documents()) if options.document else None
    answer = assistant.ask(options.question, history, within)
    write(as_json(answer) if options.json else as_text(answer))
    return 0


def known(documents: Sequence[str], held: Sequence[DocumentSummary]) -> frozenset[str]:
    """Return the ids as a set.

    Raises:
        ParoleError: the index holds no document of one of them.
    """
    ids = {summary.id for summary in held}
    for document in documents:
        if document not in ids:
            raise ParoleError(say.ASK_DOCUMENT_UNKNOWN.format(document=document))
    return frozenset(documents)


def read_history(path: Path) -> Sequence[Turn]:
    """Return the turns of a JSON file.

    Raises:
        ParoleError: the file cannot be read, or is not a list of questions and answers.
    """
    try:
        turns = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ParoleError(say.HISTORY_MISSING.format(path=path, error=error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise ParoleError(say.HISTORY_JSON.format(path=path)) from error
    if not isinstance(turns, list) or not all(_is_turn(turn) for turn in turns):
        raise ParoleError(say.HISTORY_SHAPE.format(path=path))
    return tuple(Turn(turn["question"], turn["answer"]) for turn in turns)


def _is_turn(turn: object) -> bool:
    """Tell whether a JSON value has a question and an answer, both texts."""
    return isinstance(turn, dict) and all(
        isinstance(turn.get(key), str) for key in ("question", "answer")
    )
