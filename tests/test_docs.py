"""What the documents say exists: commands, options, files, targets, fields and quotes."""

import argparse
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from eval.bench.types import UNITS
from eval.score import ALL
from rag.readers import SUFFIXES
from ui.cli.bench_parser import PARTS
from ui.cli.eval_parser import SYSTEMS
from ui.cli.parser import build_parser

ROOT = Path(__file__).resolve().parents[1]
NAMES = (
    "README.md", "docs/guide.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md",
    "eval/README.md", "eval/bench/README.md",
)  # fmt: skip
NO_BREAK = "\u00a0"

FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PLACED = re.compile(r"^( *)(\S+)  +\S")


def read(name: str) -> str:
    """Return the text of a document; the tests fail where there is none."""
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    """Return the code blocks of a language."""
    return [block for found, block in FENCED.findall(text) if found == language]


def inline(text: str) -> list[str]:
    """Return what stands between backquotes in running text."""
    return INLINE.findall(FENCED.sub("", text))


def shell_lines(text: str) -> list[list[str]]:
    """Return the commands of the shell blocks, cut into words, without their comments."""
    lines = (line for block in fenced(text, "sh") for line in block.split("\n"))
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def commands(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Return the parser of each command right below one; nothing if it has none."""
    chosen = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(chosen[0].choices) if chosen else {}


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Return the long options of a parser and of the commands below it."""
    found = {text for action in parser._actions for text in action.option_strings}
    own = {text for text in found if text.startswith("--")}
    return own.union(*map(options, commands(parser).values()))


def known(command: str) -> bool:
    """Tell whether `parole …` in running text names a command and options that exist."""
    parser: argparse.ArgumentParser = build_parser()
    rest = shlex.split(command)[1:]
    if rest in (["--version"], ["--help"]):
        return True
    while rest and rest[0] in commands(parser):
        parser, rest = commands(parser)[rest[0]], rest[1:]
    if rest and commands(parser):
        return False
    return {word for word in rest if word.startswith("--")} <= options(parser)


@pytest.mark.parametrize("name", NAMES)
def test_every_parole_line_is_taken_by_the_parser(name: str) -> None:
    lines = [words[1:] for words in shell_lines(read(name)) if words[0] == "parole"]
    for words in lines:
        if words != ["--version"]:
            assert build_parser().parse_args(words).command == words[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_in_running_text_exists(name: str) -> None:
    named = [code for code in inline(read(name)) if code.startswith("parole ")]
    assert [code for code in named if not known(code)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_option_in_running_text_exists(name: str) -> None:
    every = options(build_parser())
    named = {text for code in inline(read(name)) for text in OPTION.findall(code)}
    assert named - every == set()


def test_a_command_or_an_option_that_does_not_exist_is_seen() -> None:
    wrong = (
        "parole vendre", "parole ask --vite", "parole --vite", "parole index --json",
        "parole eval vendre", "parole eval report --split", "parole eval --split",
    )  # fmt: skip
    assert [code for code in wrong if known(code)] == []
    assert known("parole eval run --split test")


def test_the_readmes_name_every_command_and_option() -> None:
    below = commands(build_parser())
    eval_wanted = {f"parole eval {name}" for name in commands(below["eval"])}
    eval_wanted |= options(below["eval"]) | {f"`{measure.name}`" for measure in ALL}
    eval_wanted |= {f"`{name}`" for name in ("in_french", *SYSTEMS)}
    bench_wanted = options(below["bench"]) | {f"`{name}`" for name in (*PARTS, *UNITS)}
    wanted = {f"parole {name}" for name in below}
    own = (parser for name, parser in below.items() if name not in ("bench", "eval"))
    for name, words in (
        ("README.md", wanted.union(*map(options, own))),
        ("eval/README.md", eval_wanted),
        ("eval/bench/README.md", bench_wanted),
    ):
        assert {word for word in words - {"--help"} if word not in read(name)} == set()


def test_the_readme_names_every_format() -> None:
    assert {suffix for suffix in SUFFIXES if f"`{suffix}`" not in read("README.md")} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_and_setting_exists(name: str) -> None:
    makefile = read("Makefile")
    lines = [*shell_lines(read(name)), *map(shlex.split, inline(read(name)))]
    words = [word for line in lines if line[0] == "make" for word in line[1:]]
    named = [f"$({word.partition('=')[0]})" if "=" in word else f"\n{word}:" for word in words]
    assert [text for text in named if text not in makefile] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_module_that_is_run_exists(name: str) -> None:
    modules = re.findall(r"python -m ([a-z_.]+)", read(name))
    paths = [ROOT / module.replace(".", "/") for module in modules]
    run = [(path.with_suffix(".py"), path / "__main__.py") for path in paths]
    assert [both for both in run if not any(path.is_file() for path in both)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_of_the_environment_is_read(name: str) -> None:
    named = set(re.findall(r"PAROLE_[A-Z]+", read(name)))
    assert {text for text in named if f'"{text}"' not in read("rag/environment.py")} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file(name: str) -> None:
    targets = [(ROOT / name).parent / target for target in LINK.findall(read(name))]
    assert [target for target in targets if not target.exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_file_in_running_text_exists(name: str) -> None:
    named = [code for code in inline(read(name)) if re.match(r"(rag|ui|eval|tests)/[^<…]+$", code)]
    assert [code for code in named if not (ROOT / code).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_mark_is_left_to_fill(name: str) -> None:
    assert re.findall(r"\{\{\w*", read(name)) == []


def tree() -> Iterator[str]:
    """Yield the paths in the README's tree; folders end with a slash."""
    block = next(b for b in fenced(read("README.md"), "text") if b.startswith("README.md "))
    folders: list[str] = []
    for line in block.split("\n"):
        if found := PLACED.match(line):
            folders[len(found[1]) // 2 :] = [found[2]]
            yield "".join(folders)


def test_every_file_of_the_tree_exists() -> None:
    assert [path for path in tree() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("part", ["rag", "ui", "eval"])
def test_every_file_of_the_code_is_in_the_tree(part: str) -> None:
    files = [path for path in (ROOT / part).rglob("*") if path.is_file()]
    kept = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    assert kept - set(tree()) == set()
