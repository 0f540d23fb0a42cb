"""The index on disk: what is written is read, by whom and next to whom it may be."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import (
    EncoderMismatchError,
    StoreLockedError,
    StoreMissingError,
)
from rag.index.contents import IndexedDocument
from rag.index.store import open_index, require_encoder, writer
from rag.types import Vectors
from tests.index_samples import (
    DIMENSION,
    ENCODER,
    assert_holds,
    contents,
    first,
    generation_names,
    indexed,
    second,
    terms,
    third,
    vector,
    write_index,
)


def test_what_was_written_is_what_is_read(tmp_path: Path) -> None:
    manifest = write_index(tmp_path / "neuf" / "index", first())
    with open_index(tmp_path / "neuf" / "index") as index:
        assert (index.manifest, index.warning) == (manifest, "")
        assert_holds(index, first())
        assert index.document("notes/phare.md") == first().documents[1].stored.document
        assert index.passages("notes/phare.md") == first().documents[1].stored.passages
    assert (manifest.encoder, manifest.documents) == (ENCODER, 2)
    assert (manifest.passages, manifest.sentences) == (3, 4)
    assert manifest.chunker == "mots-120-220"


def test_the_layout_is_as_documented(tmp_path: Path) -> None:
    write_index(tmp_path, first(), second())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generations", "lock"]
    old, new = generation_names(tmp_path)
    assert (old.partition("-")[0], new.partition("-")[0]) == ("000001", "000002")
    files = [
        "dense.faiss",
        "lexical.safetensors",
        "manifest.json",
        "passages.sqlite",
        "sentences.npy",
    ]
    assert sorted(path.name for path in (tmp_path / "generations" / new).iterdir()) == files


def test_one_generation_before_is_kept_and_older_ones_are_deleted(tmp_path: Path) -> None:
    write_index(tmp_path, first(), second(), third())
    assert [name.partition("-")[0] for name in generation_names(tmp_path)] == ["000002", "000003"]
    with open_index(tmp_path) as index:
        assert_holds(index, third())


def test_an_index_without_documents_opens(tmp_path: Path) -> None:
    write_index(tmp_path, contents())
    with open_index(tmp_path) as index:
        assert (index.documents(), index.lexical.scores(["le"]).tolist()) == ((), [])
        assert index.dense.search(vector("x"), 3)[0].tolist() == []


def test_a_document_without_passages_is_kept(tmp_path: Path) -> None:
    write_index(tmp_path, contents(indexed("vide"), indexed("plein", "Un texte.")))
    with open_index(tmp_path) as index:
        assert [(one.id, one.passages) for one in index.documents()] == [("plein", 1), ("vide", 0)]
        assert index.indexed("vide").vectors.shape == (0, DIMENSION)
        assert index.indexed("vide").sentences.shape == (0, DIMENSION)


def test_equal_contents_give_equal_bytes_and_fingerprints_in_any_order_and_place(
    tmp_path: Path,
) -> None:
    moved = tuple(
        replace(one, stored=replace(one.stored, origin="/autre/machine"))
        for one in reversed(first().documents)
    )
    here = write_index(tmp_path / "a", first())
    again = write_index(tmp_path / "b", first())
    there = write_index(tmp_path / "c", replace(first(), documents=moved))
    assert here == again
    assert (here.corpus, here.index) == (there.corpus, there.index)
    for path in (tmp_path / "a" / "generations").rglob("*.*"):
        twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == twin.read_bytes()


def test_the_index_fingerprint_changes_with_each_thing_it_covers(tmp_path: Path) -> None:
    base = first()
    one = base.documents[0]
    turned = replace(one, vectors=np.ascontiguousarray(-one.vectors))
    halves = replace(one, sentences=-one.sentences)
    variants = [
        base,
        replace(base, encoder=replace(ENCODER, fingerprint="f" * 64)),
        replace(base, chunker="mots-100-200"),
        replace(base, documents=(turned, *base.documents[1:])),
        replace(base, documents=(halves, *base.documents[1:])),
        second(),
    ]
    manifests = [write_index(tmp_path / str(n), version) for n, version in enumerate(variants)]
    assert len({manifest.index for manifest in manifests}) == 6
    assert [manifest.corpus == manifests[0].corpus for manifest in manifests] == [
        *[True] * 5,
        False,
    ]


def test_unchanged_documents_are_carried_over_from_the_open_index(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    with writer(tmp_path) as index_writer, open_index(tmp_path) as index:
        kept = [index.indexed(summary.id) for summary in index.documents()]
        again = index_writer.write(contents(*kept), terms)
        assert (again.index, again.files) == (index.manifest.index, index.manifest.files)


def test_a_reader_keeps_its_generation_after_two_more_writes(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    with open_index(tmp_path) as reader:
        write_index(tmp_path, second(), third())
        assert not any(name.startswith("000001") for name in generation_names(tmp_path))
        assert_holds(reader, first())


def _spoilt() -> list[IndexedDocument]:
    """Return documents whose passages or vectors are not their own."""
    good = indexed("a", "Un texte.", "Un autre.")
    stored = good.stored
    head, tail = stored.passages
    wrong = [replace(head, text="faux"), replace(head, start=1), replace(head, document_id="b")]
    return [
        replace(good, vectors=good.vectors[:1]),
        replace(good, vectors=np.ones((2, 3), np.float32)),
        replace(good, sentences=good.sentences[:1]),
        replace(good, sentences=np.ones((2, 3), np.float16)),
        *(replace(good, stored=replace(stored, passages=(passage, tail))) for passage in wrong),
    ]


@pytest.mark.parametrize("document", _spoilt())
def test_inconsistent_contents_are_refused(document: IndexedDocument) -> None:
    with pytest.raises(ValueError, match="'a'"):
        contents(document)


def test_refused_contents_leave_the_index_as_it_was(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    good = indexed("a", "Un texte.")
    long = contents(replace(good, vectors=good.vectors * 2))
    empty = contents(replace(good, sentences=np.zeros_like(good.sentences)))
    twice = contents(good, good)
    for bad in (long, empty, twice):
        with pytest.raises(ValueError, match=r"length 1|distinct"):
            write_index(tmp_path, bad)
    with open_index(tmp_path) as index:
        assert_holds(index, first())


def test_a_second_writer_is_refused_at_once_and_told_who_holds_the_lock(tmp_path: Path) -> None:
    with writer(tmp_path) as index_writer:
        with pytest.raises(StoreLockedError, match=str(os.getpid())), writer(tmp_path):
            pass
        index_writer.write(first(), terms)
    write_index(tmp_path, second())
    with open_index(tmp_path) as index:
        assert_holds(index, second())


def test_a_writer_does_not_write_after_its_lock_is_released(tmp_path: Path) -> None:
    with writer(tmp_path) as index_writer:
        pass
    with pytest.raises(ValueError, match="released"):
        index_writer.write(first(), terms)
    with pytest.raises(StoreMissingError):
        open_index(tmp_path)


def test_the_lock_is_released_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="panne"), writer(tmp_path):
        raise RuntimeError("panne")
    write_index(tmp_path, first())


def test_readers_need_no_lock(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    with writer(tmp_path), open_index(tmp_path) as index:
        assert_holds(index, first())


class _FakeEncoder:
    """Names an encoder; it is never asked to encode."""

    def __init__(self, name: str, fingerprint: str, dimension: int) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        raise AssertionError(texts, progress)


def test_only_the_encoder_of_the_index_is_accepted(tmp_path: Path) -> None:
    write_index(tmp_path, first())
    with open_index(tmp_path) as index:
        require_encoder(index, _FakeEncoder("autre-nom", ENCODER.fingerprint, DIMENSION))
        for other in (
            _FakeEncoder("encodeur-autre", "a" * 64, DIMENSION),
            _FakeEncoder("encodeur-autre", ENCODER.fingerprint, 384),
        ):
            with pytest.raises(EncoderMismatchError, match=r"encodeur-essai.*encodeur-autre"):
                require_encoder(index, other)
