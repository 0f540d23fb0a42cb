"""How a sentence is taken apart: clauses, predicates, subjects, prepositions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.french.clauses import Clause, clauses
from rag.french.terms import term
from rag.french.words import fold


def predicates(clause: Clause) -> list[str]:
    return [word.term for word in clause.words if word.predicate]


def stems(spaced: str) -> list[str]:
    return [term(fold(word)) for word in spaced.split()]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lise Aubertin a fondé l’agence.", [["fondé"]]),
        ("L’agence fondée par Lise emploie neuf personnes.", [["emploie"]]),
        ("Les marques influencent les clients.", [["influencent"]]),
        ("Les réseaux sociaux attirent les marques.", [["attirent"]]),
        ("La campagne publicitaire agace les clients.", [["agace"]]),
        ("Luc est directeur de Pixel, Léa Bel présidente.", [["directeur"], ["présidente"]]),
        ("Le port est un lieu calme.", [["lieu"]]),
        ("Elle doit toujours écouter avant de parler.", [["doit", "écouter", "parler"]]),
        ("L’agence a ouvert un blog et fermé un compte.", [["ouvert"], ["fermé"]]),
        ("Le salon a lieu à Lille, où il attire les marques.", [["lieu"], ["attire"]]),
        ("« Parler aux foules » a plu.", [["plu"]]),
        ("En 2009.", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_clause_has_its_verbs(sentence: str, expected: list[list[str]]) -> None:
    found = [predicates(clause) for clause in clauses(sentence)]
    assert found == [stems(" ".join(verbs)) for verbs in expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Lise Aubertin a fondé l’agence.", ["lise aubertin"]),
        ("Les vidéos, les photos et les textes attirent les clients.", ["vidéos photos textes"]),
        ("L’agence a ouvert un blog et fermé un compte.", ["agence", "agence"]),
        ("Le parti, constate Paul Roux, reste uni.", ["parti"]),
        ("Elle a ouvert un blog.", [""]),
        ("Le livre de Paul Roux a déplu.", ["livre"]),
        ("Il cite la conférence de Lise, consacrée aux marques.", ["", "conférence"]),
        ("Lise forme Paul, qui dirige Pixel.", ["lise", "paul"]),
    ],
)
def test_a_clause_has_its_subject_or_that_of_the_one_before(
    sentence: str, expected: list[str]
) -> None:
    spoken = [clause for clause in clauses(sentence) if not clause.source]
    assert [sorted(clause.doers) for clause in spoken] == [sorted(stems(one)) for one in expected]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Selon Lise Bel, la portée baisse.", [True, False]),
        ("La portée a baissé, affirme Lise Bel.", [False, True]),
        ("Lise Bel affirme que la portée baisse.", [True, False]),
        ("Pour Lise Bel, la portée baisse.", [True, False]),
        ("Pour son blog, Lise Bel travaille avec Pixel.", [False]),
        ("Un auteur doit dire qu’il est payé.", [False, False]),
    ],
)
def test_what_only_names_a_source_is_told_apart(sentence: str, source: list[bool]) -> None:
    assert [clause.source for clause in clauses(sentence)] == source


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("La portée ne baisse jamais.", [True]),
        ("La portée a baissé mais le prix n’augmente pas.", [False, True]),
        ("Il répond à tous, sauf aux insultes.", [False, True]),
        ("Sans budget, le musée a plu.", [False]),
    ],
)
def test_a_negation_holds_in_its_clause(sentence: str, denied: list[bool]) -> None:
    assert [clause.denied for clause in clauses(sentence)] == denied


@pytest.mark.parametrize(
    ("sentence", "word", "marker"),
    [
        ("Paul travaille avec l’agence Nova.", "nova", "avec"),
        ("Paul travaille dans l’agence Nova.", "nova", "à"),
        ("L’agence est fondée par Zoé et Anouk.", "anouk", "par"),
        ("Il faut écrire avant le 15 juin.", "juin", "avant"),
        ("Il faut écrire avant d’acheter.", "acheter", "avant"),
        ("Les longues plaisent plus que les courtes.", "courtes", "que"),
        ("Il vend des livres.", "livres", ""),
    ],
)
def test_a_word_stands_under_its_preposition(sentence: str, word: str, marker: str) -> None:
    found = {item.term: item.marker for clause in clauses(sentence) for item in clause.words}
    assert found[term(fold(word))] == marker


@pytest.mark.parametrize(
    ("sentence", "word", "quantity"),
    [
        ("Il répond à tous les messages.", "messages", "all"),
        ("Il répond à quelques messages.", "messages", "some"),
        ("Elles attirent moins de clients.", "clients", "less"),
        ("Elles attirent davantage de clients.", "clients", "more"),
        ("Elles n’attirent plus de clients.", "clients", ""),
    ],
)
def test_a_word_has_its_quantity(sentence: str, word: str, quantity: str) -> None:
    found = {item.term: item.quantity for clause in clauses(sentence) for item in clause.words}
    assert found[term(fold(word))] == quantity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fondée", "fondé"),
        ("influencent", "influencées"),
        ("répondre", "répondez"),
        ("publient", "publiée"),
        ("relisent", "relus"),
        ("bosse", "travaille"),
        ("boîtes", "entreprises"),
    ],
)
def test_forms_of_one_verb_are_one_term(one: str, other: str) -> None:
    assert term(fold(one)) == term(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Léa", "Léo"), ("moment", "mome"), ("acheter", "vendre")],
)
def test_other_words_are_other_terms(one: str, other: str) -> None:
    assert term(fold(one)) != term(fold(other))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= clause.verb <= len(clause.words) for clause in clauses(text))


def test_a_long_text_is_read_in_linear_time_whatever_it_holds() -> None:
    assert len(clauses("a, qui " * 5_000)) == 0
    assert len(clauses("le blog plaît et " * 2_000)) == 1
    assert len(clauses("« Abc " * 5_000)) == 1
