"""Documents and their passages in one SQLite file, written once and then only read."""

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from rag import messages
from rag.errors import StoreCorruptError
from rag.french.sentences import sentence_spans
from rag.types import Document, Passage, Section

_PASSAGE_ID = re.compile(r"[0-9a-f]{15}", re.ASCII)

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    sections TEXT NOT NULL,
    metadata TEXT NOT NULL,
    origin TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (number),
    title TEXT NOT NULL,
    section TEXT NOT NULL,
    page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_sentence INTEGER NOT NULL,
    sentences INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_of_document ON passages (document, number);
"""

_ADD_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_PASSAGE = "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DOCUMENT = "SELECT id, sha256, title, text, sections, metadata FROM documents WHERE id = ?"
_ORIGIN = "SELECT origin FROM documents WHERE id = ?"
_SUMMARIES = """
SELECT id, title, sha256, origin, metadata,
       (SELECT count(*) FROM passages WHERE document = documents.number)
FROM documents ORDER BY number
"""
_PASSAGES = """
SELECT passages.id, documents.id, passages.title, section, page, start, "end", passages.text
FROM passages JOIN documents ON documents.number = passages.document
"""
_PASSAGE = _PASSAGES + "WHERE passages.id = ?"
_PASSAGES_OF = _PASSAGES + "WHERE documents.id = ? ORDER BY passages.number"
_PASSAGE_IDS = "SELECT id FROM passages ORDER BY number"
_PASSAGE_IDS_OF = """
SELECT passages.id FROM passages JOIN documents ON documents.number = passages.document
WHERE documents.id = ? ORDER BY passages.number
"""
_SENTENCES = "SELECT first_sentence, sentences FROM passages WHERE id = ?"
_SENTENCES_OF_ALL = "SELECT coalesce(sum(sentences), 0) FROM passages"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document, the absolute path it was read from, and its passages in their order."""

    document: Document
    origin: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What a list of documents shows of one, without its text; `passages` is their number."""

    id: str
    title: str
    sha256: str
    origin: str
    metadata: tuple[tuple[str, str], ...]
    passages: int


def passage_number(passage_id: str) -> int:
    """Return the 60-bit number that FAISS and SQLite know a passage by.

    Raises:
        ValueError: `passage_id` is not 15 hexadecimal digits.
    """
    if not _PASSAGE_ID.fullmatch(passage_id):
        raise ValueError(f"{passage_id!r} is not a passage id")
    return int(passage_id, 16)


def database_bytes(documents: Iterable[StoredDocument]) -> bytes:
    """Return the SQLite file that holds `documents` in this order; the same give the same bytes.

    Raises:
        ValueError: a document or passage id comes twice or is malformed, or a text has
            a lone surrogate, which is no character.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        try:
            sentences = 0
            for number, stored in enumerate(documents):
                connection.execute(_ADD_DOCUMENT, (number, *_document_row(stored)))
                for passage in stored.passages:
                    count = len(sentence_spans(passage.text))
                    row = (*_passage_row(number, passage), sentences, count)
                    connection.execute(_ADD_PASSAGE, row)
                    sentences += count
        except sqlite3.IntegrityError as error:
            raise ValueError(f"documents and passages need distinct ids: {error}") from error
        connection.commit()
        return connection.serialize()


class Database:
    """Reads the file that `database_bytes` made; any number of threads may share one.

    The file is opened once, so that it can be read even after a later writer deleted it.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, whose sha256 the caller has checked, for reading only.

        Raises:
            StoreCorruptError: SQLite cannot read it.
        """
        self._name = path.name
        self._lock = threading.Lock()  # SQLite may have been built without locks of its own
        # `as_uri` quotes what SQLite would take for its own: `?`, `#` and `%`.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing can be read any more."""
        with self._lock:
            self._connection.close()

    def passage_ids(self) -> list[int]:
        """Return the number of every passage, in their order."""
        return [row[0] for row in self._rows(_PASSAGE_IDS)]

    def passage_ids_of(self, document_id: str) -> list[int]:
        """Return the number of each passage of a document, none if there is no such document."""
        return [row[0] for row in self._rows(_PASSAGE_IDS_OF, document_id)]

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return a summary of every document, in their order."""
        return tuple(
            DocumentSummary(key, title, sha256, origin, _pairs(metadata), passages)
            for key, title, sha256, origin, metadata, passages in self._rows(_SUMMARIES)
        )

    def document(self, document_id: str) -> Document:
        """Return the document of this id.

        Raises:
            KeyError: there is none.
        """
        key, sha256, title, text, sections, metadata = self._row(_DOCUMENT, document_id)
        parts = tuple(Section(*section) for section in json.loads(sections))
        return Document(key, sha256, title, text, parts, _pairs(metadata))

    def stored(self, document_id: str) -> StoredDocument:
        """Return the document of this id with its origin and passages.

        Raises:
            KeyError: there is none.
        """
        (origin,) = self._row(_ORIGIN, document_id)
        return StoredDocument(self.document(document_id), origin, self.passages(document_id))

    def passage(self, number: int) -> Passage:
        """Return the passage of this number.

        Raises:
            KeyError: there is none.
        """
        return _passage(self._row(_PASSAGE, number))

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in their order, none if there is no such document."""
        return tuple(_passage(row) for row in self._rows(_PASSAGES_OF, document_id))

    def sentences(self) -> int:
        """Return the number of sentences of all passages."""
        return sum(row[0] for row in self._rows(_SENTENCES_OF_ALL))

    def sentence_rows(self, number: int) -> slice:
        """Return which sentences of the index are those of the passage of this number.

        Raises:
            KeyError: there is none.
        """
        first, count = self._row(_SENTENCES, number)
        return slice(first, first + count)

    def _row(self, query: str, key: str | int) -> Sequence[Any]:
        """Return the only row, or raise KeyError."""
        for row in self._rows(query, key):
            return row
        raise KeyError(key)

    def _rows(self, query: str, *values: str | int) -> Iterator[Sequence[Any]]:
        """Return the rows of a query, whose values are bound, never written into it."""
        try:
            with self._lock:
                return iter(self._connection.execute(query, values).fetchall())
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.Error) -> StoreCorruptError:
        """Return the error that says why the file cannot be used."""
        reason = messages.INDEX_READ_FAILED.format(part=self._name, reason=error)
        return StoreCorruptError(reason)


def _document_row(stored: StoredDocument) -> tuple[str, ...]:
    """Return the columns of a document after its number."""
    document = stored.document
    sections = [[section.start, section.title, section.page] for section in document.sections]
    return (
        document.id,
        document.sha256,
        document.title,
        document.text,
        json.dumps(sections, ensure_ascii=False),
        json.dumps(document.metadata, ensure_ascii=False),
        stored.origin,
    )


def _passage_row(document: int, passage: Passage) -> tuple[str | int | None, ...]:
    """Return the columns of a passage between its number and its sentences."""
    return (
        passage_number(passage.id),
        document,
        passage.title,
        passage.section,
        passage.page,
        passage.start,
        passage.end,
        passage.text,
    )


def _passage(row: Sequence[Any]) -> Passage:
    """Return the passage of a row of `_PASSAGES`."""
    number, *rest = row
    return Passage(f"{number:015x}", *rest)


def _pairs(metadata: str) -> tuple[tuple[str, str], ...]:
    """Return the metadata of a document from its JSON."""
    return tuple((label, value) for label, value in json.loads(metadata))
