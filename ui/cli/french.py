"""An argument parser that speaks French: argparse says its own sentences in English."""

import re
import sys
from argparse import ArgumentParser, HelpFormatter
from typing import Any, NoReturn

from ui.cli import strings as say

_ERRORS = [(re.compile(pattern), french) for pattern, french in say.USAGE_ERRORS.items()]


class _Formatter(HelpFormatter):
    """Help whose first word is French."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=96)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the line of usage under a French heading."""
        super().add_usage(usage, actions, groups, say.USAGE if prefix is None else prefix)


class FrenchParser(ArgumentParser):
    """The standard parser with French headings, help and errors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = say.ARGUMENTS
        self._optionals.title = say.OPTIONS
        self.add_argument("-h", "--help", action="help", help=say.HELP)

    def error(self, message: str) -> NoReturn:
        """Leave with status 2 and a French sentence that names what is wrong."""
        for pattern, french in _ERRORS:
            if found := pattern.search(message):
                named = found.groupdict()
                message = french.format(**{key: _unquoted(text) for key, text in named.items()})
                break
        self.print_usage(sys.stderr)
        self.exit(2, say.USAGE_ERROR.format(command=self.prog, message=message))


def _unquoted(values: str) -> str:
    """Return the words that argparse names, without the quotes of Python's `repr`."""
    return values.replace("', '", ", ").strip("'")
