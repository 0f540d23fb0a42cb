"""`parole chat`: the page over one assistant, until Ctrl-C."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment
from rag.errors import ParoleError
from rag.index import ingest
from rag.pipeline import Assistant
from rag.talk.suggestions import examples
from ui.accounts import Accounts, read_accounts, readable_by_others
from ui.cli import strings as say
from ui.cli.parser import INDEX
from ui.cli.terminal import write
from ui.server import address, listen, loading, serve
from ui.settings import PageSettings
from ui.uploads.shelves import Shelves


def run(options: Namespace, environment: Environment) -> int:
    """Tell the address, load the models meanwhile, serve the page."""
    settings = page_settings(options)
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as stack:
        listener = stack.enter_context(listen(options.host, options.port))
        write(say.CHAT_LOADING.format(address=address(listener)), error=True)
        with loading(listener):
            assistant = Assistant.open(
                options.index,
                encoder=options.encoder,
                model=options.model,
                environment=environment,
                max_waiting=options.max_queue,
            )
        serve(
            assistant,
            options.host,
            listener,
            replace(settings, examples=examples(assistant.documents())),
            lambda where: write(say.CHAT_READY.format(address=where)),
            _shelves(assistant, stack) if settings.uploads else None,
        )
    write(say.CHAT_STOPPED, error=True)
    return 0


def _leave(*_: object) -> None:
    """End as after Ctrl-C, so that what readers added is deleted."""
    sys.exit(0)


def _shelves(assistant: Assistant, stack: ExitStack) -> Shelves:
    """Return the shelves for readers' own documents, on the models that answer already.

    Browsers' files come into a folder that no other program sees; it goes with the stack.
    """
    inbox = stack.enter_context(TemporaryDirectory(prefix="parole-"))
    os.environ["GRADIO_TEMP_DIR"] = inbox  # the one way to tell Gradio

    def indexed(
        sources: Sequence[Path], directory: Path, *, progress: ingest.Progress
    ) -> ingest.Report:
        return ingest.index(
            sources, directory, assistant.encoder, assistant.settings, progress, prune=True
        )

    return stack.enter_context(Shelves(indexed, assistant.over, Path(inbox)))


def page_settings(options: Namespace) -> PageSettings:
    """Return what was asked for; what cannot be is said before anything is loaded."""
    return PageSettings(
        feedback=_feedback(options.feedback),
        uploads=options.allow_uploads,
        accounts=_accounts(options.auth),
        root_path=options.root_path,
        max_queue=options.max_queue,
        replay=tuple(_replay(options)),
    )


def _feedback(path: Path | None) -> Path | None:
    """Return the file of ratings; ParoleError if it cannot be one."""
    if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise ParoleError(say.FEEDBACK_UNUSABLE.format(path=path))
    return path


def _accounts(path: Path | None) -> Accounts | None:
    """Read the file of accounts, if there is one; warn if others can read it too."""
    if path is None:
        return None
    accounts = read_accounts(path)
    if readable_by_others(path):
        write(say.ACCOUNTS_OPEN.format(path=path), error=True)
    return accounts


def _replay(options: Namespace) -> Iterator[str]:
    """Yield the options with which `parole ask` answers as this page does."""
    for name, default in (
        ("index", INDEX),
        ("encoder", DEFAULT_ENCODER),
        ("model", DEFAULT_GENERATOR),
    ):
        value = getattr(options, name)
        if value != default:
            yield from (f"--{name}", str(value))
