"""From files to an index: what changed is read, cut and encoded, the rest is kept."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rag import messages, readers
from rag.config import Settings
from rag.errors import ReadError, StoreMissingError
from rag.french.text import search_terms
from rag.index import chunk
from rag.index.contents import IndexContents, IndexedDocument
from rag.index.database import StoredDocument
from rag.index.manifest import EncoderInfo
from rag.index.sources import Found, Problem, discover
from rag.index.store import open_index, require_encoder, writer
from rag.index.vectorise import searchable, vectorise
from rag.types import Document, Encoder, Passage

READERS = 1
TERMS = 1
"""Versions of what the readers make of a file and of how its search terms are cut: raised
when that changes, so that unchanged files are read again."""

Progress = Callable[[str, int, int], None]
"""Told the stage («read» or «encode»), how many are done and how many there are.

Files are read; texts are encoded: passages and their sentences, each of them once."""


@dataclass(frozen=True, slots=True)
class Report:
    """What indexing did, by document id, and the files left aside; `taken` counts the others."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    documents: int
    passages: int
    taken: int


@dataclass(frozen=True, slots=True)
class _Old:
    """What the index holds already; `current` if it was read and cut as it would be now."""

    documents: Mapping[str, IndexedDocument]
    current: bool

    def holds(self, document_id: str, digest: str) -> bool:
        """Tell whether a file with this sha256 need not be read again."""
        known = self.documents.get(document_id)
        return self.current and known is not None and known.stored.document.sha256 == digest

    def require_free(self, item: Found, digest: str) -> None:
        """Raise ReadError if the id is another file's, with other bytes, that still exists."""
        known = self.documents.get(item.id)
        if known is None or known.stored.document.sha256 == digest:
            return
        origin = Path(known.stored.origin)
        if _other(origin, item.path):
            raise ReadError(messages.SOURCE_SAME_ID.format(id=item.id, other=origin))


def index(
    sources: Sequence[Path],
    directory: Path,
    encoder: Encoder,
    settings: Settings,
    progress: Progress,
    *,
    prune: bool = False,
) -> Report:
    """Bring the index in `directory` up to date with `sources`, in one new generation.

    Documents whose file has not changed keep their passages and vectors. A file that can no
    longer be read keeps what was indexed of it; one that has become the twin of another is
    taken out, its text stands under the other's id; one that would take the place of another
    file, in a folder of the same name elsewhere, is a problem while that file exists. With
    `prune`, documents below the source folders whose files have vanished are taken out.

    Raises:
        SourceError: a source does not exist.
        StoreError: the index cannot be read or written, or was made with another encoder.
    """
    found, problems = discover(sources)
    with writer(directory) as target:
        old = _indexed(directory, encoder, settings)
        fresh, twins = _read_changed(found, old, progress, problems)
        removed = twins & old.documents.keys()
        if prune:
            removed |= _vanished(old, found, sources)
        carried = {
            key: value
            for key, value in old.documents.items()
            if key not in removed and key not in fresh
        }
        if not old.current:
            fresh |= {key: value.stored.document for key, value in carried.items()}
        stored = _cut(fresh, found, old, settings)
        encoded = vectorise(stored, old.documents.values(), encoder, partial(progress, "encode"))
        documents = {**carried, **{one.stored.document.id: one for one in encoded}}
        if fresh or removed or not old.documents:
            made = (EncoderInfo.of(encoder), _way(settings))
            target.write(IndexContents(*made, tuple(documents.values())), _terms)
    return _report(found, old, fresh, removed, documents, problems)


def remove(document_ids: Sequence[str], directory: Path) -> None:
    """Take documents out of the index, in one new generation.

    Raises:
        KeyError: the index has no such document; nothing is removed then.
        StoreError: the index cannot be read or written.
    """
    open_index(directory).close()  # where there is none, no folder is made for its lock
    with writer(directory) as target, open_index(directory) as opened:
        kept = {summary.id: opened.indexed(summary.id) for summary in opened.documents()}
        for document_id in dict.fromkeys(document_ids):
            del kept[document_id]
        made = opened.manifest
        target.write(IndexContents(made.encoder, made.chunker, tuple(kept.values())), _terms)


def _terms(passage: Passage) -> list[str]:
    """Return what the lexical index counts of a passage."""
    return search_terms(searchable(passage))


