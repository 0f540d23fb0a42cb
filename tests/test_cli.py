"""The command line's edge: help and errors in French, exit statuses, a light start."""

import re
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from rag import messages
from rag.environment import Environment
from rag.errors import CorpusError, ParoleError
from ui.cli import strings as say
from ui.cli.main import guarded, main, run
from ui.cli.terminal import plain, write

COMMANDS = ("index", "ask", "chat", "password", "models", "corpus", "doctor", "eval", "bench")
ENGLISH = re.compile(
    r"usage:|positional arguments|optional arguments|show this help|error:|required|invalid"
    r"|expected|choose from|unrecognized|not allowed|explicit"
)
HEAVY = (
    "torch",
    "transformers",
    "gradio",
    "faiss",
    "sentence_transformers",
    "bm25s",
    "numpy",
    "rich",
)


def leave(*arguments: str) -> int:
    """Run a command that the parser ends itself, and return its status."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return int(str(caught.value.code))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(*command.split(), "--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{say.USAGE}parole {command}".rstrip())
    assert say.HELP in shown
    assert ENGLISH.findall(shown) == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    leave("--help")
    listed = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert listed == list(COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert leave("--version") == 0
    assert re.fullmatch(r"parole \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("line", "command", "message"),
    [
        ("", "", "il manque\u00a0: commande"),
        ("ask", "ask", "il manque\u00a0: QUESTION"),
        ("corpus", "corpus", "il manque\u00a0: check"),
        ("eval", "eval", "il manque\u00a0: action"),
        ("eval run", "eval run", "il manque\u00a0: --output"),
        ("ask Quoi --vite", "", "argument inconnu\u00a0: --vite"),
        (
            "vendre",
            "",
            "commande\u00a0: «\u00a0vendre\u00a0» n’existe pas (choix\u00a0: "
            + ", ".join(COMMANDS)
            + ")",
        ),
        (
            "models voir",
            "models",
            "list|pull|path\u00a0: «\u00a0voir\u00a0» n’existe pas (choix\u00a0: list, pull, path)",
        ),
        ("index --remove", "index", "--remove\u00a0: il manque une valeur"),
        ("chat --port x", "chat", "--port\u00a0: «\u00a0x\u00a0» n’est pas une valeur possible"),
        (
            "chat --max-queue dix",
            "chat",
            "--max-queue\u00a0: «\u00a0dix\u00a0» n’est pas une valeur possible",
        ),
        ("chat --auth", "chat", "--auth\u00a0: il manque une valeur"),
        ("password", "password", "il manque\u00a0: NOM"),
        (
            "ask Quoi --json=3",
            "ask",
            "--json\u00a0: cette option ne prend pas de valeur (ici «\u00a03\u00a0»)",
        ),
        ("index --list docs", "index", "SOURCE ne va pas avec --list"),
        ("index docs --remove x", "index", "--remove ne va pas avec SOURCE"),
        ("index --list --remove x", "index", "--remove ne va pas avec --list"),
    ],
)
def test_wrong_usage_is_told_in_french_with_status_2(
    line: str, command: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave(*line.split()) == 2
    name = f"parole {command}".rstrip()
    told = capsys.readouterr().err
    assert told.startswith(f"{say.USAGE}{name} ")
    assert told.endswith(f"{name}\u00a0: {message}\nVoir «\u00a0{name} --help\u00a0».\n")
    assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("line", ["--help", "chat --help", "ask"])
def test_help_and_usage_start_without_any_engine(line: str, repository: Path) -> None:
    script = (
        "import sys\nfrom ui.cli.main import main\n"
        f"try:\n    main({line.split()!r})\nexcept SystemExit:\n    pass\n"
        f"print('loaded', sorted(set(sys.modules) & set({HEAVY!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repository, capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines()[-1] == "loaded []"


def test_a_failure_is_one_sentence_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise CorpusError("Le texte est \x1b[31mvide\x1b[0m.")

    assert guarded(fail) == 1
    assert capsys.readouterr() == ("", "Le texte est [31mvide[0m.\n")


def test_what_the_system_says_is_no_sentence_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise FileNotFoundError(2, "No such file or directory", "a.bin")

    assert guarded(fail) == 1
    assert say.UNEXPECTED.partition("{")[0] in capsys.readouterr().err


def test_a_surprise_is_told_in_french_and_logged(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise ZeroDivisionError("par \x1b zéro")

    assert guarded(fail) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.endswith(f"{say.UNEXPECTED.format(error='par  zéro')}\n")
    assert "\x1b" not in err


def test_ctrl_c_is_told_with_the_shells_own_status(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    assert guarded(interrupt) == 130
    assert capsys.readouterr() == ("", f"{say.INTERRUPTED}\n")


def test_the_status_of_a_command_is_passed_on(tmp_path: Path) -> None:
    options = Namespace(command="corpus", folder=tmp_path)
    (tmp_path / "faux.md").write_text("Rien.", encoding="utf-8")
    environment = Environment(tmp_path, offline=True)
    assert guarded(lambda: run(options, environment)) == 1
    assert guarded(lambda: 0) == 0


def test_a_package_that_is_an_extra_is_named_with_the_remedy(tmp_path: Path) -> None:
    options = Namespace(command="absent")
    with pytest.raises(ParoleError, match=re.escape("make .venv/dev")):
        run(options, Environment(tmp_path, offline=True))


def test_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write("[bold]gras[/bold] \x1b]0;titre\x07 :smile: \u202eenvers")
    assert capsys.readouterr().out == "[bold]gras[/bold] ]0;titre :smile: envers\n"


def test_a_long_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    write("mot " * 100 + "fin")
    assert capsys.readouterr().out == "mot " * 100 + "fin\n"


def test_plain_keeps_line_feeds_and_replaces_lone_surrogates() -> None:
    assert plain("un\ndeux\ttrois\r\udc80") == "un\ndeux\ttrois?"


RULES = """\
---
titre: "Le phare"
intervenants: [Anne Le Goff]
date: "1912"
genre: "récit"
source: "Carnet de bord"
mots_cles: [phare, mer]
licence: Apache-2.0
---
## La lampe
"""


def test_corpus_check_counts_good_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "phare.md").write_text(RULES + "vague " * 160, encoding="utf-8")
    (tmp_path / "README.md").write_text("Une notice.", encoding="utf-8")
    assert main(["corpus", "check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{say.CORPUS_GOOD.format(count=1)}\n"


def test_corpus_check_writes_each_broken_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "phare.md").write_text(RULES + "vague " * 160 + "!", encoding="utf-8")
    assert main(["corpus", "check", str(tmp_path)]) == 1
    broken = messages.CORPUS_UNSPACED_MARK.format(excerpt="vague vague !")
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("phare.md:11\u00a0: ")
    assert broken.split("«")[0] in first
    assert last == say.CORPUS_BAD.format(count=1)


def test_corpus_check_of_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "rien"
    assert main(["corpus", "check", str(missing)]) == 1
    assert capsys.readouterr() == ("", f"{say.CORPUS_NO_FOLDER.format(folder=missing)}\n")


def test_corpus_check_of_an_empty_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corpus", "check", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{messages.CORPUS_EMPTY.format(folder=tmp_path)}\n"
