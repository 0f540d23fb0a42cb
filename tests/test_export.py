"""A conversation as a file: what stands in it, and that nothing in it acts."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token as MarkdownToken

from rag.errors import StoreError
from rag.talk.header import one_line
from rag.types import AnswerSentence, Citation, Document, Section
from tests.fakes_ui import (
    BELL,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    UNKNOWN_QUESTION,
    UNPROVED,
    cite,
    mill_sentences,
)
from ui import strings
from ui.conversation import Exchange, Phase
from ui.export import FORMATS, Edition, as_bibtex, as_csl, as_html, as_markdown, plain
from ui.sources import sources_of

TEXTS = {
    MILL.id: replace(MILL, metadata=(("intervenants", "Anselme Corbier"), ("date", "1931"))),
    BELL.id: BELL,
}
EDITION = Edition(dt.date(2026, 3, 1), "0.1.0", TEXTS.__getitem__)

DIALECTS = ("commonmark", "default")
OUR_TOKENS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "blockquote_open",
    "blockquote_close", "inline", "text", "strong_open", "strong_close", "em_open", "em_close",
}  # fmt: skip
MORE_HOSTILE = (
    "1. un", "2) deux", "- un", "+ un", "* un", "===", "---", "    code", "\tcode", "> cité",
    "~~barré~~", "|a|b|\n|-|-|\n|c|d|", "[1]: http://attaque.example", "[^1]: note", "[[lien]]",
    "http://attaque.example", "www.attaque.example", "moi@attaque.example", "//attaque.example",
    "\\[lien](http://attaque.example)", "`code`", "$x$", ": définition", "un  \ndeux", "\\",
    "```\ncode", "~~~\ncode", "*", "**", "_a_", "&#91;lien&#93;(x)", "\x00\x1b[2J\ud800",
)  # fmt: skip

MARKDOWN = """\
# Conversation avec Parole

Exportée le 1er mars 2026 · Parole 0.1.0

Chaque numéro renvoie à l’extrait qui appuie la phrase. La mention «~non vérifié~» \
signale une phrase que les textes n’appuient pas.

## 1. Quand le moulin de Valbrune a-t-il été bâti ?

Le moulin a été bâti en 1742 par Anselme Corbier. \\[1\\] Il a cessé de tourner en 1931. \\[2\\] \
Il employait une dizaine d’ouvriers. *(non vérifié)*

### Sources

**\\[1\\]** Anselme Corbier, «~Le moulin de Valbrune~», 1931, Histoire.

> Le moulin de Valbrune a été bâti en 1742 par le meunier Anselme Corbier.

**\\[2\\]** Anselme Corbier, «~Le moulin de Valbrune~», 1931, Histoire.

> Le moulin a cessé de tourner en 1931

## 2. Qui a inventé le parapluie à moteur ?

**Pas de réponse dans les textes**

Aucun texte ne parle de ce sujet d’assez près pour y répondre.
"""


def answered(sentences: Sequence[AnswerSentence], question: str = MILL_QUESTION) -> Exchange:
    """Return an exchange that ended with these sentences."""
    sources = sources_of(sentences, TEXTS.__getitem__)
    return Exchange(1, question, Phase.DONE, sentences=tuple(sentences), sources=sources)


def ended(phase: Phase, message: str = "", draft: str = "") -> Exchange:
    """Return an exchange that ended otherwise."""
    return Exchange(2, UNKNOWN_QUESTION, phase, message=message, draft=draft)


CONVERSATION = (answered(mill_sentences()), ended(Phase.REFUSED, REFUSAL))


def hostile(text: str) -> tuple[Exchange, ...]:
    """Return a conversation that says nothing else, wherever something can be said."""
    document = Document("corpus/x.md", "", text, f"{text} {text} {text}", (Section(0, text),),
                        (("intervenants", text), ("genre", text), ("date", text)))  # fmt: skip
    start = len(text) + 1
    citation = Citation(1, document.id, text, text, text, start, start + len(text), 0.9)
    said = (AnswerSentence(text, supported=True, citations=(citation,)),)
    doubtful = (*said, AnswerSentence(text, supported=False))
    sources = sources_of(doubtful, lambda _: document)
    done = Exchange(1, text, Phase.DONE, sentences=doubtful, sources=sources, message=text)
    stopped = replace(done, phase=Phase.STOPPED, draft=text, sentences=(), sources=())
    return (done, stopped, replace(stopped, phase=Phase.REFUSED))


def flat(tokens: Sequence[MarkdownToken]) -> Iterator[MarkdownToken]:
    """Yield the tokens and those inside them."""
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def shown(markdown: str, dialect: str) -> list[str]:
    """Return the text of each block; fail at a token that is not one of ours."""
    tokens = MarkdownIt(dialect, {"html": True}).parse(markdown)
    assert {token.type for token in flat(tokens)} - OUR_TOKENS == set()
    blocks = (token.children or () for token in tokens if token.type == "inline")
    return ["".join(child.content for child in block) for block in blocks]


class Page(HTMLParser):
    """What a browser finds in an exported page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str | None]] = []
        self.others: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += attrs

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_pi = unknown_decl = handle_comment