def _way(settings: Settings) -> str:
    """Return the name of the way from a file to passages; it changes when the way does."""
    return f"readers-{READERS}/terms-{TERMS}/{chunk.fingerprint(settings.chunk)}"


def _indexed(directory: Path, encoder: Encoder, settings: Settings) -> _Old:
    """Return what the index holds; nothing if there is none yet."""
    try:
        opened = open_index(directory)
    except StoreMissingError:
        return _Old({}, current=True)
    with opened:
        require_encoder(opened, encoder)
        documents = {summary.id: opened.indexed(summary.id) for summary in opened.documents()}
        return _Old(documents, current=opened.manifest.chunker == _way(settings))


def _read_changed(
    found: Sequence[Found], old: _Old, progress: Progress, problems: list[Problem]
) -> tuple[dict[str, Document], frozenset[str]]:
    """Read the files that are new or have changed, and find the twins of files before them.

    The twins, and the files that cannot be read, are added to `problems`.
    """
    fresh: dict[str, Document] = {}
    taken: dict[str, str] = {}
    twins: set[str] = set()
    for done, item in enumerate(found):
        progress("read", done, len(found))
        try:
            digest = _digest(item.path)
            old.require_free(item, digest)
            if digest not in taken and not old.holds(item.id, digest):
                fresh[item.id] = readers.read(item.path, item.id).document
        except ReadError as error:
            problems.append(Problem(item.path, str(error)))
            continue
        if taken.setdefault(digest, item.id) != item.id:
            twins.add(item.id)
            problems.append(Problem(item.path, messages.SOURCE_TWIN.format(other=taken[digest])))
    progress("read", len(found), len(found))
    return fresh, frozenset(twins)


def _digest(path: Path) -> str:
    """Return the sha256 of a file's bytes; two files of the same bytes are one text."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(messages.SOURCE_UNREADABLE.format(error=error.strerror)) from error


def _vanished(old: _Old, found: Sequence[Found], sources: Sequence[Path]) -> frozenset[str]:
    """Return the documents below the source folders that have no file any more.

    The file they were read from must be gone too: another folder may have the same name.
    """
    folders = tuple(f"{path.resolve().name}/" for path in sources if path.is_dir())
    present = {item.id for item in found}
    return frozenset(
        key
        for key, value in old.documents.items()
        if key.startswith(folders) and key not in present and _gone(Path(value.stored.origin))
    )


def _gone(path: Path) -> bool:
    """Tell whether there is no such file; one that may not be looked at is there."""
    try:
        path.lstat()
    except OSError as error:
        return isinstance(error, FileNotFoundError | NotADirectoryError)
    return False


def _other(origin: Path, path: Path) -> bool:
    """Tell whether a file still exists and is not the one at `path` under another name."""
    try:
        return not origin.samefile(path)
    except OSError as error:
        return not isinstance(error, FileNotFoundError | NotADirectoryError)


def _cut(
    fresh: Mapping[str, Document], found: Sequence[Found], old: _Old, settings: Settings
) -> list[StoredDocument]:
    """Cut documents into passages; each keeps where it was read from."""
    origins = {key: value.stored.origin for key, value in old.documents.items()}
    origins |= {item.id: str(item.path) for item in found}
    return [
        StoredDocument(document, origins[key], tuple(chunk.chunk(document, settings.chunk)))
        for key, document in fresh.items()
    ]


def _report(
    found: Sequence[Found],
    old: _Old,
    fresh: Mapping[str, Document],
    removed: frozenset[str],
    documents: Mapping[str, IndexedDocument],
    problems: Sequence[Problem],
) -> Report:
    """Tell what has been done."""
    left = {problem.path for problem in problems}
    return Report(
        added=tuple(sorted(key for key in fresh if key not in old.documents)),
        changed=tuple(sorted(key for key in fresh if key in old.documents)),
        unchanged=tuple(sorted(key for key in documents if key not in fresh)),
        removed=tuple(sorted(removed)),
        problems=tuple(sorted(problems, key=lambda problem: str(problem.path))),
        documents=len(documents),
        passages=sum(len(indexed.stored.passages) for indexed in documents.values()),
        taken=sum(item.path not in left for item in found),
    )
