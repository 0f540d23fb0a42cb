"""The database of documents: exact texts in and out, in order, from many threads."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import StoreCorruptError
from rag.index.database import (
    Database,
    DocumentSummary,
    StoredDocument,
    database_bytes,
    passage_number,
)
from rag.types import Document, Passage, Section
from tests.index_samples import first, indexed

HOSTILE = "'); DROP TABLE passages; --\x00\u2028 ${x} <b> \U0001d538 e\u0301 \r\n « fin »"


def _stored() -> list[StoredDocument]:
    return [one.stored for one in first().documents]


def _open(folder: Path, documents: list[StoredDocument]) -> Database:
    path = folder / "passages.sqlite"
    path.write_bytes(database_bytes(documents))
    return Database(path)


def test_documents_and_passages_come_back_as_they_went_in(tmp_path: Path) -> None:
    moulin, phare = _stored()
    with _open(tmp_path, [moulin, phare]) as database:
        assert database.stored("notes/phare.md") == phare
        assert database.document("notes/moulin.md") == moulin.document
        assert database.passages("notes/phare.md") == phare.passages
        for passage in (*moulin.passages, *phare.passages):
            assert database.passage(int(passage.id, 16)) == passage
        assert database.documents() == (
            DocumentSummary(
                "notes/moulin.md",
                "Titre de notes/moulin.md",
                moulin.document.sha256,
                "/ailleurs/notes/moulin.md",
                (("Auteur", "Anne d’Essai"), ("Année", "1901")),
                1,
            ),
            DocumentSummary(
                "notes/phare.md",
                "Titre de notes/phare.md",
                phare.document.sha256,
                "/ailleurs/notes/phare.md",
                (("Auteur", "Anne d’Essai"), ("Année", "1901")),
                2,
            ),
        )


def test_the_order_of_documents_and_passages_is_kept(tmp_path: Path) -> None:
    names = ["z", "a", "m"]
    stored = [indexed(name, "un", "deux", "trois").stored for name in names]
    with _open(tmp_path, stored) as database:
        assert [summary.id for summary in database.documents()] == names
        assert [passage.text for passage in database.passages("z")] == ["un", "deux", "trois"]
        expected = [int(passage.id, 16) for one in stored for passage in one.passages]
        assert database.passage_ids() == expected


def test_the_rows_of_sentences_follow_each_other_over_all_passages(tmp_path: Path) -> None:
    names = {"z": ["Un. Deux.", "Trois."], "a": [], "m": ["Quatre. Cinq ! Six ?"]}
    stored = [indexed(name, *texts).stored for name, texts in names.items()]
    with _open(tmp_path, stored) as database:
        numbers = database.passage_ids()
        rows = [database.sentence_rows(number) for number in numbers]
        assert rows == [slice(0, 2), slice(2, 3), slice(3, 6)]
        assert database.sentences() == 6


def test_text_that_looks_like_sql_markup_or_controls_is_only_text(tmp_path: Path) -> None:
    section = Section(0, HOSTILE, None)
    document = Document(HOSTILE, "0" * 64, HOSTILE, HOSTILE, (section,), ((HOSTILE, HOSTILE),))
    place = (HOSTILE, HOSTILE, HOSTILE, None, 0, len(HOSTILE), HOSTILE)
    stored = StoredDocument(document, HOSTILE, (Passage("0" * 14 + "a", *place),))
    with _open(tmp_path, [stored]) as database:
        assert database.stored(HOSTILE) == stored
        assert database.passage(10) == stored.passages[0]


def test_a_document_without_passages_or_metadata_is_kept(tmp_path: Path) -> None:
    bare = replace(indexed("vide").stored.document, metadata=())
    with _open(tmp_path, [StoredDocument(bare, "", ())]) as database:
        assert database.stored("vide") == StoredDocument(bare, "", ())
        assert [summary.passages for summary in database.documents()] == [0]


def test_an_empty_database_answers(tmp_path: Path) -> None:
    with _open(tmp_path, []) as database:
        assert (database.documents(), database.passage_ids()) == ((), [])
        assert database.sentences() == 0


def test_unknown_ids_are_key_errors(tmp_path: Path) -> None:
    with _open(tmp_path, _stored()) as database:
        assert database.passages("absent") == ()
        for ask in (database.document, database.stored):
            with pytest.raises(KeyError, match="absent"):
                ask("absent")
        for look in (database.passage, database.sentence_rows):
            with pytest.raises(KeyError, match="12"):
                look(12)


def test_the_same_documents_give_the_same_bytes() -> None:
    assert database_bytes(_stored()) == database_bytes(_stored())
    assert database_bytes(_stored()) != database_bytes(_stored()[::-1])


def test_ids_that_come_twice_are_refused() -> None:
    moulin, phare = _stored()
    with pytest.raises(ValueError, match="distinct ids"):
        database_bytes([moulin, moulin])
    with pytest.raises(ValueError, match="distinct ids"):
        database_bytes([moulin, replace(phare, passages=moulin.passages)])
    with pytest.raises(ValueError, match="surrogates"):
        database_bytes([replace(moulin, origin="/\udcff")])


@pytest.mark.parametrize(
    "passage_id", ["", "0" * 14, "0" * 16, "A" * 15, "g" * 15, "0" * 15 + "\n"]
)
def test_only_15_hexadecimal_digits_are_a_passage_id(passage_id: str) -> None:
    with pytest.raises(ValueError, match="is not a passage id"):
        passage_number(passage_id)


def test_leading_zeros_of_an_id_are_kept(tmp_path: Path) -> None:
    assert passage_number("0" * 13 + "1f") == 31
    moulin, _ = _stored()
    passages = (replace(moulin.passages[0], id="0" * 13 + "1f"),)
    with _open(tmp_path, [replace(moulin, passages=passages)]) as database:
        assert database.passage(31).id == "00000000000001f"


def test_signs_that_sqlite_would_interpret_may_stand_in_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "l’index ? #1 % mode=rwc&été"
    folder.mkdir()
    with _open(folder, _stored()) as database:
        assert len(database.documents()) == 2
    assert [path.name for path in folder.iterdir()] == ["passages.sqlite"]


def test_nothing_can_be_written_and_no_file_is_made_beside(tmp_path: Path) -> None:
    with _open(tmp_path, _stored()) as database:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database._connection.execute("DELETE FROM passages")
        assert database.passages("notes/phare.md") == _stored()[1].passages
    assert [path.name for path in tmp_path.iterdir()] == ["passages.sqlite"]


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    passages = [passage for stored in _stored() for passage in stored.passages] * 100
    with _open(tmp_path, _stored()) as database, ThreadPoolExecutor(8) as pool:
        numbers = [int(passage.id, 16) for passage in passages]
        assert list(pool.map(database.passage, numbers)) == passages


def test_a_file_deleted_after_opening_is_still_read(tmp_path: Path) -> None:
    with _open(tmp_path, _stored()) as database:
        (tmp_path / "passages.sqlite").unlink()
        with ThreadPoolExecutor(2) as pool:
            found = pool.submit(database.stored, "notes/phare.md").result()
        assert found == _stored()[1]


def test_what_is_no_database_is_damage(tmp_path: Path) -> None:
    with pytest.raises(StoreCorruptError, match=r"passages\.sqlite"):
        Database(tmp_path / "passages.sqlite")
    (tmp_path / "passages.sqlite").write_bytes(b"pas une base" * 100)
    with (
        Database(tmp_path / "passages.sqlite") as database,
        pytest.raises(StoreCorruptError, match=r"passages\.sqlite"),
    ):
        database.documents()
    with pytest.raises(StoreCorruptError, match="closed"):
        database.documents()
