"""Files of many formats read as documents: plain prose with its sections and its title.

One file a format; each turns bytes into `blocks.Parsed`, and `read` makes the document.
"""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag import messages
from rag.clean import Dropped
from rag.errors import ReadError
from rag.readers import markdown, office, pdf, subtitles, text, web
from rag.readers.blocks import Parsed, assemble, title_of
from rag.types import Document

__all__ = ["MAX_BYTES", "SUFFIXES", "Dropped", "Reading", "read"]

_READERS: dict[str, Callable[[bytes], Parsed]] = {
    **dict.fromkeys(markdown.SUFFIXES, markdown.read_markdown),
    **dict.fromkeys(text.SUFFIXES, text.read_text),
    **dict.fromkeys(web.SUFFIXES, web.read_web),
    **dict.fromkeys(pdf.SUFFIXES, pdf.read_pdf),
    **office.READERS,
    **subtitles.READERS,
}

SUFFIXES = frozenset(_READERS)
"""The endings, in small letters, of the files that can be read."""
MAX_BYTES = 64 * 1024 * 1024
"""Bytes; a larger file is refused before it is opened."""
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and the text of its file that was left out of it."""

    document: Document
    dropped: tuple[Dropped, ...]


def read(path: Path, document_id: str) -> Reading:
    """Read the file at `path` as the document `document_id`.

    The text is NFC prose with a blank line between paragraphs; headings stand in it on lines
    of their own and begin its sections. `sha256` is that of the file's bytes. Raises ReadError,
    with the reason alone in French, for a file that is missing, of another format, too large,
    protected, damaged or without text.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(SUFFIXES))
        raise ReadError(messages.READ_SUFFIX.format(suffix=path.suffix, suffixes=known))
    data = _bytes(path)
    parsed = reader(data)
    prose, sections = assemble(parsed.blocks)
    if not any(char.isalnum() for char in prose):
        raise ReadError(messages.READ_NO_PROSE)
    document = Document(
        id=document_id,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title_of(parsed, path.stem),
        text=prose,
        sections=sections,
        metadata=parsed.metadata,
    )
    return Reading(document, parsed.dropped)


def _bytes(path: Path) -> bytes:
    """Return the bytes of an ordinary file that is not too large; links are not followed."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(messages.READ_NOT_REGULAR)
        if status.st_size > MAX_BYTES:
            size, limit = -(-status.st_size // _MEBIBYTE), MAX_BYTES // _MEBIBYTE
            raise ReadError(messages.READ_TOO_LARGE.format(size=size, limit=limit))
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise ReadError(messages.READ_MISSING) from exc
    except OSError as exc:
        raise ReadError(messages.READ_DENIED.format(detail=exc.strerror)) from exc
