"""Numbers, names and negations of a sentence, by tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.french.facts import counted, negations, numbers
from rag.french.names import full_names, proper_names

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Rien ici.", []),
        ("un homme et une femme", []),
        (f"33{NB}%", ["33"]),
        ("33%", ["33"]),
        ("trente-trois pour cent", ["33"]),
        ("Cent pour cent", ["100"]),
        ("en 2012", ["2012"]),
        ("deux mille douze", ["2012"]),
        ("mille neuf cent quatorze", ["1914"]),
        ("dix-neuf cent deux", ["1902"]),
        ("2e", ["2"]),
        ("2ème", ["2"]),
        ("deuxième", ["2"]),
        ("deuxieme", ["2"]),
        ("second", ["2"]),
        ("la Seconde Guerre", ["2"]),
        ("1er", ["1"]),
        ("première", ["1"]),
        ("vingt et unième", ["21"]),
        ("vingtieme", ["20"]),
        ("le XXe siècle", ["20"]),
        ("le XXIème siècle", ["21"]),
        ("Louis XIV", ["14"]),
        ("la Ve République", ["5"]),
        ("François Ier", ["1"]),
        ("Vie et mort d’Ivan", []),
        ("soixante et onze", ["71"]),
        ("quatre-vingt-dix-sept", ["97"]),
        ("quatre-vingts", ["80"]),
        ("septante-trois", ["73"]),
        ("cent un", ["101"]),
        ("vingt-cinq mille trois cents", ["25300"]),
        ("25 300", ["25300"]),
        ("25.300", ["25300"]),
        ("25\N{NARROW NO-BREAK SPACE}300,50 euros", ["25300.5"]),
        ("3 millions", ["3000000"]),
        ("3,5 millions", ["3500000"]),
        ("trois millions", ["3000000"]),
        ("deux milliards", ["2000000000"]),
        ("1,5 milliard", ["1500000000"]),
        ("3,0", ["3"]),
        ("trois virgule cinq", ["3.5"]),
        ("3,50 et 3.5", ["3.5"]),
        ("zéro", ["0"]),
        ("deux ou trois, deux surtout", ["2", "3"]),
        ("03.04.2012", ["3", "4", "2012"]),
        ("12/05/2020", ["12", "5", "2020"]),
        ("2012-2013", ["2012", "2013"]),
        ("19h30", ["19", "30"]),
        ("A4, H2O, COVID-19", ["19"]),
        ("007", ["7"]),
        ("٣٣", ["33"]),
        ("en 2012 cent votants", ["2012", "100"]),
        ("l’an mille", ["1000"]),
        ("40 mille", ["40000"]),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_long_hostile_numbers_are_read_in_pieces() -> None:
    assert numbers("deux " * 20_000) == ["2"]
    assert numbers("1" * 5_000) == ["1" * 5_000]
    assert numbers("1." * 50_000) == ["1"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_numbers_are_figures_and_stay_so(text: str) -> None:
    found = numbers(text)
    assert all(number.replace(".", "", 1).isdecimal() for number in found)
    assert numbers(" ; ".join(n.replace(".", ",") for n in found)) == found


@pytest.mark.parametrize(
    ("text", "reach", "expected"),
    [
        ("trois ans et 4 mois", 1, [("3", "ans"), ("4", "mois")]),
        ("les 12 et 13 mars", 1, [("13", "mars")]),
        ("les 12 et 13 mars", 3, [("12", "mars"), ("13", "mars")]),
        ("30 sortes de pains", 3, [("30", "sortes")]),
        ("En 2009, neuf graphistes", 3, [("9", "graphistes")]),
        ("en 2009 Lise", 1, []),
        ("33 % des élèves", 3, []),
    ],
)
def test_counted(text: str, reach: int, expected: list[tuple[str, str]]) -> None:
    assert counted(text, reach) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Le discours de Jeanne Dupin", [("jeanne", "dupin")]),
        ("Dupin parle à Jean-Paul Roux.", [("dupin",), ("jean", "paul", "roux")]),
        ("Selon Dupin, Lyon est loin.", [("dupin",), ("lyon",)]),
    ],
)
def test_full_names(text: str, expected: list[tuple[str, ...]]) -> None:
    assert full_names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Le pont est fermé.", []),
        ("Hier, Dupin est parti.", ["dupin"]),
        ("Dupin est parti.", []),
        ("Dupin est parti. Hier, Dupin riait.", ["dupin"]),
        ("Le maire de Lyon, Paul Dupin, rit.", ["lyon", "paul", "dupin"]),
        ("L’Europe vote.", ["europe"]),
        ("L’ONU vote.", ["onu"]),
        ("ONU et UE votent.", ["onu", "ue"]),
        ("McDonald a ri.", ["mcdonald"]),
        ("Selon M. Dupin, non.", ["dupin"]),
        ("Avec Mme Leroy et Mlle Roux.", ["leroy", "roux"]),
        ("Il va au Havre et à La Rochelle.", ["havre", "rochelle"]),
        ("Jean-Pierre part.", ["pierre"]),
        ("Il voit Jean-Pierre.", ["jean", "pierre"]),
        ("LE PONT EST FERMÉ", []),
        ("Le PONT ferme.", ["pont"]),
        ("Il dit : « Viens ici. »", []),
        ("Il lit « Libération ».", ["liberation"]),
        ("Il part. Elle reste. Tout va.", []),
        ("Au XXe siècle, Louis XIV est loin.", ["louis"]),
        ("A. Dupin et J. Roux.", ["dupin", "roux"]),
        ("Une feuille A4 de Vélin.", ["a4", "velin"]),
        ("en Île-de-France", ["ile", "france"]),
        ("chez O’Brien", ["o'brien"]),
        ("« Dupin » chante. On aime Dupin.", ["dupin"]),
        ("- Marée haute\n- Vent de Nord", ["nord"]),
        ("suivre @Dupin et #Marée", ["dupin", "maree"]),
        ("à Œuvres-sur-Mer", ["oeuvres", "mer"]),
        ("à E\u0301vian", ["evian"]),
        ("à ÉVIAN et Évian", ["evian"]),
        ("En 2012, 33 élus", []),
        ("Villes : Paris, Lyon.", ["paris", "lyon"]),
        ("Pour Monsieur Dupin", ["dupin"]),
    ],
)
def test_proper_names(text: str, expected: list[str]) -> None:
    assert proper_names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Il vient.", []),
        ("Il ne vient pas.", ["ne pas"]),
        ("Il n’est pas venu.", ["ne pas"]),
        ("Il n'est jamais venu.", ["ne jamais"]),
        ("Il ne voit rien.", ["ne rien"]),
        ("Il ne voit personne.", ["ne personne"]),
        ("Il ne reste plus de pain.", ["ne plus"]),
        ("Il ne mange guère.", ["ne guere"]),
        ("Il n’a aucune idée.", ["ne aucun"]),
        ("Ne pas ouvrir.", ["ne pas"]),
        ("Personne ne vient.", ["ne personne"]),
        ("Rien n’est fait.", ["ne rien"]),
        ("Aucun élu ne vient.", ["ne aucun"]),
        ("Nul n’est prophète.", ["ne nul"]),
        ("Jamais il ne rit.", ["ne jamais"]),
        ("Ni l’un ni l’autre ne vient.", ["ni", "ne ni"]),
        ("Il n’aime ni le vent ni la pluie.", ["ne ni", "ni"]),
        ("Il ne boit que de l’eau.", []),
        ("Il n’y a qu’un pont.", []),
        ("Il ne reste plus que du pain.", []),
        ("Il ne dit pas que c’est vrai.", ["ne pas"]),
        ("Personne ne sait que c’est vrai.", ["ne personne"]),
        ("Avant qu’il ne parte, tout va.", []),
        ("Je crains qu’il ne vienne.", []),
        ("Plus grand qu’on ne croit.", []),
        ("Il ne cesse de pleuvoir.", ["ne"]),
        ("On ne peut le dire.", ["ne"]),
        ("Il fait un pas.", []),
        ("Ses pas sont lourds.", []),
        ("Il vit dans le Pas-de-Calais.", []),
        ("Il avance pas à pas.", ["pas"]),
        ("Il vient pas.", ["pas"]),
        ("Non, merci.", ["non"]),
        ("Non seulement il rit, mais il chante.", []),
        ("Vrai ou non ?", []),
        ("Il part sans elle.", ["sans"]),
        ("C’est sans doute vrai.", []),
        ("Un sans-abri dort.", []),
        ("Aucun pont.", ["aucun"]),
        ("Plus que jamais.", []),
        ("N’est-ce pas vrai ?", []),
        ("Il ne vient pas et ne dit rien.", ["ne pas", "ne rien"]),
        ("Une personne ne suffit pas.", ["ne pas"]),
        ("Le site n’est nullement fermé.", ["ne nullement"]),
        ("NE PAS FUMER", ["ne pas"]),
        ("Il est né à Lyon.", []),
    ],
)
def test_negations(text: str, expected: list[str]) -> None:
    assert negations(text) == expected
