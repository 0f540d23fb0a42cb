"""What an answer's sentence needs to stand: words, numbers, names, negation; exact quotes."""

import pytest

from rag.check.cite import Verifier, compose_text, location, marks, split_draft
from rag.config import GenerationSettings, SupportSettings
from rag.search.evidence import Findings
from rag.types import AnswerSentence, Document, Section
from tests.samples import DOCUMENTS, document, found_for

MIXED = document(
    "enquete",
    "Une enquête",
    "Le musée n’est pas gratuit le lundi et 30 % des élèves y vont.",
)
DATED = document("bilan", "Bilan 2014", "Le bilan compte des pages blanches.")
FIRM = document(
    "agence",
    "Une agence",
    "Facebook a racheté Instagram. Marie Moulin dirige l’agence Nova. "
    "Le chiffre d’affaires a baissé de 10 %. La piscine est fermée le lundi.",
)
ALL = (*DOCUMENTS, MIXED, DATED, FIRM)

EIGHT = GenerationSettings(other_sentences=8)
ALONE = GenerationSettings(other_sentences=0)


def check(
    question: str, *sentences: str, texts: tuple[Document, ...] = DOCUMENTS
) -> list[AnswerSentence]:
    verifier = Verifier(question, found(question, texts).sentences, SupportSettings())
    return [verifier.check(sentence) for sentence in sentences]


def found(question: str, texts: tuple[Document, ...] = DOCUMENTS) -> Findings:
    return found_for(question, texts)


SUPPORTED = [
    ("Qui l’aime ?", "30 % des élèves y vont."),
    ("Est-il gratuit ?", "Le musée n’est pas gratuit le lundi."),
    ("Où est la boulangerie Martin ?", "La boulangerie Martin se trouve à Lille."),
    ("Quand a-t-elle ouvert ?", "La boulangerie Martin a ouvert en 1998."),
    ("Combien de pains vend-elle ?", "Elle vend 30 sortes de pains."),
    ("D’où vient la farine ?", "La farine vient de trois moulins du Nord, selon Claire Martin."),
    ("Combien de visiteurs ?", "Le musée accueille 40\u00a0000 visiteurs par an."),
    ("Combien coûte l’entrée du musée ?", "L’entrée du musée coûte 6.50 euros."),
    ("Expose-t-il en juillet ?", "Paul Vasseur ne prévoit jamais d’exposition en juillet."),
    ("Pourquoi la nuit ?", "Les grues travaillent la nuit parce que la marée l’impose."),
    ("Combien de personnes au port ?", "Le port emploie 2300 personnes."),
    ("Qui dirige l’agence Nova ?", "L’agence Nova est dirigée par Marie Moulin."),
    ("Qui dirige l’agence Nova ?", "Marie Moulin."),
    ("Qui dirige l’agence Nova ?", "1. Marie Moulin dirige l’agence Nova."),
    ("Que sait-on de l’agence ?", "- Facebook a racheté Instagram."),
    ("En quelle année la boulangerie Martin a-t-elle ouvert ?", "1998."),
    ("La boulangerie Martin vend-elle du pain ?", "Oui, elle vend trente sortes de pains."),
    ("Que prévoit Jean-Paul Vasseur ?", "Jean-Paul Vasseur ne prévoit jamais d’exposition."),
]
UNSUPPORTED = [
    (
        "name at the start",
        "Pourquoi Google a-t-il racheté Instagram ?",
        "Google a racheté Instagram.",
    ),
    ("name at the start", "Qui dirige l’agence ?", "Sophie dirige l’agence Nova."),
    ("first name", "Qui est Paul ?", "Paul Moulin dirige l’agence Nova."),
    (
        "opposite verb",
        "De combien le chiffre d’affaires a-t-il évolué ?",
        "Le chiffre d’affaires a augmenté de 10 %.",
    ),
    (
        "opposite adjective",
        "La piscine est-elle ouverte le lundi ?",
        "La piscine est ouverte le lundi.",
    ),
    ("words of two neighbours", "Où ?", "Claire Martin a ouvert trente moulins à Lille."),
    (
        "unit of another number",
        "Combien coûte l’entrée du port ?",
        "L’entrée du port coûte 2300 personnes.",
    ),
    ("number of a title", "Combien ?", "Le bilan compte 2014 pages."),
    ("denied clause", "Le musée ?", "Le musée est gratuit le lundi."),
    ("changed number", "Quand ?", "La boulangerie Martin a ouvert en 1989."),
    ("changed number", "Combien ?", "Le musée accueille 45 000 visiteurs par an."),
    ("changed number", "Combien ?", "L’entrée coûte 7,50 euros."),
    ("changed name", "Qui ?", "Selon Sophie Durand, la farine vient de trois moulins du Nord."),
    ("changed name", "Où ?", "Le port de Marseille emploie 2 300 personnes."),
    ("changed name", "Qui dirige ?", "Le directeur du musée, Henri Vasseur, ne prévoit rien."),
    ("negation dropped", "Expose-t-il ?", "Paul Vasseur prévoit une exposition en juillet."),
    ("negation added", "La nuit ?", "Les grues ne travaillent jamais la nuit."),
    ("swapped roles", "Qui a racheté Instagram ?", "Instagram a racheté Facebook."),
    ("swapped roles", "Qui a racheté Instagram ?", "Facebook a été racheté par Instagram."),
    ("place for the one who works there", "Qui emploie-t-il ?", "Dunkerque emploie 2 300 ports."),
    ("verb of the question", "Marie Moulin bosse pour qui ?", "Marie Moulin bosse pour Nova."),
    ("name that answers nothing", "Qui a fondé le musée du Textile ?", "Marie Moulin."),
    ("year that answers nothing", "Combien de pains la boulangerie Martin vend-elle ?", "1998."),
    ("unrelated", "Que vend-elle ?", "La voiture électrique se recharge en vingt minutes."),
    ("added claim", "Que vend-elle ?", "Elle vend des gâteaux, du thé, du café et des journaux."),
    (
        "echo of the question",
        "Qui a inventé la vapeur ?",
        "La vapeur a été inventée par quelqu’un.",
    ),
]