def test_a_conversation_in_markdown() -> None:
    expected = MARKDOWN.replace("~", "\u00a0").replace(" ?\n", "\u00a0?\n")
    assert as_markdown(CONVERSATION, EDITION).replace(" ?\n", "\u00a0?\n") == expected


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", [*HOSTILE, *MORE_HOSTILE])
def test_no_text_is_markup_in_markdown(text: str, dialect: str) -> None:
    blocks = shown(as_markdown(hostile(text), EDITION), dialect)
    seen = one_line(text).replace("@", "@\u2060")
    assert blocks[3] == f"1. {seen}".rstrip(" ")
    assert blocks[4:6] == [seen, f"{seen} [1] {seen} (non vérifié)".lstrip(" ")]
    assert blocks[8] == seen
    assert blocks.count(seen) >= 4  # and in the draft, whose typography is put right


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_tokens_of_a_link_an_image_and_html_would_be_seen(dialect: str) -> None:
    for markdown in ("[a](b)", "![a](b)", "<b>a</b>", "<http://a.b>", "<b>\n", "- a", "`a`"):
        with pytest.raises(AssertionError):
            shown(markdown, dialect)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le 3.5, à 18 h 30 : oui.", "Le 3\\.5, à 18 h 30 : oui."),
        ("12. Douze", "12\\. Douze"),
        ("a@b.fr", "a@\u2060b\\.fr"),
        ("https://a.fr//b", "https\\:\\//a\\.fr\\//b"),
    ],
)
def test_prose_stays_readable_in_markdown(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_conversation_in_html() -> None:
    page = as_html(CONVERSATION, EDITION)
    assert page.startswith('<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n')
    text = "".join(Page(page).texts)
    for said in (
        MILL_QUESTION,
        f"{SENTENCES[0]}[1] {SENTENCES[1]}[2] {SENTENCES[2]} non vérifié",
        "Anselme Corbier, «\u00a0Le moulin de Valbrune\u00a0», 1931, Histoire.",
        "où passait le chemin des muletiers. Le moulin de Valbrune a été bâti",
        f"{strings.REFUSED}{REFUSAL}",
        "Exportée le 1er mars 2026 · Parole 0.1.0",
    ):
        assert said in text


def test_the_page_may_only_show_itself() -> None:
    values = Page(as_html(CONVERSATION, EDITION)).values
    policy = next(value for name, value in values if name == "content" and "src" in str(value))
    assert policy is not None
    assert policy.split("; ")[:2] == ["default-src 'none'", "style-src 'unsafe-inline'"]
    ids = {f"#{value}" for name, value in values if name == "id"}
    assert [value for name, value in values if name == "href"] == ["#source-1-1", "#source-1-2"]
    assert ids == {"#source-1-1", "#source-1-2"}


@pytest.mark.parametrize("text", [*HOSTILE, *MORE_HOSTILE])
def test_no_text_is_markup_in_html(text: str) -> None:
    harmless, page = Page(as_html(hostile("mot"), EDITION)), Page(as_html(hostile(text), EDITION))
    assert page.tags == harmless.tags
    assert page.others == []
    assert page.values == harmless.values
    seen = text.replace("\ud800", "?").strip()
    assert [found.strip() for found in page.texts].count(seen) >= 11  # and in the draft


def test_what_still_runs_is_left_out() -> None:
    running = Exchange(1, MILL_QUESTION, Phase.WRITING, draft="Le moulin")
    assert as_markdown([running], EDITION).endswith("n’appuient pas.\n")
    assert "moulin" not in as_html([running], EDITION)
    assert (as_bibtex([running], TEXTS.__getitem__), as_csl([], TEXTS.__getitem__)) == ("", "[]\n")


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (ended(Phase.FAILED, "Trop de questions."),
         [f"**{strings.FAILED}**", "Trop de questions."]),
        (ended(Phase.STOPPED, draft="Le mou"),
         [f"**{strings.STOPPED}**", f"*{strings.STOPPED_DRAFT}*", "> Le mou"]),
        (replace(answered([]), message=UNPROVED), [UNPROVED]),
    ],
)  # fmt: skip
def test_an_exchange_without_answer_says_why(exchange: Exchange, expected: list[str]) -> None:
    blocks = as_markdown([exchange], EDITION).removesuffix("\n").split("\n\n")
    assert blocks[4:] == expected
    text = "".join(Page(as_html([exchange], EDITION)).texts)
    assert [line for line in expected if line.strip("*> ") not in text] == []


def test_the_documents_cited_come_once_each_in_the_order_of_their_citations() -> None:
    bell = AnswerSentence("Six cents kilos.", supported=True,
                          citations=(cite(1, BELL, "La cloche de Saint-Orlon"),))  # fmt: skip
    asked = [answered([bell]), *CONVERSATION]
    titles = [item["title"] for item in json.loads(as_csl(asked, TEXTS.__getitem__))]
    assert titles == ["La cloche de Saint-Orlon", "Le moulin de Valbrune"]
    assert "author = {Corbier, Anselme}" in as_bibtex(asked, TEXTS.__getitem__)


def lost(document_id: str) -> Document:
    """Find no document."""
    raise StoreError(document_id)


def test_a_text_that_has_gone_keeps_its_title() -> None:
    expected = "@misc{corpus.moulin,\n  title = {{Le moulin de Valbrune}},\n}\n"
    assert as_bibtex(CONVERSATION, lost) == expected


def test_each_format_has_its_file() -> None:
    made = {
        name: (found.file, found.mime, found.write(CONVERSATION, EDITION))
        for name, found in FORMATS.items()
    }
    assert made == {
        "markdown": ("conversation-parole.md", "text/markdown", as_markdown(CONVERSATION, EDITION)),
        "html": ("conversation-parole.html", "text/html", as_html(CONVERSATION, EDITION)),
        "bibtex": ("sources-parole.bib", "application/x-bibtex",
                   as_bibtex(CONVERSATION, TEXTS.__getitem__)),
        "csl": ("sources-parole.json", "application/vnd.citationstyles.csl+json",
                as_csl(CONVERSATION, TEXTS.__getitem__)),
    }  # fmt: skip
