"""`parole chat`: the page over one assistant, until Ctrl-C."""

from argparse import Namespace

from rag.environment import Environment
from rag.pipeline import Assistant
from ui.cli import strings as say
from ui.cli.terminal import write
from ui.server import launch
from ui.strings import EXAMPLE_QUESTIONS


def run(options: Namespace, environment: Environment) -> int:
    """Load the models, serve the page, tell its address."""
    write(say.CHAT_LOADING, error=True)
    assistant = Assistant.open(
        options.index, encoder=options.encoder, model=options.model, environment=environment
    )
    launch(
        assistant,
        host=options.host,
        port=options.port,
        examples=examples(assistant),
        ready=lambda address: write(say.CHAT_READY.format(address=address)),
    )
    write(say.CHAT_STOPPED, error=True)
    return 0


def examples(assistant: Assistant) -> list[str]:
    """Return the first questions that the texts of this index answer."""
    known = {summary.id for summary in assistant.documents()}
    return [question for text, question in EXAMPLE_QUESTIONS.items() if text in known]
