"""What Parole says of itself, over invented texts."""

import pytest

from rag.talk.about import LONGEST_TITLE, reply
from rag.talk.phrases import Topic
from rag.types import Document

NBSP = "\u00a0"


def text(title: str, keywords: str = "", questions: str = "") -> Document:
    """Return a text with such a header."""
    fields = {"mots_cles": keywords, "questions": questions}
    metadata = tuple((label, value) for label, value in fields.items() if value)
    return Document(f"essai/{title}.md", "0" * 64, title, "", (), metadata)


LIGHT = text("Le phare", "mer, Bretagne", f"Qui garde le phare{NBSP}?")
BELL = text("La cloche", "bronze, Bretagne", f"Combien pèse la cloche{NBSP}?")
OVEN = text("Le four", "pain", f"Que cuit le four{NBSP}?")
MILL = text("Le moulin")


def test_what_is_known_is_said_with_titles_themes_and_questions() -> None:
    said = reply("knowledge", [LIGHT, BELL, OVEN, MILL])
    assert said.text == (
        f"Je connais 4 textes, par exemple «{NBSP}Le phare{NBSP}», «{NBSP}La cloche{NBSP}» et "
        f"«{NBSP}Le four{NBSP}». Principaux thèmes{NBSP}: Bretagne, mer, bronze et pain. "
        "Ce qui ne s’y trouve pas, je ne le sais pas."
    )
    assert said.suggestions == (
        f"Qui garde le phare{NBSP}?",
        f"Combien pèse la cloche{NBSP}?",
        f"Que cuit le four{NBSP}?",
    )


def test_a_corpus_without_headers_is_known_by_its_titles_alone() -> None:
    said = reply("knowledge", [MILL, text("Le pont")])
    assert said.text == (
        f"Je connais 2 textes{NBSP}: «{NBSP}Le moulin{NBSP}» et «{NBSP}Le pont{NBSP}». "
        "Ce qui ne s’y trouve pas, je ne le sais pas."
    )
    assert said.suggestions == (
        f"Que faut-il retenir de «{NBSP}Le moulin{NBSP}»{NBSP}?",
        f"Que faut-il retenir de «{NBSP}Le pont{NBSP}»{NBSP}?",
    )


def test_a_single_text_is_named() -> None:
    assert reply("knowledge", [LIGHT]).text == (
        f"Je connais un seul texte, «{NBSP}Le phare{NBSP}». Principaux thèmes{NBSP}: mer et "
        "Bretagne. Ce qui ne s’y trouve pas, je ne le sais pas."
    )


def test_titles_stay_titles() -> None:
    title = f"Le «{NBSP}mot{NBSP}»\n\u202e" + "long " * 40
    said = reply("knowledge", [text(title)]).text
    assert f"«{NBSP}Le “mot”" in said
    assert "\u202e" not in said
    assert "\n" not in said
    assert len(said) < LONGEST_TITLE + 100


@pytest.mark.parametrize("topic", ["greeting", "who", "help"])
def test_texts_are_counted_and_questions_proposed(topic: Topic) -> None:
    one, many = reply(topic, [LIGHT]), reply(topic, [LIGHT, BELL])
    assert "le texte que je connais" in one.text
    assert "les 2 textes que je connais" in many.text
    assert one.suggestions == (f"Qui garde le phare{NBSP}?",)


def test_a_parting_word_is_all_that_thanks_need() -> None:
    assert reply("thanks", [LIGHT]).suggestions == ()
    assert reply("farewell", [LIGHT]).text == "Au revoir, et à bientôt."


def test_without_any_text_nothing_is_promised() -> None:
    topics: tuple[Topic, ...] = ("greeting", "who", "help", "knowledge")
    assert {reply(topic, []).text for topic in topics} == {
        f"Je ne connais encore aucun texte{NBSP}: ajoutez-en avec «{NBSP}parole index{NBSP}»."
    }
