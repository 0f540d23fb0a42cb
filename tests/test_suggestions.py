"""Which questions are offered, over invented texts."""

import pytest

from rag.talk.suggestions import examples, questions_of, suggestions
from rag.types import Document, Hit, Passage

NBSP = "\u00a0"


def ask(words: str) -> str:
    """Return a question as French writes it."""
    return f"{words}{NBSP}?"


BUILT = ask("Quand le phare de Kerzu a-t-il été bâti")
KEEPER = ask("Qui garde le phare de Kerzu")
STEPS = ask("Combien de marches le phare de Kerzu compte-t-il")
WEIGHT = ask("Combien pèse la cloche d’Orlon")
RINGER = ask("Qui sonne la cloche d’Orlon")
BREAD = ask("Comment le four de Vauclain cuit-il le pain")
FIRE = ask("Pourquoi le four de Vauclain s’éteint-il en mai")


def text(name: str, *questions: str, title: str = "", persons: str = "") -> Document:
    """Return a text whose header holds these questions, as the readers join a list."""
    fields = {"intervenants": persons, "questions": ", ".join(questions)}
    return Document(
        id=f"corpus/{name}.md",
        sha256="0" * 64,
        title=title or f"Carnet de {name}",
        text="",
        sections=(),
        metadata=tuple((label, value) for label, value in fields.items() if value),
    )


def hit(document: Document, section: str = "") -> Hit:
    """Return a passage found in a section of the document."""
    passage = Passage("0" * 15, document.id, document.title, section, None, 0, 0, "")
    return Hit(passage, score=0.5, dense=0.5, lexical=0.5)


LIGHT = text("phare", BUILT, KEEPER, STEPS)
BELL = text("cloche", WEIGHT, RINGER)
OVEN = text("four", BREAD, FIRE)
TEXTS = [LIGHT, BELL, OVEN]


def test_the_questions_of_the_header_come_back_in_their_order() -> None:
    assert questions_of(LIGHT) == (BUILT, KEEPER, STEPS)


def test_a_comma_inside_a_question_does_not_cut_it() -> None:
    listed = ask("Que voit-on, par temps clair, du phare"), KEEPER
    assert questions_of(text("phare", *listed)) == listed


def test_what_is_no_question_of_the_header_is_left_out() -> None:
    header = text("phare", KEEPER, "Bâti en 1912.", ask("Qui" + " donc" * 40), BUILT)
    assert questions_of(header) == (KEEPER, BUILT)


def test_a_header_without_any_question_is_as_good_as_none() -> None:
    assert questions_of(text("phare", "Bâti en 1912."), [BUILT]) == (BUILT,)


def test_a_header_of_several_lines_and_hidden_marks_is_read_as_one_line() -> None:
    assert questions_of(text("phare", f"Qui garde\nle phare\u202e{NBSP}?")) == (
        ask("Qui garde le phare"),
    )


def test_a_text_without_questions_is_asked_about_its_first_telling_sections() -> None:
    sections = ["Introduction", "", "La lampe du phare", "Les deux gardiens", "Le vent d’ouest"]
    assert questions_of(text("phare"), sections) == (
        f"Que disent les textes sur «{NBSP}La lampe du phare{NBSP}»{NBSP}?",
        f"Que disent les textes sur «{NBSP}Les deux gardiens{NBSP}»{NBSP}?",
    )


def test_a_section_that_is_a_question_is_asked_as_it_is() -> None:
    title = ask("Comment visiter le phare")
    assert questions_of(text("phare"), [title, title]) == (title,)


def test_a_section_over_two_lines_is_asked_on_one() -> None:
    assert questions_of(text("phare"), ["La lampe\ndu phare"]) == (
        f"Que disent les textes sur «{NBSP}La lampe du phare{NBSP}»{NBSP}?",
    )


def test_guillemets_in_a_title_become_inner_marks() -> None:
    title = f"Le mot «{NBSP}phare{NBSP}» en breton"
    assert questions_of(text("phare"), [title]) == (
        f"Que disent les textes sur «{NBSP}Le mot “phare” en breton{NBSP}»{NBSP}?",
    )


@pytest.mark.parametrize("sections", [[], ["Introduction", ""], ["Et puis, de là"]])
def test_without_telling_sections_the_text_is_asked_about_itself(sections: list[str]) -> None:
    assert questions_of(text("phare", title="Le phare de Kerzu"), sections) == (
        f"Que faut-il retenir de «{NBSP}Le phare de Kerzu{NBSP}»{NBSP}?",
    )


def test_a_title_that_is_a_question_is_asked_as_it_is() -> None:
    title = ask("Faut-il éteindre les phares")
    assert questions_of(text("phare", title=title)) == (title,)


def test_nothing_is_asked_of_a_title_too_long_for_a_question() -> None:
    assert questions_of(text("phare", title="Carnet du phare " * 9)) == ()


def test_examples_take_every_text_before_one_of_them_again() -> None:
    assert examples(TEXTS, 4) == (BUILT, WEIGHT, BREAD, KEEPER)


def test_examples_never_repeat_a_question_and_end_with_the_last() -> None:
    twin = text("copie", BUILT)
    assert sorted(examples([LIGHT, twin], 9)) == sorted({BUILT, KEEPER, STEPS})


