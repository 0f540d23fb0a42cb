"""Whole texts, the list of them and the passages that a search finds, as HTML."""

from dataclasses import replace

import pytest

from rag.types import Document, Hit, Section
from tests.fakes_ui import BELL, HOSTILE, MILL, FakeSummary, hit
from tests.markup import FILLER, Reading, assert_data
from ui.views.catalogue import catalogue, found
from ui.views.reading import nothing_open, reading

HEADED = Document(
    id="a/b.md",
    sha256="0" * 64,
    title="Un <titre>",
    text="Premier titre\n\nUn. Deux.\n\nSecond titre\n\nTrois & quatre.",
    sections=(Section(0, "Premier titre"), Section(26, "Second titre")),
    metadata=(("intervenants", "Ana <b>"), ("mots_cles", "x, y"), ("le_champ", "v"), ("vide", "")),
)


def stretch(text: str) -> tuple[int, int]:
    """Return where a stretch stands in the headed text."""
    start = HEADED.text.index(text)
    return start, start + len(text)


def test_headings_are_headings_and_paragraphs_paragraphs() -> None:
    assert (
        '<div class="text"><h3 dir="auto">Premier titre</h3><p dir="auto">Un. Deux.</p>'
        '<h3 dir="auto">Second titre</h3><p dir="auto">Trois &amp; quatre.</p></div>'
    ) in reading(HEADED, 0, 0, "panel")


def test_the_stretch_is_marked_where_it_stands() -> None:
    assert '<p dir="auto">Un. <mark id="stretch-corpus" tabindex="-1">Deux.</mark></p>' in reading(
        HEADED, *stretch("Deux."), "corpus"
    )


def test_a_stretch_over_paragraphs_is_marked_in_each_and_named_once() -> None:
    shown = reading(HEADED, *stretch("Deux.\n\nSecond titre\n\nTrois"), "panel")
    assert (
        '<p dir="auto">Un. <mark id="stretch-panel" tabindex="-1">Deux.</mark></p>'
        '<h3 dir="auto"><mark>Second titre</mark></h3>'
        '<p dir="auto"><mark>Trois</mark> &amp; quatre.</p>'
    ) in shown


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (400, 500)])
def test_nothing_is_marked_without_a_stretch(start: int, end: int) -> None:
    shown = reading(HEADED, start, end, "panel")
    assert "<mark" not in shown
    assert Reading(shown).text.endswith("Trois & quatre.")


def test_a_text_names_itself_for_the_page_s_script() -> None:
    assert reading(HEADED, 3, 9, "panel").startswith(
        '<article class="reading" data-document="a/b.md" data-start="3" data-end="9">'
    )


def test_the_header_of_the_file_is_told_in_french() -> None:
    shown = reading(HEADED, 0, 0, "panel")
    assert (
        "<dl><div><dt><bdi>Intervenants</bdi></dt><dd><bdi>Ana &lt;b&gt;</bdi></dd></div>"
        "<div><dt><bdi>Mots-clés</bdi></dt><dd><bdi>x, y</bdi></dd></div>"
        "<div><dt><bdi>Le champ</bdi></dt><dd><bdi>v</bdi></dd></div></dl>"
    ) in shown


def test_a_text_without_a_header_has_no_list_of_facts() -> None:
    assert "<dl>" not in reading(replace(HEADED, metadata=()), 0, 0, "panel")


def test_the_questions_of_a_text_are_asked_by_a_click_and_no_fact_about_it() -> None:
    shown = reading(MILL, 0, 0, "corpus", ("Qui ?",))
    assert "questions" not in shown.lower().split("</dl>")[0]
    assert 'data-action="example_select" data-question="Qui ?"' in shown


@pytest.mark.parametrize(
    ("place", "ways"), [("panel", ["back", "close"]), ("corpus", ["shelf"]), ("own", ["shelf"])]
)
def test_a_text_can_be_left(place: str, ways: list[str]) -> None:
    shown = reading(BELL, 0, 0, place)  # type: ignore[arg-type]  # one of the three
    assert [part.split('"')[0] for part in shown.split('data-action="')[1:]] == ways


