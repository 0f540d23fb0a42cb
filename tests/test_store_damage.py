"""A damaged index: the old contents, the new ones or an error, never a mixture."""

import errno
import logging
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PosixPath
from typing import Self

import pytest

from rag.errors import (
    StoreCorruptError,
    StoreError,
)
from rag.index.store import open_index, writer
from tests.index_samples import (
    assert_holds,
    contents,
    first,
    generation_names,
    indexed,
    second,
    terms,
    third,
    write_index,
)


def test_a_damaged_current_generation_falls_back_with_a_warning_in_french(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_index(tmp_path, first(), second())
    (tmp_path / "generations" / generation_names(tmp_path)[1] / "dense.faiss").unlink()
    with caplog.at_level(logging.WARNING, "rag.index.store"), open_index(tmp_path) as index:
        assert_holds(index, first())
        assert "c’est la précédente qui répond" in index.warning
        assert "dense.faiss" in index.warning
        said = [
            record.getMessage() for record in caplog.records if record.name == "rag.index.store"
        ]
        assert said == [index.warning]


def test_two_damaged_generations_are_an_error_that_names_place_and_remedy(tmp_path: Path) -> None:
    write_index(tmp_path, first(), second())
    for name in generation_names(tmp_path):
        (tmp_path / "generations" / name / "passages.sqlite").write_bytes(b"")
    with pytest.raises(StoreCorruptError, match=r"passages\.sqlite.*parole index") as caught:
        open_index(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_write_over_damage_keeps_the_sound_generation_as_the_one_before(tmp_path: Path) -> None:
    write_index(tmp_path, first(), second())
    old, new = generation_names(tmp_path)
    (tmp_path / "generations" / new / "dense.faiss").write_bytes(b"")
    write_index(tmp_path, third())
    assert generation_names(tmp_path)[0] == old
    newest = generation_names(tmp_path)[1]
    assert newest.startswith("000003")
    (tmp_path / "generations" / newest / "dense.faiss").write_bytes(b"")
    with open_index(tmp_path) as index:
        assert_holds(index, first())


def test_a_write_over_a_damaged_pointer_makes_a_good_index(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    (tmp_path / "CURRENT").write_bytes(b"?")
    write_index(tmp_path, second())
    with open_index(tmp_path) as index:
        assert index.warning == ""
        assert_holds(index, second())
    assert [name[:6] for name in generation_names(tmp_path)] == ["000002"]


@dataclass
class _Tally:
    """How often an index opened after damage held the old, the new, or nothing."""

    old: int = 0
    new: int = 0
    refused: int = 0


def _try(root: Path, tally: _Tally) -> None:
    try:
        index = open_index(root)
    except StoreError:
        tally.refused += 1
        return
    with index:
        if index.warning:
            assert_holds(index, first())
            tally.old += 1
        else:
            assert_holds(index, second())
            tally.new += 1


def _mutations(data: bytes) -> Iterator[bytes]:
    """Yield `data` with a bit flipped at each of 42 places, and cut at several lengths."""
    draw = random.Random(len(data))  # noqa: S311 - a fixed sample of places, no secret
    places = {0, len(data) - 1, *draw.choices(range(len(data)), k=40)}
    for place in sorted(places):
        flipped = bytearray(data)
        flipped[place] ^= 1 << draw.randrange(8)
        yield bytes(flipped)
    for length in (0, 1, len(data) // 3, len(data) // 2, len(data) - 1):
        yield data[:length]
    yield data + b"\0"


NEW_FILES = [
    "passages.sqlite",
    "dense.faiss",
    "lexical.safetensors",
    "sentences.npy",
    "manifest.json",
]


@pytest.mark.parametrize(
    ("age", "name"), [(0, "CURRENT"), *((age, n) for age in (1, 2) for n in NEW_FILES)]
)
def test_any_damage_to_any_file_gives_old_new_or_an_error_never_a_mixture(
    tmp_path: Path, age: int, name: str
) -> None:
    write_index(tmp_path, first(), second())
    folder = tmp_path / "generations" / generation_names(tmp_path)[age - 1] if age else tmp_path
    path = folder / name
    data = path.read_bytes()
    tally, tried = _Tally(), 0
    for damaged in _mutations(data):
        path.write_bytes(damaged)
        _try(tmp_path, tally)
        tried += 1
    path.unlink()
    _try(tmp_path, tally)
    tried += 1
    assert tried > 40
    expected = {0: _Tally(refused=tried), 1: _Tally(new=tried), 2: _Tally(old=tried)}[age]
    assert tally == expected


@pytest.mark.parametrize("name", NEW_FILES)
def test_a_disk_that_reads_back_something_else_is_noticed_before_the_switch(
    tmp_path: Path, name: str
) -> None:
    write_index(tmp_path, first())

    def spoil(step: str) -> None:
        if step == "synced rename":
            path = tmp_path / "generations" / generation_names(tmp_path)[1] / name
            path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(StoreError, match=f"n’a pas pu.*{name}"), writer(tmp_path) as index_writer:
        index_writer.write(second(), terms, spoil)
    with open_index(tmp_path) as index:
        assert index.warning == ""
        assert_holds(index, first())


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    steps: list[str] = []
    with writer(tmp_path / "essai") as index_writer:
        index_writer.write(second(), terms, steps.append)
    root = tmp_path / "index"
    write_index(root, first())
    for fatal in steps[: steps.index("after switch")]:
        with (
            pytest.raises(StoreError, match=r"No space left.*place libre"),
            writer(root) as index_writer,
        ):
            index_writer.write(second(), terms, _fill_disk_at(fatal))
        with open_index(root) as index:
            assert_holds(index, first())
    write_index(root, third())
    assert len(generation_names(root)) == 2


def _fill_disk_at(fatal: str) -> Callable[[str], None]:
    def fill(step: str) -> None:
        if step == fatal:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fill


def test_a_reader_overtaken_by_two_writes_reads_current_anew(tmp_path: Path) -> None:
    write_index(tmp_path, contents(indexed("a", "Un texte.")), first())
    waiting = [second(), third()]

    class OvertakenPath(PosixPath):
        """A folder where two writes end between the reading of CURRENT and what follows."""

        def __truediv__(self, name: str) -> Self:  # type: ignore[override]  # only str here
            if name == "generations" and waiting:
                versions = waiting[:]
                waiting.clear()
                write_index(tmp_path, *versions)
            return super().__truediv__(name)

    with open_index(OvertakenPath(tmp_path)) as index:
        assert (waiting, index.warning) == ([], "")
        assert_holds(index, third())


def test_readers_meet_only_whole_generations_while_a_writer_goes_on(tmp_path: Path) -> None:
    write_index(tmp_path, first())

    def write_on() -> None:
        for _ in range(12):
            write_index(tmp_path, second(), first())

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_on)
        opened = 0
        while not writing.done():
            with open_index(tmp_path) as index:
                expected = first() if index.manifest.documents == 2 else second()
                assert_holds(index, expected)
                assert index.warning == ""
                opened += 1
        writing.result()
    assert opened > 0
