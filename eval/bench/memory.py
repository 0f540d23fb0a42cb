"""Part `memory`: the most that a process holds while it indexes, and while it answers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.process import Launch
from eval.bench.types import Measure, Stand

CommandFor = Callable[[Path], Sequence[str]]
"""Returns a command line that may write into an empty folder."""


def bench_memory(commands: Mapping[str, CommandFor], launch: Launch, stand: Stand) -> None:
    """Run each command in turn, round after round, each time with a new folder to write into.

    There is no warm-up: a peak is that of the whole process. Pages of files that are mapped
    count as long as they are in memory.
    """
    for done in range(1, stand.rounds + 1):
        for name, command in commands.items():
            with TemporaryDirectory() as folder:
                taken = launch(command(Path(folder)))
            stand.note(Measure("memory", name, "peak"), taken.peak / 2**30)
        stand.progress("memory", done, stand.rounds)
