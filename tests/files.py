"""Small files of every format that Parole reads, made in memory for the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from pptx import Presentation
from pypdf import PdfReader, PdfWriter

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(members: Mapping[str, str]) -> bytes:
    """Return a zip archive of text files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def docx(paragraphs: Sequence[tuple[str, str]]) -> bytes:
    """Return a Word file of (style, text) paragraphs; style `Heading1` makes a heading."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS}
    return archive({**members, "word/document.xml": document})


def pptx(slides: Sequence[tuple[str, str]]) -> bytes:
    """Return a PowerPoint file of (title, body) slides."""
    presentation = Presentation()
    for title, body in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def epub(title: str, chapters: Sequence[str]) -> bytes:
    """Return an EPUB book of HTML chapters."""
    names = [f"c{n}.xhtml" for n in range(len(chapters))]
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    opf = (
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:creator>Odile Marin</dc:creator></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="livre.opf"/></rootfiles></container>'
    pages = [f"<html><body>{chapter}</body></html>" for chapter in chapters]
    return archive(
        {
            "META-INF/container.xml": container,
            "livre.opf": opf,
            **dict(zip(names, pages, strict=True)),
        }
    )


def pdf(pages: Sequence[Sequence[str]], title: str = "") -> bytes:
    """Return a PDF file of lines of text in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, lines in enumerate(pages):
        content = _drawn(lines)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * n)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    return _pdf_file(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    """Return the page content that shows lines one below the other."""
    shown = (b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
    return b"BT /F1 12 Tf 15 TL 50 780 Td " + b" ".join(shown) + b" ET"


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    """Return a PDF file of objects, the first its catalogue and the last its information."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>" % (size, size - 1)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return data + head + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)


def locked_pdf(data: bytes, password: str) -> bytes:
    """Return a PDF file with a password on it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=password, owner_password=f"{password}+", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def in_directory(data: bytes, field: int, value: bytes) -> bytes:
    """Return an archive whose first directory entry says something else at offset `field`."""
    start = data.index(b"PK\x01\x02") + field
    return data[:start] + value + data[start + len(value) :]


def with_member(data: bytes, name: str, content: str) -> bytes:
    """Return an archive with one of its text files replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        members = {member: zipped.read(member).decode() for member in zipped.namelist()}
    return archive({**members, name: content})
