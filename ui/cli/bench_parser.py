"""The options of `parole bench`; light, as all of the parser is."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.cli import strings as say
from ui.cli.french import FrenchParser

PARTS = ("machine", "start", "memory", "index", "encode", "search", "ask", "askers")
"""The keys of `eval.bench.opening.PARTS`, which is heavy to import."""

SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Those of `eval.bench.search`."""

QUESTIONS = 8
ROUNDS = 3
SEED = 0

Add = Callable[[FrenchParser], None]
"""Adds the options that several commands share."""


def add_bench(commands: Any, with_index: Add, with_model: Add) -> None:
    """Add `parole bench`."""
    parser = commands.add_parser("bench", help=say.BENCH_HELP, description=say.BENCH_HELP)
    parser.add_argument("parts", nargs="*", type=_part, metavar="PARTIE",
                        help=say.BENCH_PARTS.format(names=", ".join(PARTS)))  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="FICHIER", help=say.BENCH_OUTPUT)
    with_index(parser)
    with_model(parser)
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DOSSIER", help=say.BENCH_CORPUS
    )
    for name, default, text in (
        ("--questions", QUESTIONS, say.BENCH_QUESTIONS),
        ("--rounds", ROUNDS, say.BENCH_ROUNDS),
        ("--seed", SEED, say.BENCH_SEED),
    ):
        parser.add_argument(name, type=int, default=default, metavar="N",
                            help=text.format(default=default))  # fmt: skip
    parser.add_argument(
        "--up-to", type=int, choices=SIZES, default=SIZES[2], metavar="N",
        help=say.BENCH_UP_TO.format(sizes=", ".join(map(str, SIZES)), default=SIZES[2]),
    )  # fmt: skip
    parser.add_argument("--tutorial", action="store_true", help=say.BENCH_TUTORIAL)


def _part(name: str) -> str:
    """Return the name of a part; argparse's own `choices` would refuse to be given none."""
    if name not in PARTS:
        raise ArgumentTypeError(f"invalid choice: {name!r} (choose from {', '.join(PARTS)})")
    return name
