"""A generator that is watched: how long its prompt is, and when it wrote what."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from eval.bench.types import Clock
from rag.types import GenerationLimits, Generator, Pieces, Tokenizer, Waiting


@dataclass(frozen=True, slots=True)
class Writing:
    """One continuation: tokens of the prompt, of all that was written, and of its first piece.

    Times are readings of the clock; `begun` is when nobody was before it any more.
    """

    prompt: int
    tokens: int
    first_tokens: int
    begun: float
    first: float
    ended: float

    @property
    def prompt_rate(self) -> float:
        """Tokens of the prompt a second, until the first piece of the answer was there."""
        return self.prompt / (self.first - self.begun)

    @property
    def answer_rate(self) -> float | None:
        """Tokens a second after the first piece; None where that was all."""
        rest = self.tokens - self.first_tokens
        return rest / (self.ended - self.first) if rest > 0 else None


class Metered:
    """A generator like the one it wraps; `last` tells of its last continuation with any text."""

    def __init__(self, generator: Generator, clock: Clock) -> None:
        self._generator = generator
        self._clock = clock
        self.last: Writing | None = None

    @property
    def name(self) -> str:
        """What a user calls the generator by."""
        return self._generator.name

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights."""
        return self._generator.fingerprint

    @property
    def tokenizer(self) -> Tokenizer:
        """Its own tokenizer."""
        return self._generator.tokenizer

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        """Yield what the generator yields, and keep what it took."""
        self.last = None
        begun, read = self._clock(), []
        with closing(self._generator.stream(prompt, limits, cancelled)) as pieces:
            for piece in pieces:
                if isinstance(piece, Waiting):
                    begun = self._clock()
                else:
                    read.append((self._clock(), piece))
                yield piece
        if read:
            (first, head), *_ = read
            count, whole = self.tokenizer.count, "".join(text for _, text in read)
            sizes = (len(prompt), count(whole), count(head))
            self.last = Writing(*sizes, begun, first, self._clock())
