"""The typography of every sentence that a user reads, and the fields of its template."""

import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from eval import strings as eval_strings
from eval.bench import strings as bench_strings
from eval.questions import strings as question_strings
from eval.report import strings as report_strings
from rag import messages
from rag.train import strings as train_strings
from ui import strings
from ui.cli import strings as cli_strings

MODULES = (
    messages,
    strings,
    cli_strings,
    eval_strings,
    bench_strings,
    question_strings,
    report_strings,
    train_strings,
)
NO_BREAK = "\u00a0\u202f"

# What is no prose: template fields, options, file names and JSON between braces or brackets.
FIELD = re.compile(r"\{[^{}]*\}")
COMMAND = re.compile(r"--[\w-]+|\[\{.*\}\]|PAROLE_\w+(?:=\d)?")

RULES = {
    "straight apostrophe": re.compile(r"(?<=\w)'|'(?=\w)"),
    "straight quotes": re.compile('"'),
    "no no-break space before a mark": re.compile(
        rf"(?<![{NO_BREAK}?!])(?:[;?!%»](?![\w-])|:(?![\w/{{]))"
    ),
    "no no-break space after «": re.compile(rf"«(?![{NO_BREAK}])"),
    "two spaces inside a sentence": re.compile(r"(?<=[^\s{}()])  +(?=[^\s{}()])"),
    "a space at the end": re.compile(r"[^:\s] $"),
    "three points": re.compile(r"\.\.\."),
    "a space before a comma or a point": re.compile(r"\s[,.](?=\s|$)"),
}


def texts(value: object) -> Iterator[str]:
    """Yield the texts in a constant; the keys of a table are no text for a reader."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def constants(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the constants of a module by name."""
    for name, value in vars(module).items():
        if name.isupper():
            yield name, value


SENTENCES = [
    pytest.param(text, id=f"{module.__name__}.{name}-{n}")
    for module in MODULES
    for name, value in constants(module)
    for n, text in enumerate(texts(value))
]


def broken(text: str) -> list[str]:
    """Return the names of the rules that a text breaks."""
    prose = COMMAND.sub("x", FIELD.sub("{}", text))
    return [name for name, rule in RULES.items() if rule.search(prose)]


@pytest.mark.parametrize("text", SENTENCES)
def test_french_typography(text: str) -> None:
    assert broken(text) == []


@pytest.mark.parametrize("text", SENTENCES)
def test_fields_are_named(text: str) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    if COMMAND.sub("", text) == text:  # JSON in an example is no template
        assert all(name.isidentifier() for name in fields)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("l'index", "straight apostrophe"),
        ('le "phare"', "straight quotes"),
        ("Attention : danger", "no no-break space before a mark"),
        ("Attention: danger", "no no-break space before a mark"),
        ("« phare\u00a0»", "no no-break space after «"),
        ("deux  espaces", "two spaces inside a sentence"),
        ("fin ", "a space at the end"),
        ("Arrêt...", "three points"),
        ("un , deux", "a space before a comma or a point"),
    ],
)
def test_each_rule_sees_what_it_forbids(text: str, rule: str) -> None:
    assert broken(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "À 12:30, «\u00a0parole index --list\u00a0» {percent}\u202f%\u00a0!",
        "{host}:{port}\u00a0: {line:>4}",
        'exemple\u00a0: [{"question": …, "answer": …}]',
        "Quoi\u00a0?!",
    ],
)
def test_what_is_right_breaks_no_rule(text: str) -> None:
    assert broken(text) == []


def test_every_constant_is_used(repository: Path) -> None:
    sources = [
        path
        for part in ("rag", "ui", "eval")
        for kind in ("*.py", "*.j2")
        for path in (repository / part).rglob(kind)
    ]
    used = {path: set(re.findall(r"\w+", path.read_text(encoding="utf-8"))) for path in sources}
    unused = [
        f"{module.__name__}.{name}"
        for module in MODULES
        for name, _ in constants(module)
        if not any(
            name in words for path, words in used.items() if path != Path(str(module.__file__))
        )
    ]
    assert unused == []
