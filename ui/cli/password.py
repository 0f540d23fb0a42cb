"""`parole password`: the line of a file of accounts, for a password asked twice."""

import sys
from argparse import Namespace
from collections.abc import Callable
from getpass import getpass

from rag.environment import Environment
from ui.accounts import AccountsError, account_line, check_name
from ui.cli import strings as say
from ui.cli.terminal import write


def typed(prompt: str) -> str:
    """Return what is typed unseen, or a line of the input where that is no terminal."""
    if sys.stdin.isatty():
        return getpass(prompt)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def run(options: Namespace, _: Environment, ask: Callable[[str], str] = typed) -> int:
    """Ask for the password of a name, twice and unseen, and write the name's line."""
    check_name(options.name)
    try:
        first, second = (ask(prompt) for prompt in (say.ACCOUNT_ASK, say.ACCOUNT_AGAIN))
    except EOFError as error:
        raise AccountsError(say.ACCOUNT_NONE) from error
    if first != second:
        raise AccountsError(say.ACCOUNT_DIFFERENT)
    line = account_line(options.name, first)
    write(say.ACCOUNT_NEXT, error=True)
    write(line)
    return 0
