"""PDF files, through pypdf: pages as sections, lines put back together into paragraphs."""

import io
import re
from collections.abc import Sequence

from pypdf import PasswordType, PdfReader
from pypdf.errors import FileNotDecryptedError

from rag import messages
from rag.errors import ReadError
from rag.readers.blocks import Parsed
from rag.readers.pages import prose

SUFFIXES = (".pdf",)

_NOT_A_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)|untitled|sans titre|document\s?\d*$|presentation\s?\d*$)"
    r"|.*\.(?:docx?|pptx?|odt|pdf|indd|tex|qxd|rtf)$",
    re.IGNORECASE,
)
"""What word processors write as title when nobody gave one."""


def read_pdf(data: bytes) -> Parsed:
    """Return the prose of a PDF file, its blocks with their page, and the lines left out.

    Raises ReadError for a file that is damaged, has a password, or holds pictures of pages.
    """
    try:
        title, pages = _extract(data)
    except FileNotDecryptedError as exc:
        raise ReadError(messages.READ_ENCRYPTED) from exc
    except Exception as exc:  # pypdf says that broken files raise any
        raise ReadError(messages.READ_DAMAGED.format(format="PDF")) from exc
    if not any(page.strip() for page in pages):
        raise ReadError(messages.READ_PDF_NO_TEXT)
    blocks, dropped = prose(pages)
    return Parsed(blocks, "" if _NOT_A_TITLE.match(title) else title, dropped=dropped)


def _extract(data: bytes) -> tuple[str, Sequence[str]]:
    """Return the title that the file gives itself and the text of each page."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise FileNotDecryptedError
    title = reader.metadata.title if reader.metadata else None
    return str(title or ""), [page.extract_text() for page in reader.pages]
