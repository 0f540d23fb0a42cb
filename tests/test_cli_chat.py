"""`parole chat`: what its options ask of the page, told before anything is loaded."""

from pathlib import Path

import pytest

from rag.errors import ParoleError
from ui.accounts import AccountsError, account_line
from ui.cli import strings as say
from ui.cli.chat import page_settings
from ui.cli.parser import build_parser
from ui.settings import PageSettings, SettingsError


def settings(*words: str) -> PageSettings:
    """Return what the page is asked for on this command line."""
    return page_settings(build_parser().parse_args(["chat", *words]))


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """Return a file of accounts that its owner alone can read."""
    path = tmp_path / "comptes"
    path.write_text(account_line("ana", "un mot de passe"), encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_page_without_options_is_open_and_keeps_nothing() -> None:
    assert settings() == PageSettings()


def test_every_option_reaches_the_page(accounts: Path, tmp_path: Path) -> None:
    feedback = tmp_path / "avis.jsonl"
    asked = settings(
        "--auth", str(accounts), "--feedback", str(feedback), "--allow-uploads",
        "--root-path", "/parole", "--max-queue", "0",
    )  # fmt: skip
    assert asked.accounts is not None
    assert list(asked.accounts.hashes) == ["ana"]
    assert (asked.feedback, asked.uploads) == (feedback, True)
    assert (asked.root_path, asked.max_queue) == ("/parole", 0)


def test_what_replays_an_answer_names_what_is_not_the_default() -> None:
    assert settings("--index", "index", "--model", "autre").replay == ("--model", "autre")
    asked = settings("--index", "mon index", "--encoder", "autre")
    assert asked.replay == ("--index", "mon index", "--encoder", "autre")


def test_a_private_file_of_accounts_is_nothing_to_warn_of(
    accounts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings("--auth", str(accounts))
    assert capsys.readouterr() == ("", "")


def test_a_file_of_accounts_that_others_can_read_is_warned_of(
    accounts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts.chmod(0o644)
    assert settings("--auth", str(accounts)).accounts is not None
    assert capsys.readouterr() == ("", f"{say.ACCOUNTS_OPEN.format(path=accounts)}\n")


@pytest.mark.parametrize(
    ("option", "value", "error"),
    [
        ("--auth", "absent", AccountsError),
        ("--root-path", "parole", SettingsError),
        ("--max-queue", "-1", SettingsError),
    ],
)
def test_what_cannot_be_served_is_told(option: str, value: str, error: type[ParoleError]) -> None:
    with pytest.raises(error):
        settings(f"{option}={value}")


@pytest.mark.parametrize("place", [".", "absent/avis.jsonl"])
def test_ratings_need_a_file_that_can_be(place: str, tmp_path: Path) -> None:
    path = tmp_path / place
    with pytest.raises(ParoleError) as caught:
        settings("--feedback", str(path))
    assert str(caught.value) == say.FEEDBACK_UNUSABLE.format(path=path)
