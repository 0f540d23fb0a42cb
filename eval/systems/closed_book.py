"""The generator alone: what it says without having read anything."""

import hashlib
from collections.abc import Mapping, Sequence

from eval.systems.common import Stopwatch, uncited, write
from eval.types import Question, Response, Span
from rag.types import Generator
from rag.write.prompt import chat

SYSTEM = "Tu réponds toujours en français, en une ou deux phrases complètes."


class ClosedBookSystem:
    """Asks the generator and shows what it writes; it never refuses and never cites."""

    name = "closed-book"

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    @property
    def identity(self) -> Mapping[str, str]:
        """The hash of its prompt."""
        return {"prompt": hashlib.sha256(SYSTEM.encode()).hexdigest()}

    def passages(self) -> Sequence[Span]:
        """Return nothing: it retrieves nothing."""
        return ()

    def answer(self, question: Question) -> Response:
        """Return what the generator writes to the bare question."""
        watch = Stopwatch()
        with watch.stage("generate"):
            draft = write(self._generator, chat(SYSTEM, question.history, question.text))
        return Response(
            text=draft.text,
            draft=draft.text,
            refused=not draft.text,
            sentences=uncited(draft.text),
            hits=(),
            certainty=None,
            seconds=watch.all(),
            tokens=draft.tokens,
        )
