"""Part `start`: from the start of the process to its end, a first answer or the help."""

from collections.abc import Mapping, Sequence

from eval.bench.process import Launch
from eval.bench.types import Measure, Stand


def bench_start(commands: Mapping[str, Sequence[str]], launch: Launch, stand: Stand) -> None:
    """Run each command in turn, round after round; once before, unmeasured.

    Args:
        commands: command lines by the names that they are noted under.
        launch: runs one in a process of its own.
        stand: how often, and who is told.
    """
    for command in commands.values():
        launch(command)
    for done in range(1, stand.rounds + 1):
        for name, command in commands.items():
            stand.note(Measure("start", name, "process"), launch(command).seconds)
        stand.progress("start", done, stand.rounds)
