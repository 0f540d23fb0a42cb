"""Passages: exact offsets, nothing lost, sensible cuts."""

import hashlib
import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.config import ChunkSettings
from rag.french.sentences import sentence_spans
from rag.index.chunk import MAX_CHARS, chunk, count_words, fingerprint
from rag.types import Document, Passage, Section

SMALL = ChunkSettings(min_words=6, max_words=12)


def document(text: str, *sections: Section, name: str = "textes/pont.md") -> Document:
    """Return a document of `text`, one section unless told."""
    return Document(name, "0" * 64, "Le pont", text, sections or (Section(0, ""),))


def texts(passages: list[Passage]) -> list[str]:
    """Return the texts of `passages`."""
    return [passage.text for passage in passages]


def sentence(words: int, name: str = "mot") -> str:
    """Return a sentence of so many words."""
    return " ".join([name.capitalize(), *[name] * (words - 1)]) + "."


def test_a_short_document_is_one_passage() -> None:
    found = chunk(document("  Le pont est fermé. Il rouvre lundi.\n"), ChunkSettings())
    text = "Le pont est fermé. Il rouvre lundi."
    identity = json.dumps(["textes/pont.md", 2, 37, text]).encode()
    expected = Passage(
        id=hashlib.sha256(identity).hexdigest()[:15],
        document_id="textes/pont.md",
        title="Le pont",
        section="",
        page=None,
        start=2,
        end=37,
        text=text,
    )
    assert found == [expected]


def test_nothing_gives_no_passage() -> None:
    assert chunk(document(""), SMALL) == []
    assert chunk(document(" \n\n\t"), SMALL) == []


def test_a_long_text_is_cut_into_nearly_equal_passages_without_a_tiny_rest() -> None:
    text = " ".join([sentence(10)] * 45)
    found = chunk(document(text), ChunkSettings())
    assert [count_words(passage.text) for passage in found] == [150, 150, 150]


def test_sentences_are_never_cut() -> None:
    parts = [sentence(5, "un"), sentence(6, "deux"), sentence(7, "trois"), sentence(4, "six")]
    found = chunk(document(" ".join(parts)), SMALL)
    assert texts(found) == [f"{parts[0]} {parts[1]}", f"{parts[2]} {parts[3]}"]


def test_small_neighbouring_sections_share_a_passage_and_its_section_is_the_first() -> None:
    text = "Histoire\n\nLe pont est vieux.\n\nAccès\n\nLe pont est loin."
    sections = (Section(0, "Histoire"), Section(30, "Accès"))
    found = chunk(document(text, *sections), SMALL)
    assert [(p.section, p.text) for p in found] == [("Histoire", text)]


def test_a_passage_begins_at_a_section_where_it_can() -> None:
    first = f"Histoire\n\n{sentence(3)} {sentence(5)}"
    second = f"Accès\n\n{sentence(6)} {sentence(3)}"
    sections = (Section(0, "Histoire"), Section(len(first) + 2, "Accès"))
    found = chunk(document(f"{first}\n\n{second}", *sections), SMALL)
    assert [(p.section, p.text) for p in found] == [("Histoire", first), ("Accès", second)]


def test_a_heading_never_ends_a_passage() -> None:
    body = [sentence(5, name) for name in ("un", "deux", "trois", "six")]
    text = f"{body[0]} {body[1]}\n\nAccès\n\n{body[2]} {body[3]}"
    found = chunk(document(text), SMALL)
    assert texts(found) == [f"{body[0]} {body[1]}", f"Accès\n\n{body[2]} {body[3]}"]


def test_the_title_of_a_section_is_a_heading_even_with_a_mark() -> None:
    body = [sentence(5, name) for name in ("un", "deux", "trois")]
    first = f"{body[0]} {body[1]}"
    text = f"{first}\n\nQue faire ?\n\n{body[2]}"
    found = chunk(document(text, Section(0, ""), Section(len(first) + 2, "Que faire ?")), SMALL)
    assert texts(found) == [first, f"Que faire ?\n\n{body[2]}"]


def test_a_passage_never_spans_two_pages() -> None:
    text = "Le pont est\nfermé depuis lundi. Il rouvre."
    sections = (Section(0, "", 1), Section(12, "", 2))
    found = chunk(document(text, *sections), SMALL)
    assert [(p.page, p.start, p.text) for p in found] == [
        (1, 0, "Le pont est"),
        (2, 12, "fermé depuis lundi. Il rouvre."),
    ]


def test_two_sections_of_one_page_may_share_a_passage() -> None:
    sections = (Section(0, "A", 1), Section(10, "B", 1))
    found = chunk(document("Il pleut.\nIl vente.", *sections), SMALL)
    assert texts(found) == ["Il pleut.\nIl vente."]


def test_an_overlong_sentence_is_cut_at_semicolons_then_commas_then_spaces() -> None:
    text = "il pleut sur le port ce matin, il vente ; " * 3 + "tout est gris et la mer monte encore"
    found = chunk(document(text), SMALL)
    assert texts(found) == [
        "il pleut sur le port ce matin, il vente ;",
        "il pleut sur le port ce matin, il vente ;",
        "il pleut sur le port ce matin, il vente ;",
        "tout est gris et la mer monte encore",
    ]


