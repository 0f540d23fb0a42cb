"""An index on disk: open the newest sound generation, or write the next one."""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
from filelock import FileLock, Timeout

from rag import messages
from rag.errors import (
    EncoderMismatchError,
    StoreCorruptError,
    StoreError,
    StoreLockedError,
)
from rag.index import generations
from rag.index.contents import IndexContents, IndexedDocument, Terms, generation_files
from rag.index.database import Database, DocumentSummary, passage_number
from rag.index.generations import Step
from rag.index.lexical import LexicalIndex
from rag.index.manifest import (
    DENSE,
    LEXICAL,
    PASSAGES,
    SENTENCES,
    Entry,
    Manifest,
    Pointer,
    damaged,
)
from rag.index.sentence_vectors import open_vectors
from rag.index.vectors import DenseIndex, Ids
from rag.types import Document, Encoder, Passage, Vectors

_logger = logging.getLogger(__name__)


class Index:
    """One verified generation, open for reading by any number of threads.

    It goes on answering from its generation after a writer has switched to another.
    `warning` is a French sentence if this is not the newest generation, else empty.
    """

    def __init__(self, root: Path, entry: Entry, warning: str = "") -> None:
        """Open a generation: no native reader sees a file before its sha256 is checked.

        Raises:
            StoreCorruptError: some part is damaged, or the parts do not belong together.
        """
        self.warning = warning
        folder, self.manifest = generations.open_generation(root, entry)
        self.dense = DenseIndex.from_bytes(_part(folder, DENSE, self.manifest))
        self.lexical = LexicalIndex.from_bytes(_part(folder, LEXICAL, self.manifest))
        for name in (SENTENCES, PASSAGES):
            generations.verify(folder / name, self.manifest.files[name])
        self._sentences = open_vectors(folder / SENTENCES, self.manifest.encoder.dimension)
        self._database = Database(folder / PASSAGES)
        if not self._agrees():
            self.close()
            raise damaged(entry.generation, messages.INDEX_DISAGREES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; documents and passages can no longer be read."""
        self._database.close()

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return a summary of every document, by ascending id."""
        return self._database.documents()

    def document(self, document_id: str) -> Document:
        """Return a document with its text, or raise KeyError."""
        return self._database.document(document_id)

    def passage(self, number: int) -> Passage:
        """Return the passage that the dense and lexical ids call `number`, or raise KeyError."""
        return self._database.passage(number)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in their order, none if there is no such document."""
        return self._database.passages(document_id)

    def numbers(self, document_ids: Iterable[str]) -> Ids:
        """Return the dense and lexical ids of all passages of these documents, ascending."""
        found = [n for one in document_ids for n in self._database.passage_ids_of(one)]
        return np.array(sorted(found), dtype=np.int64)

    def indexed(self, document_id: str) -> IndexedDocument:
        """Return all that is known of a document, to be reused unchanged, or raise KeyError."""
        stored = self._database.stored(document_id)
        numbers = [passage_number(passage.id) for passage in stored.passages]
        rows = [self._sentences[self._database.sentence_rows(number)] for number in numbers]
        return IndexedDocument(
            stored=stored,
            vectors=self.dense.vectors(np.array(numbers, dtype=np.int64)),
            sentences=np.concatenate([self._sentences[:0], *rows]),
        )

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Return the unit vectors of a passage's sentences, in order, or raise KeyError.

        Shape (sentences, dimension); they were kept in half precision.
        """
        rows = self._database.sentence_rows(passage_number(passage.id))
        return np.asarray(self._sentences[rows], np.float32)

    def _agrees(self) -> bool:
        """Tell whether the parts hold the same passages, as many as the manifest says."""
        numbers = self._database.passage_ids()
        return (
            numbers == self.dense.ids.tolist() == self.lexical.ids.tolist()
            and len(numbers) == self.manifest.passages
            and self._database.sentences() == len(self._sentences) == self.manifest.sentences
            and self.dense.dimension == self.manifest.encoder.dimension
        )


class Writer:
    """Writes generations of the index in one folder; made by `writer`, which holds the lock."""

    def __init__(self, root: Path, lock: FileLock) -> None:
        """Write below `root` as long as `lock` is held."""
        self._root = root
        self._lock = lock

    def write(
        self, contents: IndexContents, terms: Terms, step: Step = lambda _name: None
    ) -> Manifest:
        """Make `contents` the current generation, keep the one before, delete older ones.

        Until CURRENT is replaced, in one step of the file system, readers find the old
        generation; from then on the new one, which has been read back and verified.

        Raises:
            ValueError: the contents are inconsistent, or the lock is no longer held.
            StoreError: the folder cannot be written, or what was written reads differently.
        """
        if not self._lock.is_locked:
            raise ValueError("the writer's lock has been released")
        manifest, files = generation_files(contents, terms)
        try:
            self._replace(manifest, files, step)
        except OSError as error:
            raise _not_written(self._root, f"{error.strerror}.") from error
        except StoreCorruptError as error:  # what was written reads differently
            raise _not_written(self._root, str(error)) from error
        return manifest

    def _replace(self, manifest: Manifest, files: dict[str, bytes], step: Step) -> None:
        """Write, verify, switch and sweep, in this order."""
        known = generations.named_by_current(self._root)
        previous = next((entry for entry in known if _sound(self._root, entry)), None)
        entry = generations.write_generation(self._root, manifest.to_bytes(), files, step)
        Index(self._root, entry).close()
        step("verified")
        generations.switch(self._root, Pointer(entry, previous), step)
        keep = [kept.generation for kept in (entry, previous) if kept]
        generations.sweep(self._root, keep, step)


@contextmanager
def writer(directory: Path) -> Iterator[Writer]:
    """Hold the right to write the index in `directory`, made if need be, for a `with` block.

    Raises:
        StoreLockedError: another process, or another writer of this one, holds it.
        StoreError: the folder cannot be made, or holds anything but an index.
    """
    # A soft lock, filelock's stand-in where there is no flock, would outlive a killed writer.
    lock = FileLock(
        directory / generations.LOCK, blocking=False, thread_local=False, fallback_to_soft=False
    )
    try:
        directory.mkdir(parents=True, exist_ok=True)
        generations.check_folder(directory)
        generations.sync_folder(directory.parent)
        lock.acquire()
        Path(lock.lock_file).write_text(str(os.getpid()), encoding="ascii")
    except Timeout as error:
        raise _locked(directory) from error
    except OSError as error:
        raise _not_written(directory, f"{error.strerror}.") from error
    try:
        yield Writer(directory, lock)
    finally:
        lock.release()


def open_index(directory: Path) -> Index:
    """Open the current generation, or the one before, with a warning, if it is damaged.

    Raises:
        StoreMissingError: there is no index in `directory`.
        StoreCorruptError: neither generation passes verification.
    """
    try:
        pointer = generations.read_pointer(directory)
        while True:
            try:
                return _open(directory, pointer)
            except StoreCorruptError:
                # Two writes since CURRENT was read delete what it named: then read it anew.
                before, pointer = pointer, generations.read_pointer(directory)
                if pointer == before:
                    raise
    except StoreCorruptError as error:
        reason = messages.INDEX_UNUSABLE.format(directory=directory, reason=error)
        raise StoreCorruptError(reason) from error


def require_encoder(index: Index, encoder: Encoder) -> None:
    """Check that questions encoded by `encoder` can be compared with the vectors of `index`.

    Raises:
        EncoderMismatchError: another encoder made them.
    """
    made = index.manifest.encoder
    if (made.fingerprint, made.dimension) != (encoder.fingerprint, encoder.dimension):
        raise EncoderMismatchError(
            messages.ENCODER_MISMATCH.format(
                indexed=made.name,
                indexed_fingerprint=made.fingerprint[:12],
                encoder=encoder.name,
                fingerprint=encoder.fingerprint[:12],
            )
        )


def _open(root: Path, pointer: Pointer, warning: str = "") -> Index:
    """Open the current generation of `pointer`, else the previous one, with a warning."""
    try:
        return Index(root, pointer.current, warning)
    except StoreCorruptError as error:
        if pointer.previous is None:
            raise
        warning = messages.INDEX_PREVIOUS_USED.format(directory=root, reason=error)
        index = _open(root, Pointer(pointer.previous, None), warning)
        _logger.warning(warning)
        return index


def _part(folder: Path, name: str, manifest: Manifest) -> bytes:
    """Return a file of a generation, verified."""
    return generations.read_verified(folder / name, manifest.files[name])


def _sound(root: Path, entry: Entry) -> bool:
    """Tell whether a generation passes verification."""
    try:
        Index(root, entry).close()
    except StoreCorruptError:
        return False
    return True


def _locked(directory: Path) -> StoreLockedError:
    """Return the error that names the process in whose hands the lock is."""
    try:
        pid = (directory / generations.LOCK).read_text("ascii", "replace")[:20] or "?"
    except OSError:  # Windows refuses to read a locked file
        pid = "?"
    return StoreLockedError(messages.INDEX_LOCKED.format(directory=directory, pid=pid))


def _not_written(directory: Path, reason: str) -> StoreError:
    """Return the error that says why the folder cannot be written."""
    return StoreError(messages.INDEX_NOT_WRITTEN.format(directory=directory, reason=reason))
