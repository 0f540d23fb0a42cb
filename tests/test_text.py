"""Folding, words with their offsets, and search terms."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.french.text import search_terms, stem
from rag.french.words import STOPWORDS, fold, word_spans, words

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Élève", "eleve"),
        ("E\u0301le\u0300ve", "eleve"),
        ("ÇA", "ca"),
        ("Œuvre", "oeuvre"),
        ("CŒUR", "coeur"),
        ("ex æquo", "ex aequo"),
        ("l’eau", "l'eau"),
        ("lʼeau", "l'eau"),
        ("l′eau", "l'eau"),
        ("l‘eau", "l'eau"),
        ("naïf, Noël, août", "naif, noel, aout"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("ＡＢＣ", "abc"),
        ("m²", "m2"),
        ("com\u00admune", "commune"),
        ("mot\u200bcoupé", "motcoupe"),
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("Ñandú", "nandu"),
        ("İ", "i"),
        ("हिन्दी", "हिन्दी"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("…", "..."),
        ("😀", "😀"),
        ("ΛΌΓΟΣ", "λογοσ"),
        ("№ 3", "no 3"),
        ("\x00", "\x00"),
        ("XIVᵉ", "xive"),
        ("Été\nÀ", "ete\na"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", folded)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(unicodedata.normalize("NFC", text))


WORDS = [
    ("", []),
    ("  ?! … «»", []),
    ("Le pont", ["le", "pont"]),
    ("l’eau", ["eau"]),
    ("L'EAU d’ici", ["eau", "ici"]),
    ("j'aime, t’es, s'il", ["aime", "es", "il"]),
    ("m’a dit qu’on n’ira", ["a", "dit", "on", "ira"]),
    ("c’était ç’aurait", ["etait", "aurait"]),
    ("jusqu’à lorsqu’il puisqu'elle quoiqu’on", ["a", "il", "elle", "on"]),
    ("j’t’aime", ["aime"]),
    ("aujourd’hui", ["aujourd'hui"]),
    ("d’aujourd'hui", ["aujourd'hui"]),
    ("un prud’homme", ["un", "prud'homme"]),
    ("quelqu’un", ["quelqu'un"]),
    ("presqu’île", ["presqu'ile"]),
    ("O’Brien", ["o'brien"]),
    ("‘mot’", ["mot"]),
    ("1 234", ["1234"]),
    ("1\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", ["1234567"]),
    ("1.234.567,5", ["1234567.5"]),
    ("12 34", ["12", "34"]),
    ("1 2345", ["1", "2345"]),
    ("en 2012 345 votants", ["en", "2012", "345", "votants"]),
    ("3,5", ["3.5"]),
    ("3.14", ["3.14"]),
    ("33 % et 33%", ["33", "et", "33"]),
    ("le 03.04.2012", ["le", "03", "04", "2012"]),
    ("v2.0.1", ["v2", "0", "1"]),
    ("1,2,3", ["1", "2", "3"]),
    ("2e 2ème 1er", ["2e", "2eme", "1er"]),
    ("9h30, A4, H2O", ["9h30", "a4", "h2o"]),
    ("porte-monnaie", ["porte", "monnaie"]),
    ("c’est-à-dire", ["est", "a", "dire"]),
    ("@dupin #Marée", ["dupin", "maree"]),
    ("@jean_dupin _ici_", ["jean", "dupin", "ici"]),
    ("https://exemple.fr/a?b=c", ["https", "exemple", "fr", "a", "b", "c"]),
    ("e\u0301te\u0301", ["ete"]),
    ("com\u00admune", ["commune"]),
    ("Œuvre ﬁnie", ["oeuvre", "finie"]),
    ("a\x00b", ["a", "b"]),
    ("Привет мир", ["привет", "мир"]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("L’eau, 1 234 €", [("eau", 2, 5), ("1234", 7, 12)]),
        ("ﬁn Œuf", [("fin", 0, 2), ("oeuf", 3, 6)]),
        ("e\u0301te\u0301 là", [("ete", 0, 5), ("la", 6, 8)]),
        ("ß😀ß", [("ss", 0, 1), ("ss", 2, 3)]),
        ("qu’aujourd’hui", [("aujourd'hui", 3, 14)]),
        ("3,5 %", [("3.5", 0, 3)]),
        ("#été_2012", [("ete", 1, 4), ("2012", 5, 9)]),
    ],
)
def test_word_spans_are_offsets_in_the_original(
    text: str, spans: list[tuple[str, int, int]]
) -> None:
    assert word_spans(text) == spans


@given(ANY_TEXT)
def test_word_spans_lose_no_letter_and_never_overlap(text: str) -> None:
    spans = word_spans(text)
    flat = [offset for _, start, end in spans for offset in (start, end)]
    assert flat == sorted(flat)
    assert all(word == "".join(word.split()) != "" for word, _, _ in spans)
    inside = {offset for _, start, end in spans for offset in range(start, end)}
    elidable = set("ldjmtsncçqurpioLDJMTSNCÇQURPIO")
    lost = [c for i, c in enumerate(text) if c.isalpha() and i not in inside and fold(c).strip()]
    assert set(lost) <= elidable


def test_a_hundred_thousand_hostile_characters_have_words() -> None:
    assert words("1." * 50_000) == ["1"] * 50_000
    assert words("l'" * 50_000 + "eau") == ["'".join(["l"] * 49_998 + ["eau"])]
    assert words("e" + "\u0301" * 100_000) == ["e"]
    assert words("123 " * 25_000) == ["123" * 25_000]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réputation", "reputation"),
        ("réputations", "reputation"),
        ("dirigeants", "dirigeant"),
        ("dirigeante", "dirigeant"),
        ("française", "francais"),
        ("Françaises", "français"),
        ("déclaré", "declarer"),
        ("déclaration", "déclarer"),
        ("l’élève", "élèves"),
        ("national", "nationaux"),
        ("régionale", "régional"),
        ("œuvres", "oeuvre"),
        ("économique", "économie"),
        ("ÉLECTIONS", "election"),
        ("sociétés", "société"),
        ("mangeait", "manger"),
        ("chevaux", "cheval"),
        ("médicales", "medical"),
        ("né", "née"),
        ("dû", "due"),
        ("1 234", "1234"),
        ("3,5", "3.5"),
    ],
)
def test_two_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert search_terms(one) == search_terms(other) != []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Où est-ce que c’est ?", []),
        ("Qui a construit le pont de la Rance ?", ["construit", "pont", "ranc"]),
        ("Où est né M. Dupin ?", ["ne", "dupin"]),
        ("Il ne vient pas", ["vient"]),
        ("33 % des élus", ["33", "elus"]),
        ("Quelle est l’heure d’aujourd’hui ?", ["heur", "aujourd'hui"]),
        ("", []),
    ],
)
def test_search_terms(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


def test_stopwords_are_words_as_they_are_folded() -> None:
    assert {word for word in STOPWORDS if words(word) != [word]} == set()


def test_stem_keeps_order_and_number() -> None:
    assert stem(["pontons", "", "le", "pontons"]) == ["ponton", "", "le", "ponton"]


def test_threads_may_search_at_once() -> None:
    texts = [f"Les dirigeants français numéro {n} déclaraient" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(search_terms, texts))
    assert together == [["dirig", "franc", "numero", str(n), "declar"] for n in range(200)]
