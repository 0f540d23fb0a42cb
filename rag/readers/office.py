"""Word, PowerPoint and EPUB files, through markitdown's converters for them, as Markdown.

The converters are called one by one: no plugin is looked for, no other format is guessed, no
address is opened, and no archive within the archive is followed.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from markitdown import DocumentConverter, DocumentConverterResult, StreamInfo
from markitdown.converters import DocxConverter, EpubConverter, PptxConverter

from rag import messages
from rag.errors import ReadError
from rag.readers.blocks import Block, Parsed
from rag.readers.decode import visible
from rag.readers.markdown import prose

MAX_MEMBERS = 5_000
"""Files in one archive; a long illustrated book has some hundreds."""
MAX_UNZIPPED_BYTES = 512 * 1024 * 1024
"""Bytes; what an archive may say that it unfolds to, all its files together."""
_MEBIBYTE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files of before 2007 begin, and the newer ones once they have a password."""
_ENCRYPTED_FLAG = 0x1
_SLIDE = re.compile(r"<!-- Slide number: (\d{1,6}) -->")
_EPUB_HEADER = re.compile(r"(?:\*\*[A-Z][a-z]+:\*\* [^\n]*\n)+\n?")


def read_docx(data: bytes) -> Parsed:
    """Return the prose of a Word file; raises ReadError for one that cannot be read."""
    return Parsed(tuple(prose(_convert(DocxConverter, data, "docx").markdown)))


def read_pptx(data: bytes) -> Parsed:
    """Return the prose of a PowerPoint file, slides as pages; ReadError if it has none."""
    return Parsed(tuple(_slides(_convert(PptxConverter, data, "pptx").markdown)))


def read_epub(data: bytes) -> Parsed:
    """Return the prose and the title of an EPUB book; ReadError if it cannot be read."""
    book = _convert(EpubConverter, data, "epub")
    body = _EPUB_HEADER.sub("", book.markdown, count=1)
    return Parsed(tuple(prose(body)), book.title or "")


READERS = {".docx": read_docx, ".pptx": read_pptx, ".epub": read_epub}


def _slides(markdown: str) -> Iterator[Block]:
    """Yield the blocks of each slide with its number; lines of a slide are lines of text."""
    parts = _SLIDE.split(markdown)
    for number, content in zip(parts[1::2], parts[2::2], strict=True):
        yield from prose(content, page=int(number), line_break="\n")


def _convert(converter: type[DocumentConverter], data: bytes, kind: str) -> DocumentConverterResult:
    """Return what markitdown makes of an archive that has been checked."""
    _check(data, kind)
    try:
        result = converter().convert(io.BytesIO(data), StreamInfo(extension=f".{kind}"))
    except Exception as exc:  # the parsers behind it raise whatever they meet
        raise ReadError(messages.READ_DAMAGED.format(format=kind.upper())) from exc
    result.markdown = visible(result.markdown)
    return result


def _check(data: bytes, kind: str) -> None:
    """Refuse an archive that is none, has a password, or would unfold without measure."""
    if data.startswith(_OLE):
        raise ReadError(messages.READ_ENCRYPTED)
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    # Beside its own exception, zipfile lets out these for damaged directories.
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as exc:
        raise ReadError(messages.READ_DAMAGED.format(format=kind.upper())) from exc
    size = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        reason = messages.READ_ARCHIVE_MEMBERS.format(count=len(members), limit=MAX_MEMBERS)
        raise ReadError(reason)
    if size > MAX_UNZIPPED_BYTES:
        limit = MAX_UNZIPPED_BYTES // _MEBIBYTE
        raise ReadError(messages.READ_ARCHIVE_SIZE.format(size=size // _MEBIBYTE, limit=limit))
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise ReadError(messages.READ_ENCRYPTED)
