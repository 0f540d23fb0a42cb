"""A model's folder: its record, its fingerprint, and the references that mean it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import ModelError, ModelMissingError
from rag.models import fingerprint, gigabytes, is_provided, load_manifest, resolve, verify
from tests.model_fakes import WEIGHTS, FakeHub, World, make_spec, sha256
from tests.real_models import encoder_folder, generator_folder


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "cache")


def test_a_damaged_folder_is_found_and_made_again(world: World) -> None:
    folder = world.provide(make_spec())
    (folder / "model.safetensors").write_bytes(WEIGHTS[:-1])
    assert not is_provided(make_spec(), world.cache)
    world.provide(make_spec())
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS


def test_verify_reads_what_the_sizes_do_not_show(world: World) -> None:
    folder = world.provide(make_spec())
    assert verify(folder)
    (folder / "model.safetensors").write_bytes(b"C" + WEIGHTS[1:])
    assert is_provided(make_spec(), world.cache)
    with pytest.raises(ModelError, match=r"model\.safetensors.*essai"):
        verify(folder)


def test_a_folder_without_record_has_nothing_to_verify(tmp_path: Path) -> None:
    assert verify(tmp_path) is False


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": []}', '{"files": {"a": 1}}'])
def test_a_broken_record_is_no_record(world: World, text: str) -> None:
    folder = world.provide(make_spec())
    (folder / "parole.json").write_text(text)
    assert not is_provided(make_spec(), world.cache)


def test_the_fingerprint_is_the_same_with_and_without_a_record(world: World) -> None:
    folder = world.provide(make_spec())
    expected = sha256(f"{sha256(WEIGHTS)}  model.safetensors\n".encode())
    assert fingerprint(folder) == expected
    (folder / "parole.json").unlink()
    assert fingerprint(folder) == expected
    (folder / "model.safetensors").write_bytes(WEIGHTS + b"!")
    assert fingerprint(folder) != expected


def test_a_folder_without_weights_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="safetensors"):
        fingerprint(tmp_path)


def own_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "config.json").write_text("{}")
    (path / "model.safetensors").write_bytes(b"poids")
    return path


def test_a_local_folder_is_taken_as_it_is(world: World, tmp_path: Path) -> None:
    folder = own_folder(tmp_path / "le mien")
    assert resolve(str(folder), world.cache, offline=True, tools=world.tools) == folder


def test_a_folder_with_pickled_weights_alone_is_refused(world: World, tmp_path: Path) -> None:
    folder = own_folder(tmp_path / "m")
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="safetensors"):
        resolve(str(folder), world.cache, offline=True, tools=world.tools)


def test_a_folder_that_is_no_model_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        resolve(str(tmp_path), world.cache, offline=True, tools=world.tools)


def test_a_hub_name_is_fetched_once_and_its_revision_kept(world: World) -> None:
    world.hub = FakeHub("f00", {"config.json": b"{}", "model.safetensors": b"poids"})
    folder = resolve("a/b", world.cache, offline=False, tools=world.tools)
    record = json.loads((folder / "parole.json").read_text())
    assert record["origin"] == {"repository": "a/b", "revision": "f00"}
    assert resolve("a/b", world.cache, offline=True, tools=world.tools) == folder
    assert world.hub.asked == ["a/b", "a/b@f00"]


def test_a_hub_model_without_safetensors_is_refused(world: World) -> None:
    world.hub = FakeHub("f00", {"config.json": b"{}"})
    with pytest.raises(ModelError, match="safetensors"):
        resolve("a/b", world.cache, offline=False, tools=world.tools)
    assert not (world.cache / "hub" / "a--b").exists()


def test_a_hub_name_offline_says_what_to_do(world: World) -> None:
    with pytest.raises(ModelMissingError, match="a/b"):
        resolve("a/b", world.cache, offline=True, tools=world.tools)


@pytest.mark.parametrize("reference", ["inconnu", "../a/b", "a/b/c", "a b/c", "", "-x/y"])
def test_an_unknown_name_is_answered_with_the_known_ones(world: World, reference: str) -> None:
    with pytest.raises(ModelError, match=r"e5-small, qwen2\.5-coder-1\.5b"):
        resolve(reference, world.cache, offline=True, tools=world.tools)


def test_a_manifest_name_is_provided(world: World) -> None:
    with pytest.raises(ModelMissingError, match="e5-small"):
        resolve("e5-small", world.cache, offline=True, tools=world.tools)


def test_the_manifest_is_consistent() -> None:
    manifest = load_manifest()
    assert manifest.names() == ("e5-small", "qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b")
    assert [model.licence for model in manifest.models] == ["MIT", "Apache-2.0", "Apache-2.0"]
    for model in manifest.models:
        for artifact in model.artifacts:
            assert sum(piece.bytes for piece in artifact.pieces) == artifact.bytes
            assert len({piece.member for piece in artifact.pieces}) == len(artifact.pieces)


def test_sizes_are_told_in_french() -> None:
    assert gigabytes(4_267_000_000) == "4,3"


@pytest.mark.models
@pytest.mark.parametrize("folder", [encoder_folder, generator_folder])
def test_the_real_folders_hold_what_they_recorded(folder: Callable[[], Path]) -> None:
    assert verify(folder())
