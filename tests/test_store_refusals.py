"""What the store refuses: foreign folders, links, paths and manifests made to mislead."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag import messages
from rag.config import Settings
from rag.errors import (
    StoreCorruptError,
    StoreError,
    StoreMissingError,
)
from rag.index.ingest import index, remove
from rag.index.manifest import SCHEMA, Entry, Manifest, Pointer, sha256
from rag.index.store import open_index
from tests.fakes import FakeEncoder
from tests.index_samples import (
    first,
    generation_names,
    second,
    third,
    write_index,
)


def test_where_there_is_no_index_it_is_missing(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("texte")
    for path in (tmp_path, tmp_path / "absent", tmp_path / "fichier"):
        with pytest.raises(StoreMissingError, match=f"{path.name}.*parole index"):
            open_index(path)


@pytest.mark.parametrize("name", ["roman.txt", ".git", "CURRENT.bak"])
def test_a_folder_with_anything_else_in_it_is_refused_and_untouched(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("précieux")
    with pytest.raises(StoreError, match=name.replace(".", r"\.")):
        write_index(tmp_path, first())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "précieux")]


def test_a_file_in_place_of_the_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "fichier"
    path.write_text("précieux")
    for place in (path, path / "dessous"):
        with pytest.raises(StoreError, match="fichier"):
            write_index(place, first())
    assert path.read_text() == "précieux"


def test_foreign_things_among_the_generations_are_never_deleted(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    (tmp_path / "generations" / "photos").mkdir()
    (tmp_path / "generations" / "photos" / "mer.txt").write_text("précieux")
    write_index(tmp_path, second(), third())
    assert (tmp_path / "generations" / "photos" / "mer.txt").read_text() == "précieux"


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "generations").write_text("un fichier")
    with pytest.raises(StoreError, match="n’a pas pu être écrit"):
        write_index(tmp_path, first())
    assert (tmp_path / "generations").read_text() == "un fichier"


@pytest.mark.parametrize("name", ["CURRENT", "lock", "generations", "CURRENT.new"])
def test_a_writer_refuses_links_in_place_of_its_own_files(tmp_path: Path, name: str) -> None:
    write_index(tmp_path / "index", first())
    target = tmp_path / "cible"
    target.write_text("précieux")
    place = tmp_path / "index" / name
    if place.exists():
        place.rename(tmp_path / "autre")
    place.symlink_to(target)
    with pytest.raises(StoreError, match=name):
        write_index(tmp_path / "index", second())
    assert target.read_text() == "précieux"


@pytest.mark.parametrize(
    "place", ["CURRENT", "generations", "generation", "dense.faiss", "sentences.npy"]
)
def test_a_reader_follows_no_link(tmp_path: Path, place: str) -> None:
    root = tmp_path / "index"
    write_index(root, first())
    (generation,) = (root / "generations").iterdir()
    path = {
        "CURRENT": root / "CURRENT",
        "generations": root / "generations",
        "generation": generation,
        "dense.faiss": generation / "dense.faiss",
        "sentences.npy": generation / "sentences.npy",
    }[place]
    path.rename(tmp_path / "ailleurs")
    path.symlink_to(tmp_path / "ailleurs")
    with pytest.raises(StoreCorruptError, match="endommagé"):
        open_index(root)


def test_links_left_among_the_generations_are_deleted_not_followed(tmp_path: Path) -> None:
    write_index(tmp_path / "index", first())
    (tmp_path / "cible").mkdir()
    (tmp_path / "cible" / "texte").write_text("précieux")
    for name in ("000007-0123456789ab", "partial"):
        (tmp_path / "index" / "generations" / name).symlink_to(tmp_path / "cible")
    write_index(tmp_path / "index", second())
    assert (tmp_path / "cible" / "texte").read_text() == "précieux"
    assert [name[:6] for name in generation_names(tmp_path / "index")] == ["000001", "000008"]


def _pointer(generation: str, manifest: str) -> bytes:
    return Pointer(Entry(generation, manifest), None).to_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "../000001-{hash}",
        "000001-{hash}/../000001-{hash}",
        "/000001-{hash}",
        "000001-{hash}\n",
        "00001-{hash}",
        "٠٠٠٠٠١-{hash}",
        "000001-{other}",
        "",
    ],
)
def test_current_can_lead_nowhere_else_even_with_a_right_checksum(
    tmp_path: Path, name: str
) -> None:
    write_index(tmp_path, first())
    pointer = json.loads((tmp_path / "CURRENT").read_bytes())
    manifest = pointer["current"]["manifest"]
    generation = name.format(hash=manifest[:12], other="0" * 12)
    (tmp_path / "CURRENT").write_bytes(_pointer(generation, manifest))
    with pytest.raises(StoreCorruptError, match="CURRENT"):
        open_index(tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"[" * 100_000, b"1" * 6000, b"\xff\xfe", b'{"current": 5}'],
    ids=lambda data: repr(data[:12]),
)
def test_a_current_that_is_no_pointer_is_damage(tmp_path: Path, data: bytes) -> None:
    write_index(tmp_path, first())
    (tmp_path / "CURRENT").write_bytes(data)
    with pytest.raises(StoreCorruptError, match="CURRENT"):
        open_index(tmp_path)


@pytest.mark.parametrize("made", [1, 3])
def test_an_index_of_another_version_is_refused_with_the_remedy_and_kept(
    tmp_path: Path, made: int
) -> None:
    write_index(tmp_path, first())
    value = json.loads((tmp_path / "CURRENT").read_bytes())
    (tmp_path / "CURRENT").write_text(json.dumps({**value, "schema": made}, indent=1))
    expected = messages.INDEX_UNUSABLE.format(
        directory=tmp_path, reason=messages.INDEX_OTHER_SCHEMA.format(made=made, read=SCHEMA)
    )
    uses = (
        lambda: open_index(tmp_path),
        lambda: remove(["notes/phare.md"], tmp_path),
        lambda: index([], tmp_path, FakeEncoder(), Settings(), lambda *_: None),
    )
    for use in uses:
        with pytest.raises(StoreCorruptError) as caught:
            use()
        assert str(caught.value) == expected
    assert len(generation_names(tmp_path)) == 1


def test_a_pipe_in_place_of_a_file_does_not_block(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    (tmp_path / "CURRENT").unlink()
    os.mkfifo(tmp_path / "CURRENT")
    with pytest.raises(StoreCorruptError, match="CURRENT"):
        open_index(tmp_path)


def _edited(manifest: Manifest, change: Callable[[dict[str, object]], object]) -> bytes:
    value = json.loads(manifest.to_bytes())
    change(value)
    return json.dumps(value, sort_keys=True, indent=1).encode() + b"\n"


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "2"},
        {"passages": "3"},
        {"sentences": 4.0},
        {"passages": True},
        {"passages": None},
        {"corpus": "z" * 64},
        {"encoder": {"name": "n", "fingerprint": "f"}},
        {"files": {}},
        {"files": {"../x": {"size": 1, "sha256": "0" * 64}}},
        {"extra": 1},
    ],
    ids=str,
)
def test_a_manifest_of_another_shape_is_damage(tmp_path: Path, change: dict[str, object]) -> None:
    manifest = write_index(tmp_path, first())
    assert Manifest.from_bytes(_edited(manifest, lambda _: None)) == manifest
    with pytest.raises(StoreCorruptError, match=r"manifest\.json"):
        Manifest.from_bytes(_edited(manifest, lambda value: value.update(change)))


@pytest.mark.parametrize("part", ["dense.faiss", "sentences.npy"])
def test_parts_of_two_indexes_are_never_mixed(tmp_path: Path, part: str) -> None:
    """A generation whose hashes are all right, but one of whose parts is of other passages."""
    mine, other = write_index(tmp_path / "a", first()), write_index(tmp_path / "b", third())
    mixed = replace(mine, files={**mine.files, part: other.files[part]})
    (folder,) = (tmp_path / "a" / "generations").iterdir()
    (foreign,) = (tmp_path / "b" / "generations").iterdir()
    (folder / part).write_bytes((foreign / part).read_bytes())
    (folder / "manifest.json").write_bytes(mixed.to_bytes())
    digest = sha256(mixed.to_bytes())
    name = f"000001-{digest[:12]}"
    folder.rename(folder.with_name(name))
    (tmp_path / "a" / "CURRENT").write_bytes(_pointer(name, digest))
    with pytest.raises(StoreCorruptError, match="mêmes passages"):
        open_index(tmp_path / "a")