def test_no_text_is_open() -> None:
    assert nothing_open() == '<p class="nothing">Choisissez un texte pour le lire ici.</p>'


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text(text: str) -> None:
    def shown(one: str) -> str:
        body, sections = f"{one}\n\nA {one}", (Section(0, one),)
        document = Document(one, "0" * 64, one, body, sections, (("source", one),))
        return reading(document, 0, 1, "panel", (one,))

    marked = '<mark id="stretch-panel" tabindex="-1">'
    hostile, plain = (
        shown(one).replace(marked, "").replace("</mark>", "", 1) for one in (text, FILLER)
    )
    assert_data(hostile, plain, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_of_a_field_stays_text(text: str) -> None:
    def shown(one: str) -> Reading:
        return Reading(reading(replace(HEADED, metadata=((one, "v"),)), 0, 0, "own"))

    assert shown(text).elements == shown(FILLER).elements
    assert text[1:].replace("_", " ") in shown(text).text


def test_each_text_of_the_corpus_is_a_card_that_opens_it() -> None:
    shown = catalogue([FakeSummary(MILL.id, MILL.title, MILL.metadata, 3)])
    assert '<h2 class="heading">1 texte</h2>' in shown
    assert (
        f'<li><h3><button type="button" class="link" data-action="select" '
        f'data-document="{MILL.id}" data-start="0" data-end="0" data-place="corpus">'
        "<bdi>Le moulin de Valbrune</bdi></button></h3>"
        '<p class="facts"><bdi>Claire Morvan, Anselme Corbier</bdi></p>'
    ) in shown
    assert Reading(shown).text.endswith("mars 2019 · entretien · 3 passages")


def test_a_text_of_which_nothing_is_known_has_its_title() -> None:
    shown = catalogue([FakeSummary("a", "Titre", ())])
    assert Reading(shown).text == "1 texteTitre1 passage"


def test_an_empty_corpus_says_what_to_do() -> None:
    assert "L’index ne contient aucun texte." in catalogue(())


def passage(text: str, **about: object) -> Hit:
    """Return a passage found."""
    whole = replace(hit(MILL).passage, text=text, start=40, end=40 + len(text))
    return Hit(replace(whole, **about), 0.5, 0.5, 0.5)  # type: ignore[arg-type]  # as given


def test_a_passage_found_opens_at_its_place_in_the_text() -> None:
    shown = found([passage("Un pont <de> bois.")], "pont")
    assert '<h2 class="heading">1 passage trouvé</h2>' in shown
    assert f'data-document="{MILL.id}" data-start="40" data-end="58" data-place="corpus"' in shown
    assert "Un <mark>pont</mark> &lt;de&gt; bois." in shown
    assert "section «\u00a0Histoire\u00a0»" in shown


def test_words_are_marked_whatever_their_ending_case_and_accents() -> None:
    shown = found([passage("Les RÉPUTATIONS de l’eau ; un tapis.")] * 2, "reputation, eaux")
    assert '<h2 class="heading">2 passages trouvés</h2>' in shown
    assert "Les <mark>RÉPUTATIONS</mark> de l’<mark>eau</mark> ; un tapis." in shown


def test_little_words_are_not_marked() -> None:
    assert "<mark>" not in found([passage("Le pont de la ville.")], "de la")


def test_a_long_passage_is_cut_around_the_first_word_found() -> None:
    shown = found([passage(f"{'avant ' * 60}roue {'après ' * 100}")], "roue")
    quote = Reading(shown.split("<blockquote")[1]).text
    assert quote.startswith(' dir="auto">… avant avant')
    assert quote.endswith("après …")
    assert "<mark>roue</mark>" in shown
    assert len(quote) < 400


def test_nothing_found_says_what_to_try() -> None:
    assert found((), "roue") == (
        '<p class="nothing">Aucun passage ne correspond. Essayez d’autres mots.</p>'
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_passages_are_text(text: str) -> None:
    def shown(one: str) -> str:
        hits = [passage(one, title=one, section=one, document_id=one, end=99)]
        return found(hits, "introuvable") + catalogue([FakeSummary(one, one, (("genre", one),))])

    assert_data(shown(text), shown(FILLER), text)


def test_the_words_of_a_hostile_passage_are_marked_as_words() -> None:
    assert "&lt;<mark>script</mark>&gt;<mark>alert</mark>(1)" in found(
        [passage("<script>alert(1)</script>")], "script alert"
    )
