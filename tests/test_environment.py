"""What is read of the surroundings, and what stands where nothing is said."""

from pathlib import Path

import pytest
from platformdirs import user_cache_path

from rag.environment import Environment, read_environment


def test_nothing_said_means_the_users_cache_and_the_network() -> None:
    assert read_environment({}) == Environment(user_cache_path("parole"), offline=False)


def test_the_cache_folder_can_be_named() -> None:
    assert read_environment({"PAROLE_CACHE": "/srv/modeles"}).cache == Path("/srv/modeles")


def test_a_tilde_stands_for_the_home_folder() -> None:
    assert read_environment({"PAROLE_CACHE": "~/modeles"}).cache == Path.home() / "modeles"


def test_an_empty_cache_folder_is_none() -> None:
    assert read_environment({"PAROLE_CACHE": ""}).cache == user_cache_path("parole")


@pytest.mark.parametrize(
    ("value", "offline"), [("1", True), ("oui", True), ("0", False), ("", False)]
)
def test_the_network_can_be_forbidden(value: str, *, offline: bool) -> None:
    assert read_environment({"PAROLE_OFFLINE": value}).offline is offline
