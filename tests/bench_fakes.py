"""A clock that moves only when it is told to, and stand-ins that move it."""

from collections.abc import Callable, Sequence

from eval.bench.ledger import Ledger
from eval.bench.types import Part, Stand
from rag.types import GenerationLimits, Pieces, Vectors
from tests.fakes import FakeEncoder, FakeGenerator


class Hands:
    """A clock whose time is what its works make it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, log: list[str], name: str, *lengths: float) -> Callable[[object], None]:
        """Return a work that takes so many seconds each time, the last length again and again."""
        rest = list(lengths)

        def done(_item: object) -> None:
            log.append(name)
            self.now += rest.pop(0) if len(rest) > 1 else rest[0]

        return done


class Bench:
    """A stand on such a clock, with what was noted and what was told of progress."""

    def __init__(self, rounds: int = 2) -> None:
        self.clock = Hands()
        self.ledger = Ledger()
        self.progress: list[tuple[Part, int, int]] = []
        self.stand = Stand(
            self.clock, rounds, self.ledger.note, lambda *told: self.progress.append(told)
        )

    def values(self) -> dict[tuple[str, str, int], list[float]]:
        """Return what was noted by subject, name and scale."""
        return {
            (one.measure.subject, one.measure.name, one.measure.scale): list(one.values)
            for one in self.ledger.figures()
        }


class SlowEncoder(FakeEncoder):
    """Takes some seconds a call, and says in a log that it was called, and for what."""

    def __init__(self, clock: Hands, log: list[str], name: str, seconds: float) -> None:
        super().__init__(name)
        self._clock = clock
        self._log = log
        self._seconds = seconds

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self._log.append(f"{self.name}: {' '.join(texts)}")
        self._clock.now += self._seconds
        return super().encode_queries(texts)


class SlowGenerator(FakeGenerator):
    """Takes its time for the prompt, and for each word."""

    def __init__(self, clock: Hands, reading: float, word: float, *drafts: str) -> None:
        super().__init__(*drafts)
        self._clock = clock
        self._reading = reading
        self._word = word

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        self._clock.now += self._reading
        for piece in super().stream(prompt, limits, cancelled):
            self._clock.now += self._word
            yield piece
