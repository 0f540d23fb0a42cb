"""What the page asks of the library; `rag.pipeline.Assistant` fits it, and so does a fake."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from rag.talk.header import Described
from rag.types import Answer, Document, Event, Hit, Turn, never


class Summary(Described, Protocol):
    """A text of the corpus, named but not loaded: `Answering.document` takes its id."""

    @property
    def passages(self) -> int:
        """How many passages it was cut into."""
        ...


class Answering(Protocol):
    """Answers questions about a corpus and shows the corpus's texts."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
        within: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """Yield what happens until Done; closing the iterator stops the answer.

        `within` names the only documents to look in; None is all of them.
        """
        ...

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        within: Collection[str] | None = None,
    ) -> Answer:
        """Return the whole answer."""
        ...

    def search(self, question: str, within: Collection[str] | None = None) -> Sequence[Hit]:
        """Return the passages nearest to the question, best first, without an answer."""
        ...

    def document(self, document_id: str) -> Document:
        """Return the whole text that a citation names."""
        ...

    def documents(self) -> Sequence[Summary]:
        """Return the texts of the corpus in their order."""
        ...
