"""`parole bench`: how fast Parole is here, against the usual ways and the machine's limits."""

import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from rich.progress import Progress, TaskID

from eval.bench import strings as names
from eval.bench.conditions import conditions
from eval.bench.ledger import Ledger, as_json
from eval.bench.opening import PARTS, Load, Wanted, Workshop
from eval.bench.report import COLUMNS, write_report
from eval.bench.tables import sections
from eval.bench.types import Clock, Part, Results, Stand
from eval.run import replace
from rag.environment import Environment
from rag.errors import EvaluationError
from ui.cli import strings as say
from ui.cli.terminal import estimating, write, write_table

COMMAND = (sys.executable, "-c", "from ui.cli.main import main; raise SystemExit(main())")
"""The command `parole`, as this very installation has it."""


class Bars:
    """A bar for each part."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[Part, TaskID] = {}

    def begin(self, part: Part) -> None:
        """Show that a part loads what it needs, and warms up."""
        self._tasks[part] = self._bars.add_task(names.PARTS[part][0], total=None)

    def show(self, part: Part, done: int, total: int) -> None:
        """Show how far a part is."""
        self._bars.update(self._tasks[part], completed=done, total=total)


class Outcome:
    """What a run has found so far, and where it is left."""

    def __init__(self, output: Path | None, made_of: Mapping[str, object]) -> None:
        self.ledger = Ledger()
        self.finished: list[Part] = []
        self._output = output
        self._made_of = made_of

    def results(self) -> Results:
        """Return all of it."""
        return Results(self.ledger.figures(), self._made_of, tuple(self.finished))

    def save(self) -> None:
        """Write the JSON file, if one was asked for.

        Raises:
            EvaluationError: it cannot be written.
        """
        if self._output is None:
            return
        try:
            self._output.parent.mkdir(parents=True, exist_ok=True)
            replace(self._output, as_json(self.results()))
        except OSError as error:
            reason = say.BENCH_UNWRITABLE.format(path=self._output, reason=error.strerror)
            raise EvaluationError(reason) from error

    def leave(self) -> None:
        """Write everything: file, report and table; nothing if nothing was measured."""
        results = self.results()
        for section in sections(results.figures):
            rows = [(r.label, r.median, r.quartiles, r.p95, r.n) for r in section.rows]
            write_table(section.title, (names.COLUMN_MEASURE, *COLUMNS), rows)
        if self._output and results.figures:
            self.save()
            write_report(self._output, results)
            write(say.BENCH_WRITTEN.format(path=self._output))


def run(
    options: Namespace,
    environment: Environment,
    load: Load | None = None,
    clock: Clock = time.perf_counter,
) -> int:
    """Measure the parts asked for, or all; what was measured is left, whatever ends the run."""
    wanted = _wanted(options)
    parts = [part for part in PARTS if part in (*(options.parts or PARTS), "machine")]
    models: dict[str, str] = {}
    made_of = {"parts": parts, "models": models, **conditions(wanted, options.rounds)}
    outcome, progress = Outcome(options.output, made_of), estimating()
    bars = Bars(progress)
    outcome.save()  # a file that cannot be written is found now, not after an hour
    stand = Stand(clock, options.rounds, outcome.ledger.note, bars.show)
    try:
        with progress, Workshop(wanted, environment, load or Load(), stand, models) as shop:
            for part in parts:
                bars.begin(part)
                PARTS[part](shop)
                outcome.finished.append(part)
                outcome.save()
    finally:
        outcome.leave()
    return 0


def _wanted(options: Namespace) -> Wanted:
    """Return the options as the benchmark takes them.

    Raises:
        EvaluationError: something would be measured less than once.
    """
    for name in ("questions", "rounds"):
        if getattr(options, name) < 1:
            raise EvaluationError(say.BENCH_NONE.format(option=f"--{name}"))
    return Wanted(
        index=options.index,
        corpus=options.corpus,
        encoder=options.encoder,
        model=options.model,
        questions=options.questions,
        largest=options.up_to,
        seed=options.seed,
        tutorial=options.tutorial,
        command=COMMAND,
    )
