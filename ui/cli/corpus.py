"""`parole corpus check`: the rules of the corpus, held against every text."""

from argparse import Namespace

from rag import corpus
from rag.environment import Environment
from rag.errors import ParoleError
from ui.cli import strings as say
from ui.cli.terminal import write


def run(options: Namespace, _environment: Environment) -> int:
    """Write each broken rule; the status is 1 if there is one."""
    if not options.folder.is_dir():
        raise ParoleError(say.CORPUS_NO_FOLDER.format(folder=options.folder))
    problems = corpus.check(options.folder)
    for problem in problems:
        write(say.CORPUS_LINE.format(file=problem.file, line=problem.line, message=problem.message))
    texts = sum(path.name != "README.md" for path in options.folder.glob("*.md"))
    write(
        say.CORPUS_BAD.format(count=len(problems))
        if problems
        else say.CORPUS_GOOD.format(count=texts)
    )
    return int(bool(problems))
