"""The `parole` command: one file a command, a parser in French, errors as sentences."""