def test_a_raw_transcript_without_marks_is_cut_between_words() -> None:
    found = chunk(document(" ".join(["alors"] * 1000)), ChunkSettings())
    assert " ".join(texts(found)) == " ".join(["alors"] * 1000)
    assert all(120 <= count_words(passage.text) <= 220 for passage in found)


def test_a_word_longer_than_a_passage_is_cut_in_characters() -> None:
    found = chunk(document("a" * 4000), ChunkSettings())
    assert texts(found) == ["a" * MAX_CHARS, "a" * MAX_CHARS, "a" * (4000 - 2 * MAX_CHARS)]


def test_decimal_commas_are_no_place_to_cut() -> None:
    found = chunk(document(" ".join(["1,5"] * 30)), SMALL)
    assert [t for passage in found for t in passage.text.split()] == ["1,5"] * 30


def test_the_same_text_elsewhere_is_another_passage() -> None:
    one, two = (chunk(document("Il pleut.", name=name), SMALL)[0] for name in ("a", "b"))
    assert one.id != two.id
    assert one.text == two.text
    assert 0 < int(one.id, 16) < 2**60


def test_the_same_document_gives_the_same_passages() -> None:
    text = " ".join(sentence(n % 17 + 3) for n in range(200))
    assert chunk(document(text), ChunkSettings()) == chunk(document(text), ChunkSettings())


def test_passages_of_this_version_stay_the_same() -> None:
    """If this fails, raise CHUNKER_VERSION: indexes on disk must be cut again."""
    text = "Histoire\n\n" + " ".join(sentence(n % 17 + 3) for n in range(40))
    found = chunk(document(text), ChunkSettings())
    assert [(p.start, p.end) for p in found] == [(0, 850), (851, 1677)]


def test_the_fingerprint_changes_with_the_settings() -> None:
    assert fingerprint(SMALL) == fingerprint(ChunkSettings(6, 12))
    assert len({fingerprint(ChunkSettings(6, n)) for n in range(7, 20)}) == 13


@pytest.mark.parametrize("bad", [ChunkSettings(0, 5), ChunkSettings(6, 5), ChunkSettings(-1, 0)])
def test_impossible_settings_are_refused(bad: ChunkSettings) -> None:
    with pytest.raises(ValueError, match=f"min_words={bad.min_words}, max_words={bad.max_words}"):
        chunk(document("Il pleut."), bad)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Il pleut.", 2), ("— Oui !", 1), ("1,5 %", 1), ("l’eau\N{NO-BREAK SPACE}:", 1)],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw hostile texts in sections, with and without pages."""
    hostile = st.sampled_from(".?!…»« \n\r\f\u2028\u2029\xa0\u200b#-•;,MaÉ9\u0301\x00א😀ﷺ")
    wild = st.text(st.one_of(hostile, st.characters(exclude_categories=["Cs"])), max_size=60)
    plain = st.sampled_from(["un mot, ", "Il pleut. ", "titre\n\n", "a" * 90, "; ", "x " * 15])
    parts = draw(st.lists(st.one_of(wild, plain), max_size=25))
    text = "".join(parts)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(text))), max_size=5)))
    paged = draw(st.booleans())
    starts = [0, *cuts]
    pages = [n // 2 if paged else None for n in range(len(starts))]
    sections = [Section(s, f"s{s}", page) for s, page in zip(starts, pages, strict=True)]
    return document(text, *sections)


@given(documents(), st.sampled_from([SMALL, ChunkSettings(), ChunkSettings(1, 1)]))
@settings(max_examples=150, deadline=None)
def test_offsets_are_exact_and_nothing_is_lost(doc: Document, limits: ChunkSettings) -> None:
    found = chunk(doc, limits)
    assert all(doc.text[p.start : p.end] == p.text == p.text.strip() != "" for p in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    bounds = [0, *(offset for p in found for offset in (p.start, p.end)), len(doc.text)]
    assert (
        "".join(doc.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)).strip() == ""
    )
    assert all(count_words(p.text) <= limits.max_words for p in found)
    assert all(len(p.text) <= MAX_CHARS for p in found)


@given(documents())
@settings(max_examples=100, deadline=None)
def test_each_sentence_is_in_one_passage_of_its_own_page(doc: Document) -> None:
    found = chunk(doc, ChunkSettings())
    ends = [section.start for section in doc.sections[1:]] + [len(doc.text)]
    for section, end in zip(doc.sections, ends, strict=True):
        for a, b in sentence_spans(doc.text[section.start : end]):
            start, stop = section.start + a, section.start + b
            holders = [p for p in found if p.start <= start and stop <= p.end]
            pages = [p.page for p in holders]
            assert (
                pages == [section.page]
                or count_words(doc.text[start:stop]) > 220
                or b - a > MAX_CHARS
            )
