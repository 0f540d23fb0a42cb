"""The options of `parole eval`; light, as all of the parser is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.cli import strings as say
from ui.cli.french import FrenchParser

SYSTEMS = ("parole", "naive", "bm25", "dense", "extractive", "closed-book")
"""The keys of `eval.systems.opening.SYSTEMS`, which is heavy to import."""

SEED = 0

Add = Callable[[FrenchParser], None]
"""Adds the options that several commands share."""


def add_eval(commands: Any, with_index: Add, with_model: Add) -> None:
    """Add `parole eval` and what it can do."""
    parser = commands.add_parser("eval", help=say.EVAL_HELP, description=say.EVAL_HELP)
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=say.EVAL_ACTION, parser_class=FrenchParser
    )
    running = actions.add_parser("run", help=say.EVAL_RUN, description=say.EVAL_RUN)
    _questions(running)
    with_index(running)
    with_model(running)
    _limits(running)
    rescoring = actions.add_parser("rescore", help=say.EVAL_RESCORE, description=say.EVAL_RESCORE)
    _run_folder(rescoring)
    _limits(rescoring)
    comparing = actions.add_parser("compare", help=say.EVAL_COMPARE, description=say.EVAL_COMPARE)
    comparing.add_argument("before", type=Path, metavar="AVANT", help=say.EVAL_BEFORE)
    comparing.add_argument("after", type=Path, metavar="APRÈS", help=say.EVAL_AFTER)
    tabling = actions.add_parser("table", help=say.EVAL_TABLE, description=say.EVAL_TABLE)
    tabling.add_argument("folders", nargs="+", type=Path, metavar="DOSSIER", help=say.EVAL_FOLDER)
    telling = actions.add_parser("report", help=say.EVAL_TELL, description=say.EVAL_TELL)
    _run_folder(telling)
    telling.add_argument("--against", type=Path, metavar="DOSSIER", help=say.EVAL_AGAINST)
    checking = actions.add_parser("check", help=say.EVAL_CHECK, description=say.EVAL_CHECK)
    _corpus(checking)
    checking.add_argument("--freeze", action="store_true", help=say.EVAL_FREEZE)


def _questions(parser: FrenchParser) -> None:
    """Add what is asked, of which system, and where the run is written."""
    parser.add_argument("--system", choices=SYSTEMS, default=SYSTEMS[0], help=say.EVAL_SYSTEM)
    parser.add_argument("--split", choices=("dev", "test"), help=say.EVAL_SPLIT)
    parser.add_argument("--base", action="store_true", help=say.EVAL_BASE)
    parser.add_argument("--dataset", type=Path, metavar="FICHIER", help=say.EVAL_DATASET)
    parser.add_argument("--sample", type=int, metavar="N", help=say.EVAL_SAMPLE)
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=say.EVAL_SEED)
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DOSSIER", help=say.EVAL_OUTPUT
    )


def _run_folder(parser: FrenchParser) -> None:
    """Add the folder of a run, and the corpus that its report quotes from."""
    parser.add_argument("folder", type=Path, metavar="DOSSIER", help=say.EVAL_FOLDER)
    _corpus(parser)


def _corpus(parser: FrenchParser) -> None:
    """Add the folder of the texts."""
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DOSSIER", help=say.CORPUS_FOLDER
    )


def _limits(parser: FrenchParser) -> None:
    """Add what a run must reach."""
    parser.add_argument(
        "--fail-under", action="append", default=[], metavar="MESURE=VALEUR",
        help=say.EVAL_FAIL_UNDER,
    )  # fmt: skip