def test_examples_take_turns_between_kinds_of_question() -> None:
    """The second « qui » waits until « combien » and « comment » have been asked."""
    texts = [text(str(n), question) for n, question in enumerate([KEEPER, RINGER, WEIGHT, BREAD])]
    assert examples(texts, 3) == (KEEPER, WEIGHT, BREAD)


@pytest.mark.parametrize(
    "asked",
    [
        "À qui le phare sert-il",
        "De qui le phare tient-il son nom",
        "D’où vient le nom du phare",
        "Depuis combien de temps le phare dort-il",
    ],
)
def test_a_preposition_hides_no_interrogative(asked: str) -> None:
    """The same kind twice: the third text, of another kind, goes before the second."""
    plain = {"qui": "Qui dort au phare", "où": "Où dort le phare", "combien": "Combien dorment"}
    same = next(question for word, question in plain.items() if word in asked)
    texts = [text(str(n), ask(one)) for n, one in enumerate([same, asked, "Quel est le phare"])]
    assert examples(texts, 2) == (ask(same), ask("Quel est le phare"))


def test_examples_let_as_many_persons_speak_as_can() -> None:
    texts = [
        text("un", BUILT, persons="Anne Le Goff"),
        text("deux", WEIGHT, persons="Anne Le Goff"),
        text("trois", STEPS, persons="Odile Marin"),
    ]
    assert examples(texts, 2) == (BUILT, STEPS)


def test_examples_take_a_new_text_before_a_person_less_heard() -> None:
    texts = [
        text("un", BUILT, KEEPER, persons="Anne Le Goff"),
        text("deux", WEIGHT, persons="Odile Marin"),
        text("trois", BREAD, persons="Odile Marin"),
        text("quatre", STEPS, persons="Odile Marin"),
    ]
    assert examples(texts, 4) == (BUILT, WEIGHT, BREAD, STEPS)


def test_examples_take_the_first_question_of_a_text_whatever_its_kind() -> None:
    assert examples([text("un", KEEPER), text("deux", RINGER, WEIGHT)], 2) == (KEEPER, RINGER)


def test_examples_prefer_what_an_author_wrote_to_what_is_made() -> None:
    texts = [text("bac", title="Le bac de Plounour"), BELL]
    assert examples(texts, 3) == (
        WEIGHT,
        RINGER,
        f"Que faut-il retenir de «{NBSP}Le bac de Plounour{NBSP}»{NBSP}?",
    )


def test_examples_are_spread_over_texts_that_are_alike() -> None:
    numbered = [ask(f"Combien pèse le phare {n}") for n in range(8)]
    texts = [text(str(n), question) for n, question in enumerate(numbered)]
    assert examples(texts, 4) == (numbered[0], numbered[2], numbered[4], numbered[6])


def test_without_texts_there_are_no_examples() -> None:
    assert examples([]) == ()


def test_suggestions_come_one_a_text_in_the_order_of_the_hits() -> None:
    found = [hit(OVEN), hit(OVEN), hit(LIGHT)]
    assert suggestions("Que mange-t-on à Noël ?", found, TEXTS) == (BREAD, BUILT)


def test_of_one_text_the_question_nearest_to_what_was_asked_comes_first() -> None:
    found = [hit(LIGHT)]
    assert suggestions("Combien coûte une marche ?", found, TEXTS, 3) == (STEPS, BUILT, KEEPER)


def test_a_text_found_gives_all_its_questions_before_another_gives_one() -> None:
    assert suggestions("Qui habite le four ?", [hit(BELL)], TEXTS, 3) == (WEIGHT, RINGER, BREAD)


@pytest.mark.parametrize("asked", [STEPS, "combien de marches le phare de kerzu compte t il"])
def test_the_question_itself_is_never_suggested(asked: str) -> None:
    assert suggestions(asked, [hit(LIGHT)], [LIGHT], 9) == (BUILT, KEEPER)


def test_a_text_without_questions_suggests_the_sections_that_were_found() -> None:
    bare = text("bac")
    found = [hit(bare, "Les horaires du bac"), hit(LIGHT, "La lampe du phare")]
    assert suggestions("Qui garde le bac ?", found, [bare, LIGHT]) == (
        f"Que disent les textes sur «{NBSP}Les horaires du bac{NBSP}»{NBSP}?",
        KEEPER,
    )


def test_the_same_question_of_two_texts_is_suggested_once() -> None:
    twin = text("copie", BUILT)
    assert suggestions("Et la mer ?", [hit(LIGHT), hit(twin)], [LIGHT, twin]) == (BUILT, KEEPER)


def test_without_hits_the_nearest_question_of_all_texts_is_suggested() -> None:
    assert suggestions("Quelle cloche pèse le plus ?", [], TEXTS) == (WEIGHT, RINGER)


def test_a_hit_of_a_text_that_is_gone_is_passed_over() -> None:
    assert suggestions("Et la mer ?", [hit(OVEN), hit(BELL)], [LIGHT, BELL]) == (WEIGHT, RINGER)


def test_without_texts_nothing_is_suggested() -> None:
    assert suggestions("Et la mer ?", [], []) == ()
