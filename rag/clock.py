"""The time that the stages of one answer take."""

import time
from dataclasses import dataclass, field

from rag.types import Timings


@dataclass(slots=True)
class Clock:
    """Seconds since the question came, noted at the end of each stage."""

    start: float = field(default_factory=time.perf_counter)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, stage: str) -> None:
        """Note that a stage has ended; only its first end counts."""
        self.marks.setdefault(stage, time.perf_counter() - self.start)

    def timings(self) -> Timings:
        """Return the length of each stage; a stage that was not reached took 0 s."""
        total = time.perf_counter() - self.start
        retrieve = self.marks.get("retrieve", total)
        generate = self.marks.get("generate", retrieve)
        verify = self.marks.get("verify", generate)
        return Timings(
            retrieve=retrieve,
            first_token=self.marks.get("first_token", 0.0),
            generate=generate - retrieve,
            verify=verify - generate,
            total=total,
        )
