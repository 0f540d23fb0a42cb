"""Hand-written stand-ins for the encoder and the generator: small, exact, no model."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from rag.french.sentences import sentence_spans
from rag.french.text import search_terms
from rag.search.reading import Reading, Span
from rag.types import GenerationLimits, Message, Passage, Pieces, Vectors

DIMENSION = 64


class FakeEncoder:
    """Gives texts that share search terms near vectors: each term has its own direction."""

    def __init__(self, name: str = "fake", fingerprint: str = "f" * 64) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = DIMENSION
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([_vector(text) for text in texts], np.float32).reshape(-1, DIMENSION)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        self.encoded.extend(texts)
        if progress and texts:
            progress(len(texts))
        return self.encode_queries(texts)


def _vector(text: str) -> Vectors:
    """Return the unit sum of the directions of the text's terms, plus a shared one."""
    total = np.zeros(DIMENSION)
    total[0] = 1.0
    for term in search_terms(text):
        digest = hashlib.sha256(term.encode()).digest()
        total[1 + int.from_bytes(digest[:4], "big") % (DIMENSION - 1)] += 1.0
    return np.asarray(total / np.linalg.norm(total), np.float32)


class FakeReader:
    """Is sure of the sentences that hold a phrase, and as sure that no other one answers."""

    def __init__(self, phrase: str, odds: float = 10.0) -> None:
        self.fingerprint = "d" * 64
        self.asked: list[str] = []
        self._phrase = phrase
        self._odds = odds

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.asked.append(question)
        return [self._reading(passage.text) for passage in passages]

    def _reading(self, text: str) -> Reading:
        told = [text[start:end] for start, end in sentence_spans(text)]
        odds = tuple(self._odds if self._phrase in one else -self._odds for one in told)
        return Reading(odds, Span(0, 0, max(odds)), -1.0)


class FakeTokenizer:
    """One token a word; keeps the last messages it rendered."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def count(self, text: str) -> int:
        return len(text.split())

    def render(self, messages: Sequence[Message]) -> list[int]:
        self.messages = list(messages)
        return list(range(sum(self.count(message.text) for message in messages)))


class FakeGenerator:
    """Says its lines word by word, and notes whether it was stopped."""

    def __init__(self, *drafts: str) -> None:
        self.name = "fake"
        self.fingerprint = "e" * 64
        self.tokenizer = FakeTokenizer()
        self.prompts: list[Sequence[int]] = []
        self.closed = False
        self._drafts = list(drafts)

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        self.prompts.append(prompt)
        try:
            for word in self._drafts.pop(0).split(" ")[: limits.max_new_tokens]:
                if cancelled():
                    return
                yield f"{word} "
        finally:
            self.closed = True
