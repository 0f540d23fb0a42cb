"""Which texts a reader's choice leaves, over invented ones."""

import pytest

from rag.types import Document
from ui.filters import Choice, Facets, Filter, chosen, describe, facets

NBSP = "\u00a0"


def text(name: str, **fields: str) -> Document:
    """Return a text with these fields in its header."""
    return Document(
        id=f"corpus/{name}.md",
        sha256="0" * 64,
        title=f"Carnet de {name}",
        text="",
        sections=(),
        metadata=tuple(fields.items()),
    )


LIGHT = text("phare", intervenants="Odile Marin, Anne Le Goff", date="mai 1912", genre="récit")
BELL = text("cloche", intervenants="Anne Le Goff", date="1931", genre="entretien")
OVEN = text("four", intervenants="Élie Brun", date="inconnue (four éteint en 1950)", genre="récit")
FERRY = text("bac")
TEXTS = [LIGHT, BELL, OVEN, FERRY]
IDS = {document.id.removeprefix("corpus/").removesuffix(".md"): document.id for document in TEXTS}


def kept(wanted: Filter) -> list[str] | None:
    """Return the names of the texts that the choice leaves, in order; None for all."""
    ids = chosen(wanted, TEXTS)
    return None if ids is None else [name for name, key in IDS.items() if key in ids]


def test_facets_have_every_value_in_order_with_its_number_of_texts() -> None:
    assert facets(TEXTS) == Facets(
        documents=tuple(Choice(document.id, document.title, 1) for document in TEXTS),
        speakers=(
            Choice("Anne Le Goff", "Anne Le Goff", 2),
            Choice("Élie Brun", "Élie Brun", 1),
            Choice("Odile Marin", "Odile Marin", 1),
        ),
        genres=(Choice("entretien", "entretien", 1), Choice("récit", "récit", 2)),
        years=(
            Choice("1931", "1931", 1),
            Choice("1912", "1912", 1),
            Choice("sans date", "sans date", 2),
        ),
    )


def test_no_texts_have_no_facets() -> None:
    assert facets([]) == Facets()


def test_texts_of_other_people_may_have_no_header_at_all() -> None:
    assert facets([FERRY]) == Facets(
        documents=(Choice(FERRY.id, "Carnet de bac", 1),),
        years=(Choice("sans date", "sans date", 1),),
    )


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2015", "2015"),
        ("le 3 mars 2015", "2015"),
        ("2015-03-02", "2015"),
        ("02/03/2015 à 18 h 30", "2015"),
        ("2012-2013", "2012"),
        ("octobre 2014 (écrit en 2015)", "2014"),
        ("Date inconnue, avant 1950", "sans date"),
        ("mardi 3 novembre", "sans date"),
        ("n° 12015", "sans date"),
        ("n° 20151", "sans date"),
        ("l’an 900", "sans date"),
        ("", "sans date"),
    ],
)
def test_the_year_of_a_date_in_any_words(date: str, year: str) -> None:
    assert [choice.value for choice in facets([text("phare", date=date)]).years] == [year]


def test_values_that_differ_in_capitals_alone_stand_in_a_fixed_order() -> None:
    genres = facets([text("phare", genre="récit"), text("bac", genre="Récit")]).genres
    assert [choice.value for choice in genres] == ["Récit", "récit"]


def test_a_person_named_twice_in_a_header_counts_once() -> None:
    twice = text("phare", intervenants="Anne Le Goff, Anne Le Goff")
    assert facets([twice]).speakers == (Choice("Anne Le Goff", "Anne Le Goff", 1),)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), None),
        (Filter(documents=(IDS["cloche"], IDS["bac"])), ["cloche", "bac"]),
        (Filter(speakers=("Anne Le Goff",)), ["phare", "cloche"]),
        (Filter(speakers=("Élie Brun", "Odile Marin")), ["phare", "four"]),
        (Filter(genres=("récit",), speakers=("Anne Le Goff",)), ["phare"]),
        (Filter(years=("sans date",)), ["four", "bac"]),
        (Filter(years=("1912", "1931"), documents=(IDS["cloche"],)), ["cloche"]),
        (Filter(genres=("récit",), years=("1931",)), []),
        (Filter(documents=("corpus/ailleurs.md",)), []),
        (Filter(genres=("<b>récit</b>",)), []),
    ],
)
def test_one_value_of_each_facet_is_enough(wanted: Filter, names: list[str] | None) -> None:
    assert kept(wanted) == names


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Filter(), "4 textes"),
        (Filter(genres=("récit",)), f"2 textes sur 4{NBSP}: genre récit"),
        (
            Filter(speakers=("Anne Le Goff", "Élie Brun"), years=("1912",)),
            f"1 texte sur 4{NBSP}: intervenant Anne Le Goff ou Élie Brun{NBSP}; année 1912",
        ),
        (
            Filter(years=("1931", "1912", "sans date")),
            f"4 textes sur 4{NBSP}: année 1931, 1912 ou sans date",
        ),
        (Filter(years=("sans date",)), f"2 textes sur 4{NBSP}: sans date"),
        (
            Filter(documents=(IDS["cloche"],), genres=("récit",)),
            f"aucun texte sur 4{NBSP}: texte «{NBSP}Carnet de cloche{NBSP}»{NBSP}; genre récit",
        ),
        (Filter(documents=tuple(IDS.values())), f"4 textes sur 4{NBSP}: 4 textes choisis"),
        (
            Filter(speakers=("A", "B", "C", "D"), genres=("A", "B", "C", "D")),
            f"aucun texte sur 4{NBSP}: 4 intervenants{NBSP}; 4 genres",
        ),
        (
            Filter(years=("1", "2", "3", "4"), documents=("ailleurs",)),
            f"aucun texte sur 4{NBSP}: texte ailleurs{NBSP}; 4 années",
        ),
    ],
)
def test_the_choice_in_words(wanted: Filter, told: str) -> None:
    assert describe(wanted, TEXTS) == told


def test_the_choice_among_no_texts_in_words() -> None:
    assert describe(Filter(), []) == "aucun texte"
