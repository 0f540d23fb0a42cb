"""A conversation as a file: Markdown, HTML, or the texts it cites as BibTeX and CSL-JSON.

Whatever is exported stays text: it can be no link, image, HTML or heading in the file.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.talk.header import one_line
from rag.types import AnswerSentence, Document
from ui import strings
from ui.conversation import Exchange, Phase, unsettled
from ui.format import escape
from ui.references import bibtex, csl
from ui.sources import Source, cited

DocumentOf = Callable[[str], Document]
"""Gives a text by its id, or raises KeyError or ParoleError if it has gone."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the exported page may do: show itself."""

STYLE = """
:root { --paper: #fbf9f5; --ink: #22201c; --soft: #655e55; --line: #e3dccf; --accent: #7b1e34;
  --mark: #fbe9ab; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #181613; --ink: #ece7de; --soft: #aea597;
  --line: #39342d; --accent: #f0a3b3; --mark: #5b4a12; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1, h2, .answer { font-family: "Iowan Old Style", Palatino, Georgia, "DejaVu Serif", serif; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; color: var(--accent); }
header p { margin: .35rem 0 0; font-size: .875rem; color: var(--soft); }
article { margin-top: 2.5rem; padding-top: 2rem; border-top: 1px solid var(--line); }
h2 { margin: 0 0 .75rem; font-size: 1.35rem; line-height: 1.3; text-wrap: balance; }
h3 { margin: 1.75rem 0 .5rem; font-size: .8125rem; letter-spacing: .06em;
  text-transform: uppercase; color: var(--soft); }
.answer { margin: 0; font-size: 1.125rem; line-height: 1.7; }
.state { margin: 0 0 .75rem; padding-left: .9rem; border-left: 3px solid var(--accent); }
.unverified { color: var(--soft); }
.unverified small, .draft small { padding: .05rem .4rem; border: 1px solid; border-radius: 1rem;
  font: .75rem system-ui, sans-serif; white-space: nowrap; }
.draft { color: var(--soft); font-style: italic; }
sup { line-height: 0; font: .75rem system-ui, sans-serif; }
sup a { padding: 0 .1rem; color: var(--accent); text-decoration: none; }
a:focus-visible { outline: 2px solid var(--accent); }
ol { margin: 0; padding: 0; list-style: none; }
li { position: relative; padding: .6rem 0 .6rem 2.25rem; }
li > b { position: absolute; left: 0; color: var(--accent); }
li:target { outline: 2px solid var(--accent); outline-offset: .25rem; }
li p { margin: 0; font-size: .9375rem; }
blockquote { margin: .4rem 0 0; font-size: .9375rem; color: var(--soft); }
mark { background: var(--mark); color: var(--ink); padding: .1rem 0; }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #7b1e34;
  --mark: #f3edd8; font-size: 10pt; } body { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; } li { break-inside: avoid; } }
"""

_MARKUP = re.compile(r"[\\`*_{}\[\]#|~$^%]|[:.](?=\S)|/(?=/)")
"""What may be Markdown in some dialect, or a part of an address that it makes a link of."""

_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")
"""What makes a list or a heading of a line."""

_LABELS = {
    Phase.REFUSED: strings.REFUSED,
    Phase.STOPPED: strings.STOPPED,
    Phase.FAILED: strings.FAILED,
}
"""What is said of an exchange that has no answer."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u2060"})
"""Not every dialect lets a backslash stand before these; a word joiner unmakes an address."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The day and the version that an export names, and where it finds the texts cited."""

    date: dt.date
    version: str
    document: DocumentOf

    def made(self) -> str:
        """Return the line that says when and by what the export was made."""
        day = strings.EXPORT_FIRST if self.date.day == 1 else self.date.day
        month = strings.MONTHS[self.date.month - 1]
        date = strings.EXPORT_DATE.format(day=day, month=month, year=self.date.year)
        return strings.EXPORT_MADE.format(date=date, version=self.version)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of export: the file's name, its MIME type and what makes its text."""

    file: str
    mime: str
    write: Callable[[Sequence[Exchange], Edition], str]


def as_markdown(exchanges: Sequence[Exchange], edition: Edition) -> str:
    """Return the conversation as Markdown; an exchange that still runs is left out."""
    parts = [f"# {strings.EXPORT_TITLE}", edition.made(), strings.EXPORT_LEGEND]
    for number, exchange in enumerate(_settled(exchanges), start=1):
        parts += [f"## {number}. {plain(exchange.question)}", *_paragraphs(exchange)]
    return "\n\n".join(parts) + "\n"


def as_html(exchanges: Sequence[Exchange], edition: Edition) -> str:
    """Return the conversation as one page that needs and may do nothing but show itself."""
    title = escape(strings.EXPORT_TITLE)
    articles = "\n".join(
        f'<article>\n<h2 dir="auto">{escape(exchange.question)}</h2>\n'
        f"{_answer(exchange, number)}</article>"
        for number, exchange in enumerate(_settled(exchanges), start=1)
    )
    page = (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<header>\n<h1>{title}</h1>\n<p>{escape(edition.made())}</p>\n"
        f"<p>{escape(strings.EXPORT_LEGEND)}</p>\n</header>\n"
        f"{articles}\n</main>\n</body>\n</html>\n"
    )
    return page.encode(errors="replace").decode()


