"""Whole texts and exports, asked for by a browser that may send anything."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version

import pytest

from rag.errors import StoreError
from rag.types import Document, Section
from tests.fakes_ui import (
    BELL,
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    UNKNOWN_QUESTION,
    assistant,
)
from tests.test_actions import END, JUNK, START, TALK, TODAY, named
from ui import strings
from ui.actions import PLACES, everywhere, export, text_at
from ui.session import Session, begin
from ui.views.reading import Place, nothing_open


def shown(document: object, start: object = 0, end: object = 0, place: Place = "panel") -> str:
    """Return a text of the fake as the page shows it."""
    return text_at(assistant().document, document, (start, end), place)


def marked(html: str) -> list[str]:
    """Return what is marked."""
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", html)


@pytest.mark.parametrize("place", PLACES)
def test_a_whole_text_is_shown_with_its_stretch_marked(place: Place) -> None:
    html = shown(MILL.id, START, END, place)
    assert marked(html) == [BUILT]
    assert f'<mark id="stretch-{place}" tabindex="-1">' in html
    assert f'data-document="{MILL.id}" data-start="{START}" data-end="{END}"' in html
    assert re.sub(r"<[^>]*>", "", html.split('class="text">')[1]).startswith(MILL.text)


def test_a_text_without_a_stretch_has_no_mark_but_its_questions() -> None:
    html = shown(BELL.id)
    assert marked(html) == []
    assert 'data-question="Combien pèse la cloche de Saint-Orlon\u00a0?"' in html


@pytest.mark.parametrize("document", JUNK, ids=named)
def test_a_document_that_is_none_shows_that_none_is_open(document: object) -> None:
    assert shown(document) == nothing_open()


@pytest.mark.parametrize(
    "document",
    [
        "/etc/passwd",
        "../../etc/passwd",
        "corpus/../corpus/moulin.md",
        "corpus/moulin.md\0",
        "moulin",
    ],
)
def test_only_the_names_of_texts_open_them(document: str) -> None:
    assert shown(document) == nothing_open()


def test_a_text_is_asked_for_by_what_utf_8_can_carry() -> None:
    wanted: list[str] = []

    def document_of(name: str) -> Document:
        wanted.append(name)
        raise KeyError(name)

    for name in ("corpus/\ud800.md", ["corpus/moulin.md"], None):
        assert text_at(document_of, name, (0, 0), "panel") == nothing_open()
    assert wanted == ["corpus/?.md", "", ""]


def test_a_text_is_looked_for_in_the_corpus_then_among_ones_own() -> None:
    mine = replace(BELL, text="Ma cloche, à moi.")
    note = replace(MILL, id="parole-1/note.md")
    corpus, own = assistant(), replace(assistant(), texts=(mine, note))
    find = everywhere(corpus, own)
    assert [find(name) for name in (MILL.id, BELL.id, note.id)] == [MILL, BELL, note]
    for of, name in ((find, "absent"), (everywhere(corpus, None), note.id)):
        with pytest.raises(KeyError):
            of(name)
        assert text_at(of, name, (0, 0), "own") == nothing_open()


def test_a_text_that_cannot_be_read_any_more_shows_that_none_is_open() -> None:
    def document_of(_: str) -> Document:
        raise StoreError("L’index a changé.")

    assert text_at(document_of, MILL.id, (0, 1), "corpus") == nothing_open()


@pytest.mark.parametrize("value", JUNK, ids=named)
def test_a_stretch_that_is_none_is_not_marked(value: object) -> None:
    assert marked(shown(MILL.id, value, value)) == []
    assert 'data-start="0" data-end="0"' in shown(MILL.id, value, value)
    assert marked(shown(MILL.id, START, value)) == []


@pytest.mark.parametrize(
    "stretch",
    [
        (END, START),
        (START, START),
        (-5, 5),
        (-10, -1),
        (0, len(MILL.text) + 1),
        (len(MILL.text), len(MILL.text) + 1),
        (float(START), float(END)),
        (False, True),
    ],
)
def test_a_stretch_that_the_text_does_not_have_is_not_marked(
    stretch: tuple[object, object],
) -> None:
    html = shown(MILL.id, *stretch)
    assert marked(html) == []
    assert 'data-start="0" data-end="0"' in html


def test_the_first_and_the_last_character_can_be_marked() -> None:
    assert marked(shown(MILL.id, 0, 1)) == ["L"]
    assert marked(shown(MILL.id, len(MILL.text) - 1, len(MILL.text))) == ["."]
    assert marked(shown(MILL.id, 0, len(MILL.text))) == [MILL.text]


class Elements(HTMLParser):
    """The names of all elements and of all their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_text(text: str) -> None:
    document = Document(text, "", text, text, (Section(0, text),), ((text, text),))
    found = Elements(text_at(lambda _: document, text, (0, len(text)), "corpus"))
    harmless = Elements(shown(MILL.id, START, END, "corpus"))
    assert found.names <= harmless.names | {"h3"}
    assert found.attributes <= harmless.attributes


# --- exports


def test_an_export_is_a_file_of_that_format() -> None:
    file = export(assistant().document, TODAY, TALK, "markdown")
    assert file is not None
    assert (file["name"], file["type"]) == ("conversation-parole.md", "text/markdown")
    assert f"Exportée le 9 mars 2026 · Parole {version('parole')}" in file["text"]
    assert f"## 1. {MILL_QUESTION}" in file["text"]
    assert f"## 2. {UNKNOWN_QUESTION}" in file["text"]


@pytest.mark.parametrize("name", strings.EXPORT_FORMATS)
def test_every_format_that_the_page_offers_is_there(name: str) -> None:
    file = export(assistant().document, TODAY, TALK, name)
    assert file is not None
    assert MILL.title in file["text"]
    assert all(isinstance(value, str) for value in file.values())


@pytest.mark.parametrize("name", strings.EXPORT_FORMATS)
def test_nothing_can_be_exported_too(name: str) -> None:
    file = export(assistant().document, TODAY, Session(), name)
    assert file is not None
    assert MILL_QUESTION not in file["text"]


@pytest.mark.parametrize(
    "name", ["", "pdf", "Markdown", "markdown ", "../markdown", "__class__", "\ud800", "html\0"]
)
def test_a_format_that_there_is_not_makes_no_file(name: str) -> None:
    assert export(assistant().document, TODAY, TALK, name) is None


def test_an_answer_that_still_comes_is_not_exported() -> None:
    file = export(assistant().document, TODAY, begin(TALK, "Et la cloche ?"), "html")
    assert file is not None
    assert "Et la cloche" not in file["text"]


@pytest.mark.parametrize("name", ["bibtex", "csl"])
def test_a_text_that_has_gone_is_exported_by_its_title(name: str) -> None:
    fake = replace(assistant(), texts=())
    file = export(fake.document, TODAY, TALK, name)
    assert file is not None
    assert MILL.title in file["text"]
