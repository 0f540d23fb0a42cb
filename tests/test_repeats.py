"""Which sentences only give the question back, and which questions that is an answer to."""

import pytest

from rag.check.repeats import asks_more, repeats


@pytest.mark.parametrize(
    "question",
    [
        "Que vend la boulangerie ?",
        "Selon Claire, que vend la boulangerie ?",
        "À qui la boulangerie vend-elle ?",
        "Qu’en dit Claire ?",
        "Et pourquoi ?",
        "Dans quelle ville vend-elle ?",
    ],
)
def test_a_question_may_ask_for_more_than_it_holds(question: str) -> None:
    assert asks_more(question)


@pytest.mark.parametrize(
    "question",
    [
        "La boulangerie vend-elle à Lille ?",
        "Est-ce que la boulangerie vend à Lille ?",
        "Qui de Claire ou de Paul vend le pain ?",
        "Quand le pain manque, la boulangerie ferme-t-elle ?",
        "Et prévoit-il une visite ?",
    ],
)
def test_a_question_may_hold_its_answer(question: str) -> None:
    assert not asks_more(question)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("La boulangerie Martin vend à Lille.", "Que vend la boulangerie Martin à Lille ?"),
        ("Elle vend.", "Que vend-elle ?"),
    ],
)
def test_a_sentence_may_repeat_its_question(sentence: str, question: str) -> None:
    assert repeats(sentence, question)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Elle vend du pain à Lille.", "Que vend la boulangerie Martin à Lille ?"),
        ("En 1998.", "En quelle année a-t-elle ouvert ?"),
        ("À tous.", "À qui vend-elle ?"),
        ("Toujours.", "Quand vend-elle ?"),
    ],
)
def test_a_sentence_may_add_to_its_question(sentence: str, question: str) -> None:
    assert not repeats(sentence, question)