def as_bibtex(exchanges: Sequence[Exchange], document: DocumentOf) -> str:
    """Return the documents that the answers cite, as BibTeX, in the order of their citations."""
    return bibtex(_documents(exchanges, document))


def as_csl(exchanges: Sequence[Exchange], document: DocumentOf) -> str:
    """Return the documents that the answers cite, as CSL-JSON, in the order of their citations."""
    return csl(_documents(exchanges, document))


FORMATS = {
    "markdown": Format("conversation-parole.md", "text/markdown", as_markdown),
    "html": Format("conversation-parole.html", "text/html", as_html),
    "bibtex": Format(
        "sources-parole.bib",
        "application/x-bibtex",
        lambda exchanges, edition: as_bibtex(exchanges, edition.document),
    ),
    "csl": Format(
        "sources-parole.json",
        "application/vnd.citationstyles.csl+json",
        lambda exchanges, edition: as_csl(exchanges, edition.document),
    ),
}
"""The exports by the names that the page asks for them by."""


def plain(text: str) -> str:
    """Return the text as Markdown that shows it, on one line, and does nothing else."""
    escaped = _MARKUP.sub(r"\\\g<0>", one_line(text))
    return _LINE_START.sub(r"\1\\", escaped).translate(_ENTITIES)


def _settled(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Return the exchanges to which nothing more will come."""
    return [exchange for exchange in exchanges if not exchange.phase.running]


def _documents(exchanges: Sequence[Exchange], document: DocumentOf) -> Iterator[Document]:
    """Yield the document of each source; a document may come more than once."""
    for exchange in _settled(exchanges):
        for source in exchange.sources:
            yield cited(source.document, source.title, document)


def _draft(exchange: Exchange) -> str:
    """Return what an interrupted answer had written and nobody has checked."""
    if exchange.phase is not Phase.STOPPED:
        return ""
    return unsettled(exchange.draft, exchange.sentences).strip()


def _paragraphs(exchange: Exchange) -> Iterator[str]:
    """Yield the blocks of an answer in Markdown."""
    if label := _LABELS.get(exchange.phase):
        yield f"**{label}**"
    if exchange.message:
        yield plain(exchange.message)
    if exchange.aside:
        yield plain(exchange.aside)
    if exchange.sentences:
        yield " ".join(map(_marked, exchange.sentences))
    if draft := _draft(exchange):
        yield f"*{plain(strings.STOPPED_DRAFT)}*"
        yield f"> {plain(draft)}"
    if exchange.sources:
        yield f"### {strings.SOURCES}"
    for source in exchange.sources:
        yield f"**\\[{source.n}\\]** {plain(source.reference)}"
        yield f"> {plain(source.quote)}"


def _marked(sentence: AnswerSentence) -> str:
    """Return a sentence in Markdown with its numbers, or with the mark that it has none."""
    if not sentence.supported:
        return f"{plain(sentence.text)} *({strings.UNVERIFIED})*"
    numbers = "".join(f"\\[{citation.n}\\]" for citation in sentence.citations)
    return f"{plain(sentence.text)} {numbers}"


def _answer(exchange: Exchange, number: int) -> str:
    """Return an answer and its sources in HTML."""
    label, message = escape(_LABELS.get(exchange.phase, "")), escape(exchange.message)
    lines = (label and f"<b>{label}</b>", message and f"<bdi>{message}</bdi>")
    state = "<br>".join(filter(None, lines))
    spoken = [_sentence(sentence, number) for sentence in exchange.sentences]
    prose = " ".join(spoken) or (exchange.aside and f"<bdi>{escape(exchange.aside)}</bdi>")
    draft = _draft(exchange)
    mark = f"<small>{escape(strings.STOPPED_DRAFT)}</small>"
    sources = "".join(_source(source, number) for source in exchange.sources)
    blocks = (
        (state, f'<p class="state">{state}</p>\n'),
        (prose, f'<p class="answer" dir="auto">{prose}</p>\n'),
        (draft, f'<p class="draft" dir="auto">{mark} {escape(draft)}</p>\n'),
        (sources, f"<h3>{escape(strings.SOURCES)}</h3>\n<ol>\n{sources}</ol>\n"),
    )
    return "".join(block for content, block in blocks if content)


def _sentence(sentence: AnswerSentence, number: int) -> str:
    """Return a sentence in HTML with the links to its sources, or with its mark."""
    text = f"<bdi>{escape(sentence.text.strip())}</bdi>"
    if not sentence.supported:
        mark = f"<small>{escape(strings.UNVERIFIED)}</small>"
        return f'<span class="unverified">{text} {mark}</span>'
    links = "".join(
        f'<a href="#source-{number}-{citation.n}">[{citation.n}]</a>'
        for citation in sentence.citations
    )
    return f"{text}<sup>{links}</sup>"


def _source(source: Source, number: int) -> str:
    """Return a source in HTML: its reference, and its quote within its context."""
    before, after = f"<bdi>{escape(source.before)}</bdi>", f"<bdi>{escape(source.after)}</bdi>"
    return (
        f'<li id="source-{number}-{source.n}"><b>{source.n}</b>'
        f'<p dir="auto">{escape(source.reference)}</p>\n<blockquote dir="auto">'
        f"{before}<mark><bdi>{escape(source.quote)}</bdi></mark>{after}</blockquote></li>\n"
    )
