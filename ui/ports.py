"""What the page asks of the library; `rag.pipeline.Assistant` fits it, and so does a fake."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from rag.types import Document, Event, Turn, never


class Summary(Protocol):
    """A text of the corpus, named but not loaded."""

    @property
    def id(self) -> str:
        """The identifier that `Answering.document` takes."""
        ...

    @property
    def title(self) -> str:
        """The title shown to the reader."""
        ...


class Answering(Protocol):
    """Answers questions about a corpus and shows the corpus's texts."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Event]:
        """Yield Retrieved, Token*, Checked*, Done; closing the iterator stops the answer."""
        ...

    def document(self, document_id: str) -> Document:
        """Return the whole text that a citation names."""
        ...

    def documents(self) -> Sequence[Summary]:
        """Return the texts of the corpus in their order."""
        ...
