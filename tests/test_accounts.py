"""Accounts: the file, its hashes, and the command that writes its lines."""

import base64
import hashlib
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.environment import Environment
from ui import strings
from ui.accounts import (
    Accounts,
    AccountsError,
    Hash,
    account_line,
    read_accounts,
    readable_by_others,
)
from ui.cli import password
from ui.cli import strings as say

WORD = "l’été à Valbrune"
SALT = b"0123456789abcdef"
CHEAP = Hash(14, 1, SALT, hashlib.scrypt(WORD.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32))
"""The hash of WORD at the lowest cost that is taken, worked out by hashlib alone."""

DECOY = Hash(14, 1, SALT, bytes(32))


def b64(data: bytes) -> str:
    """Return bytes as a hash is written."""
    return base64.b64encode(data).decode().rstrip("=")


GOOD = f"$scrypt$ln=14,r=8,p=1${b64(SALT)}${b64(CHEAP.digest)}"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a file of accounts."""

    def write(text: str) -> Path:
        path = tmp_path / "comptes"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    return write


def test_a_hash_is_written_as_others_write_it() -> None:
    assert str(CHEAP) == GOOD
    assert Hash.read(GOOD) == CHEAP


def test_a_new_hash_has_the_cost_that_is_advised_and_a_salt_of_its_own() -> None:
    one, two = Hash.of(WORD), Hash.of(WORD)
    assert re.fullmatch(r"\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}", str(one))
    assert one.salt != two.salt
    assert one.fits(WORD)
    assert not one.fits(WORD.upper())


def test_accents_count_however_they_were_typed() -> None:
    """A Mac types « é » as two characters in places where another system types one."""
    assert CHEAP.fits("l’e\u0301te\u0301 a\u0300 Valbrune")


@pytest.mark.parametrize(
    "text",
    [
        "",
        WORD,
        GOOD + "!",
        GOOD.replace("scrypt", "bcrypt"),
        GOOD.replace("ln=14", "ln=13"),
        GOOD.replace("ln=14", "ln=18"),
        GOOD.replace("ln=14", "ln=99"),
        GOOD.replace("r=8", "r=9"),
        GOOD.replace("p=1", "p=0"),
        GOOD.replace("p=1", "p=9"),
        GOOD.replace(b64(SALT), b64(SALT[:15])),
        GOOD.replace(b64(CHEAP.digest), b64(CHEAP.digest[:31])),
        GOOD.replace(b64(SALT), "a"),
        GOOD.replace("ln=14", "ln=１４"),
    ],
)
def test_a_hash_out_of_bounds_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"hash|bounds|salt|base64"):
        Hash.read(text)


def test_a_file_of_accounts_is_read(file: Callable[[str], Path]) -> None:
    path = file(f"\ufeff# Promotion 2027\n\nana:{GOOD}\nZoé Le Goff:{GOOD}\n")
    accounts = read_accounts(path)
    assert accounts.hashes == {"ana": CHEAP, "Zoé Le Goff": CHEAP}
    assert (accounts.decoy.cost, accounts.decoy.lanes) == (14, 1)
    assert accounts.decoy.digest != CHEAP.digest


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ana", 1),
        ("ana:secret", 1),
        (f"ana:{GOOD}\nbob:{GOOD[:-1]}!", 2),
        (f"\n\n:{GOOD}", 3),
        (f"{'a' * 65}:{GOOD}", 1),
        (f"<b>:{GOOD}", 1),
        (f"ana\x1b[0m:{GOOD}", 1),
    ],
)
def test_a_line_that_is_no_account_is_told_by_its_number(
    text: str, line: int, file: Callable[[str], Path]
) -> None:
    """And not quoted: it may be a password in clear."""
    path = file(text)
    with pytest.raises(AccountsError) as caught:
        read_accounts(path)
    assert str(caught.value) == strings.ACCOUNT_LINE.format(path=path, line=line)


def test_a_name_stands_in_one_line_only(file: Callable[[str], Path]) -> None:
    path = file(f"Zoe\u0301:{GOOD}\nana:{GOOD}\nZo\u00e9:{GOOD}\n")
    with pytest.raises(AccountsError) as caught:
        read_accounts(path)
    assert str(caught.value) == strings.ACCOUNT_TWICE.format(path=path, line=3, name="Zoé", first=1)


@pytest.mark.parametrize("text", ["", "\n# personne\n"])
def test_a_file_without_accounts_would_shut_everybody_out(
    text: str, file: Callable[[str], Path]
) -> None:
    path = file(text)
    with pytest.raises(AccountsError) as caught:
        read_accounts(path)
    assert str(caught.value) == strings.ACCOUNTS_EMPTY.format(path=path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("é:x".encode("latin-1"))
    for path in (tmp_path / "rien", tmp_path, tmp_path / "latin"):
        with pytest.raises(AccountsError) as caught:
            read_accounts(path)
        assert str(caught.value) == strings.ACCOUNTS_UNREADABLE.format(path=path)


@pytest.mark.parametrize(
    ("mode", "open_"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)]
)
def test_a_file_that_others_can_read_is_noticed(
    mode: int,
    open_: bool,  # noqa: FBT001 - a parameter of the case
    file: Callable[[str], Path],
) -> None:
    path = file(GOOD)
    path.chmod(mode)
    assert readable_by_others(path) is open_


def test_an_unknown_name_costs_what_a_known_one_does() -> None:
    accounts = Accounts({"ana": CHEAP}, DECOY)
    assert accounts.admit("ana", WORD)
    assert not accounts.admit("ana", "autre mot")
    assert not accounts.admit("bob", WORD)
    assert not Accounts({"ana": CHEAP}, CHEAP).admit("bob", WORD)


def ask_for(*words: str) -> Callable[[str], str]:
    """Return what types these passwords one after the other."""
    typed = iter(words)

    def ask(prompt: str) -> str:
        assert prompt in (say.ACCOUNT_ASK, say.ACCOUNT_AGAIN)
        try:
            return next(typed)
        except StopIteration as error:
            raise EOFError from error

    return ask


def write_line(name: str, *words: str) -> int:
    """Run `parole password NAME`, these passwords typed."""
    environment = Environment(Path(), offline=True)
    return password.run(Namespace(name=name), environment, ask_for(*words))


def test_the_command_writes_a_line_that_lets_in(
    file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_line("Zoé", WORD, WORD) == 0
    out, err = capsys.readouterr()
    assert err == f"{say.ACCOUNT_NEXT}\n"
    accounts = read_accounts(file(out))
    assert accounts.admit("Zoé", WORD)
    assert WORD not in out + err


@pytest.mark.parametrize(
    ("name", "words", "message"),
    [
        ("ana", (WORD, "autre mot"), say.ACCOUNT_DIFFERENT),
        ("ana", ("court", "court"), strings.ACCOUNT_SHORT.format(shortest=8)),
        ("ana", (), say.ACCOUNT_NONE),
        ("a:b", (), strings.ACCOUNT_NAME.format(name="a:b")),
        ("", (), strings.ACCOUNT_NAME.format(name="")),
        ("#ana", (), strings.ACCOUNT_NAME.format(name="#ana")),
    ],
)
def test_the_command_says_what_cannot_be(
    name: str, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AccountsError) as caught:
        write_line(name, *words)
    assert str(caught.value) == message
    assert capsys.readouterr().out == ""


def test_a_script_gives_the_password_twice_and_gets_the_line_alone(
    file: Callable[[str], Path], repository: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "password", "ana"],
        cwd=repository,
        input=f"{WORD}\r\n{WORD}\n".encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode() == f"{say.ACCOUNT_NEXT}\n"
    assert read_accounts(file(done.stdout.decode())).admit("ana", WORD)


def test_a_name_that_cannot_be_is_no_line() -> None:
    with pytest.raises(AccountsError, match=re.escape("a\nb")):
        account_line("a\nb", WORD)
