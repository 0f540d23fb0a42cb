"""Contexts of a dataset as files that Parole reads to the letter, and their index."""

import hashlib
import json
import re
import string
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.questions import strings as say
from rag import readers
from rag.config import Settings
from rag.errors import EvaluationError, StoreMissingError
from rag.index import chunk, ingest
from rag.index.manifest import SCHEMA
from rag.index.store import open_index
from rag.readers.blocks import one_line
from rag.readers.decode import decode, plain
from rag.types import Encoder

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})
"""CommonMark takes any mark of ASCII after a backslash for itself."""
_BLANK = re.compile(r"\n{2,}")
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class Context:
    """A document to be: `text` is what reading its file gives, character for character."""

    id: str
    title: str
    text: str


def readable(text: str) -> str:
    """Return a text as any reader of Parole leaves it: NFC, single spaces, nothing invisible.

    Reading it again changes nothing: what is dropped may bring to light an accent to mend.
    """
    before, text = None, text.replace("\0", "")
    while text != before:
        before = text
        lines = (line.strip() for line in plain(decode(text.encode())).split("\n"))
        text = _BLANK.sub("\n\n", "\n".join(lines)).strip()
    return text


def readable_line(text: str) -> str:
    """Return a text as a title is read: `readable`, on one line."""
    return one_line(readable(text).replace("\n", " "))


def write_documents(documents: Sequence[Context], folder: Path) -> None:
    """Write one file a document into `folder`, whose name is the first part of every id.

    They are Markdown and not plain text, which would be cleaned of what looks like a web
    page: every mark is escaped, the title stands in the header, so that no text acts as
    markup.

    Raises:
        ValueError: an id is not `<folder>/<file>.md`.
        EvaluationError: a file cannot be written, or reads otherwise than it was written.
    """
    for document in documents:
        path = folder / Path(document.id).name
        if f"{folder.name}/{path.name}" != document.id or path.suffix != ".md":
            raise ValueError(f"{document.id!r} is no file of {folder.name!r}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(_markdown(document), encoding="utf-8", newline="\n")
        except OSError as error:
            reason = say.SQUAD_NOT_WRITTEN.format(folder=folder, reason=error.strerror)
            raise EvaluationError(reason) from error
        if readers.read(path, document.id).document.text != document.text:
            raise EvaluationError(say.SQUAD_READS_OTHERWISE.format(document=document.id))


def dataset_index(
    documents: Sequence[Context],
    encoder: Encoder,
    settings: Settings,
    cache: Path,
    progress: ingest.Progress,
) -> Path:
    """Return the folder of an index of the documents, made at the first call and then kept.

    It stands below `cache` under a hash of the documents, the encoder, the index's format and
    the way of reading and cutting; one that was interrupted is made again.

    Raises:
        EvaluationError: a document cannot be written or read.
        StoreError: the index cannot be read or written.
    """
    home = cache / "datasets" / _digest(documents, encoder, settings)
    target = home / "index"
    if not _holds(target, documents):
        sources = home / "squad"
        write_documents(documents, sources)
        report = ingest.index([sources], target, encoder, settings, progress)
        for problem in report.problems:
            reason = say.SQUAD_NOT_INDEXED.format(file=problem.path, reason=problem.reason)
            raise EvaluationError(reason)
    return target


def _holds(target: Path, documents: Sequence[Context]) -> bool:
    """Tell whether there is an index of all the documents."""
    try:
        with open_index(target) as opened:
            held = {summary.id for summary in opened.documents()}
    except StoreMissingError:
        return False
    return held == {document.id for document in documents}


def _markdown(document: Context) -> str:
    """Return a file that reads as the document: a header and escaped paragraphs."""
    title = json.dumps(document.title, ensure_ascii=False)
    body = _BREAK.sub(r"\\\n", document.text.translate(_ESCAPES))
    return f"---\ntitre: {title}\n---\n{body}\n"


def _digest(documents: Sequence[Context], encoder: Encoder, settings: Settings) -> str:
    """Return 32 hexadecimal digits of the sha256 of all that an index depends on."""
    made = [
        SCHEMA,
        encoder.fingerprint,
        chunk.fingerprint(settings.chunk),
        ingest.READERS,
        ingest.TERMS,
        [asdict(document) for document in documents],
    ]
    return hashlib.sha256(json.dumps(made, ensure_ascii=False).encode()).hexdigest()[:32]
