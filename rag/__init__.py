"""Parole: French questions answered from French documents, every sentence sourced.

from rag import Assistant
assistant = Assistant.open("index/")
answer = assistant.ask("Qui organise le HUBFORUM ?")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.pipeline import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> object:
    """Load the pipeline when it is first asked for: the command line must start at once."""
    if name == "Assistant":
        from rag.pipeline import Assistant  # noqa: PLC0415 - torch takes seconds to import

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
