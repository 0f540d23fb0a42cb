"""The commands and their options; light, so that `parole --help` is there at once."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR
from ui.cli import strings as say
from ui.cli.bench_parser import add_bench
from ui.cli.eval_parser import add_eval
from ui.cli.french import FrenchParser

INDEX = Path("index")
PORT = 7860
MAX_QUEUE = 8


def build_parser() -> FrenchParser:
    """Return the parser of `parole`, every command under `options.command`."""
    parser = FrenchParser(prog="parole", description=say.DESCRIPTION)
    parser.add_argument(
        "--version", action="version", version=f"parole {version('parole')}", help=say.VERSION
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=say.COMMAND, parser_class=FrenchParser
    )
    _index(commands)
    _ask(commands)
    _chat(commands)
    _password(commands)
    _models(commands)
    _corpus(commands)
    _doctor(commands)
    add_eval(commands, _with_index, _with_model)
    add_bench(commands, _with_index, _with_model)
    return parser


def _index(commands: Any) -> None:
    """Add `parole index`."""
    parser = commands.add_parser("index", help=say.INDEX_HELP, description=say.INDEX_HELP)
    _with_index(parser)
    parser.add_argument("--prune", action="store_true", help=say.INDEX_PRUNE)
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "sources", nargs="*", type=Path, default=[], metavar="SOURCE", help=say.INDEX_SOURCES
    )
    way.add_argument("--list", action="store_true", help=say.INDEX_LIST)
    way.add_argument("--remove", metavar="ID", action="append", help=say.INDEX_REMOVE)
    way.add_argument("--explain", metavar="FICHIER", type=Path, help=say.INDEX_EXPLAIN)


def _ask(commands: Any) -> None:
    """Add `parole ask`."""
    parser = commands.add_parser("ask", help=say.ASK_HELP, description=say.ASK_HELP)
    parser.add_argument("question", metavar="QUESTION", help=say.ASK_QUESTION)
    _with_index(parser)
    _with_model(parser)
    parser.add_argument("--json", action="store_true", help=say.ASK_JSON)
    parser.add_argument("--history", type=Path, metavar="FICHIER", help=say.ASK_HISTORY)
    parser.add_argument("--document", action="append", metavar="ID", help=say.ASK_DOCUMENT)


def _chat(commands: Any) -> None:
    """Add `parole chat`."""
    parser = commands.add_parser("chat", help=say.CHAT_HELP, description=say.CHAT_HELP)
    _with_index(parser)
    _with_model(parser)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help=say.CHAT_HOST)
    parser.add_argument("--port", type=int, default=PORT, metavar="PORT", help=say.CHAT_PORT)
    parser.add_argument("--root-path", default="", metavar="CHEMIN", help=say.CHAT_ROOT_PATH)
    parser.add_argument(
        "--max-queue", type=int, default=MAX_QUEUE, metavar="N",
        help=say.CHAT_MAX_QUEUE.format(default=MAX_QUEUE),
    )  # fmt: skip
    parser.add_argument("--auth", type=Path, metavar="FICHIER", help=say.CHAT_AUTH)
    parser.add_argument("--feedback", type=Path, metavar="FICHIER", help=say.CHAT_FEEDBACK)
    parser.add_argument("--allow-uploads", action="store_true", help=say.CHAT_ALLOW_UPLOADS)


def _password(commands: Any) -> None:
    """Add `parole password`."""
    parser = commands.add_parser("password", help=say.ACCOUNT_HELP, description=say.ACCOUNT_HELP)
    parser.add_argument("name", metavar="NOM", help=say.ACCOUNT_NAME)


def _models(commands: Any) -> None:
    """Add `parole models`."""
    parser = commands.add_parser("models", help=say.MODELS_HELP, description=say.MODELS_HELP)
    parser.add_argument(
        "action", nargs="?", choices=("list", "pull", "path"), default="list",
        metavar="list|pull|path", help=say.MODELS_ACTION,
    )  # fmt: skip
    parser.add_argument("names", nargs="*", metavar="NOM", help=say.MODELS_NAMES)
    parser.add_argument(
        "--file", action="append", type=Path, default=[], metavar="FICHIER", help=say.MODELS_FILE
    )


def _corpus(commands: Any) -> None:
    """Add `parole corpus check`."""
    parser = commands.add_parser("corpus", help=say.CORPUS_HELP, description=say.CORPUS_HELP)
    parser.add_argument("action", choices=("check",), metavar="check", help=say.CORPUS_ACTION)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("corpus"), metavar="DOSSIER",
        help=say.CORPUS_FOLDER,
    )  # fmt: skip


def _doctor(commands: Any) -> None:
    """Add `parole doctor`."""
    parser = commands.add_parser("doctor", help=say.DOCTOR_HELP, description=say.DOCTOR_HELP)
    parser.add_argument(
        "--index", type=Path, default=INDEX, metavar="DOSSIER", help=say.INDEX_DIRECTORY
    )


def _with_index(parser: FrenchParser) -> None:
    """Add the options of every command that opens an index."""
    parser.add_argument(
        "--index", type=Path, default=INDEX, metavar="DOSSIER", help=say.INDEX_DIRECTORY
    )
    parser.add_argument(
        "--encoder", default=DEFAULT_ENCODER, metavar="MODÈLE",
        help=say.ENCODER.format(default=DEFAULT_ENCODER),
    )  # fmt: skip


def _with_model(parser: FrenchParser) -> None:
    """Add the option of every command that writes an answer."""
    parser.add_argument(
        "--model", default=DEFAULT_GENERATOR, metavar="MODÈLE",
        help=say.MODEL.format(default=DEFAULT_GENERATOR),
    )  # fmt: skip