@pytest.mark.parametrize(("question", "sentence"), SUPPORTED)
def test_a_sentence_that_the_corpus_carries_stands(question: str, sentence: str) -> None:
    checked = check(question, sentence, texts=ALL)[0]
    assert checked.supported
    for citation in checked.citations:
        source = next(made for made in ALL if made.id == citation.document)
        assert source.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(("kind", "question", "sentence"), UNSUPPORTED)
def test_a_sentence_that_it_does_not_carry_falls(kind: str, question: str, sentence: str) -> None:
    assert check(question, sentence, texts=ALL) == [AnswerSentence(sentence, supported=False)], kind


def test_the_shortest_evidence_is_cited() -> None:
    checked = check("Combien coûte l’entrée ?", "L’entrée coûte 6,50 euros.")[0]
    assert [citation.quote for citation in checked.citations] == ["L’entrée coûte 6,50 euros."]


def test_two_neighbours_are_cited_when_one_is_not_enough() -> None:
    sentence = "La boulangerie Martin a ouvert à Lille en 1998 et vend trente sortes de pains."
    checked = check("Que sait-on d’elle ?", sentence)[0]
    assert [citation.quote for citation in checked.citations] == [
        "La boulangerie Martin a ouvert à Lille en 1998.",
        "Elle vend trente sortes de pains.",
    ]


def test_sentences_far_apart_are_not_put_together() -> None:
    """A claim that mixes two documents has no evidence of its own."""
    mixed = "La boulangerie Martin accueille 40 000 visiteurs par an."
    assert not check("Combien de visiteurs ?", mixed)[0].supported


def test_the_same_quote_keeps_its_number() -> None:
    first, second, third = check(
        "Parle-moi du port et du musée.",
        "Le port emploie 2 300 personnes.",
        "L’entrée coûte 6,50 euros.",
        "À Dunkerque, le port emploie 2 300 personnes.",
    )
    assert [item.citations[0].n for item in (first, second, third)] == [1, 2, 1]


def test_without_evidence_nothing_stands() -> None:
    assert check("Qui ?", "Paul Vasseur.", texts=()) == [
        AnswerSentence("Paul Vasseur.", supported=False)
    ]


def test_a_quoted_answer_carries_the_sentence_itself() -> None:
    findings = found("Combien coûte l’entrée du musée ?")
    verifier = Verifier("?", findings.sentences, SupportSettings())
    (quoted,) = verifier.quotes("L’entrée coûte 12 euros.", [findings.context(EIGHT)])
    assert quoted.supported
    assert quoted.citations[0].quote == "L’entrée coûte 6,50 euros."
    assert quoted.citations[0].quote in quoted.text


