"""Which questions are asked in another language than French."""

import pytest

from rag.french.tongue import foreign


@pytest.mark.parametrize(
    "question",
    [
        "Who owns the lighthouse?",
        "What is leverage in finance?",
        "When did the lighthouse open to visitors?",
        "¿Qué es QAnon?",
        "Quien es Antoine Dupin",
        "¿Qué marcas de lujo hablan con sus clientes?",
        "Chi ha costruito il faro?",
        "Quali sono i temi del libro?",
        "Wer ist Antoine Dupin?",
        "Welche Marken sprechen mit ihren Kunden?",
    ],
)
def test_other_languages_are_told_by_their_function_words(question: str) -> None:
    assert foreign(question)


@pytest.mark.parametrize(
    "question",
    [
        "Qui garde le phare ?",
        "qui a ecrit le livre de dupin",
        "QAnon France ?",
        "Pourquoi ?",
        "Que veut dire « Connect, Transform or Die » pour le HUBFORUM ?",
        "Que dit-on de « The Voice » sur les réseaux sociaux ?",
        "Il y a des femmes dans l’IA ?",
        "C’est quoi le community management ?",
        "",
    ],
)
def test_french_is_not_taken_for_another_language(question: str) -> None:
    assert not foreign(question)