@pytest.mark.parametrize(
    ("draft", "plausible"),
    [
        ("Le musée réclame 6,50 euros.", True),
        ("Le musée réclame 12 euros.", False),
        ("Le musée réclame 6,50 euros aux étudiants.", False),
        ("Le musée réclame 6,50 euros à Zoé Petit.", False),
        ("Le musée réclame-t-il 6,50 euros ?", False),
        ("Le musée réclame 6,50", False),
    ],
)
def test_a_claim_may_be_true_where_all_that_it_adds_stands_together(
    draft: str,
    plausible: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    question = "Combien le musée réclame-t-il pour l’entrée ?"
    verifier = Verifier(question, found(question).sentences, SupportSettings())
    assert verifier.plausible(draft) is plausible


def test_no_heading_is_quoted_as_an_answer() -> None:
    headed = document("titre", "Un lieu", "L’entrée du musée\n\nElle coûte 6,50 euros.")
    findings = found("Combien coûte l’entrée du musée ?", (headed,))
    verifier = Verifier("?", findings.sentences, SupportSettings())
    (quoted,) = verifier.quotes("L’entrée du musée.", [findings.context(EIGHT)])
    assert quoted.citations[0].quote == "Elle coûte 6,50 euros."


def test_the_sentence_with_the_figures_of_the_draft_is_quoted() -> None:
    dated = document(
        "salon", "Un salon", "Le salon en est à sa cinquième édition. Il a lieu les 8 et 9 mai."
    )
    findings = found("Quand ?", (dated,))
    verifier = Verifier("Quand ?", findings.sentences, SupportSettings())
    draft = "Les dates de cette belle édition sont les 8 et 9."
    (quoted,) = verifier.quotes(draft, [findings.context(ALONE)])
    assert quoted.citations[0].quote == ("Il a lieu les 8 et 9 mai.")


def test_a_long_sentence_is_not_near_to_every_draft() -> None:
    list_ = (
        "L’annonce cite le thème, les invités, la durée, le lieu, le public et les questions de "
        "la rencontre, puis remercie la ville, la région, les écoles et leurs partenaires."
    )
    talk = document("annonce", "Une annonce", f"{list_} La rencontre a pour thème la marée.")
    findings = found("Quel est le thème de la rencontre ?", (talk,))
    verifier = Verifier("De quoi parle-t-on ?", findings.sentences, SupportSettings())
    draft = "Le thème de la rencontre est le lieu."
    (quoted,) = verifier.quotes(draft, [findings.context(ALONE)])
    assert quoted.citations[0].quote == "La rencontre a pour thème la marée."


def test_markup_in_a_document_stays_text() -> None:
    hostile = document("piege", "Un <b>piège</b>", "Le mot de passe est <script>alert(1)</script>.")
    checked = check(
        "Le mot de passe ?", "Le mot de passe est <script>alert(1)</script>.", texts=(hostile,)
    )
    assert checked[0].citations[0].title == "Un <b>piège</b>"
    assert checked[0].citations[0].quote == "Le mot de passe est <script>alert(1)</script>."


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (Section(0, "Débuts"), "section «\u00a0Débuts\u00a0»"),
        (Section(0, "Débuts", 4), "page 4"),
        (Section(0, ""), ""),
    ],
)
def test_location_prefers_the_page(section: Section, expected: str) -> None:
    assert location(section) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Le salon a lieu à Paris. [2]", ["Le salon a lieu à Paris."]),
        ("L'eau, d'où vient-elle ?", ["L’eau, d’où vient-elle\u00a0?"]),
        ("Un. Deux.", ["Un.", "Deux."]),
        ("Il ouvre à midi. Il ferme à", ["Il ouvre à midi."]),
        ("Il ferme à", ["Il ferme à"]),
        ("Il a dit : «\u00a0Non.\u00a0»", ["Il a dit\u00a0: «\u00a0Non.\u00a0»"]),
        ("  ", []),
    ],
)
def test_a_draft_loses_its_cut_sentence(draft: str, expected: list[str]) -> None:
    assert split_draft(draft) == expected


def test_the_text_shows_numbers_and_marks() -> None:
    stands, falls = check(
        "Combien coûte l’entrée ?", "L’entrée coûte 6,50 euros.", "Il pleut à Nice."
    )
    assert marks(stands) == "[1]"
    assert compose_text([stands, falls]) == (
        "L’entrée coûte 6,50 euros. [1] Il pleut à Nice. [non vérifié]"
    )


def test_the_guillemets_of_a_section_s_title_do_not_nest() -> None:
    section = Section(0, "Un titre sans «\u00a0nuls\u00a0»")
    assert location(section) == "section «\u00a0Un titre sans “nuls”\u00a0»"
