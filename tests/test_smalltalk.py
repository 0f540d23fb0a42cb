"""Small talk told from questions: what is recognised, and what must never be swallowed."""

import pytest

from rag.french.words import words
from rag.talk.smalltalk import hear

SMALL_TALK = {
    "greeting": (
        "Bonjour", "bonjour !", "BONJOUR", "Bonjourrrr", "bonjuor", "bonjou", "Bonsoir", "slt",
        "Salut, ça va ?", "Coucou Parole", "Bonjour à tous", "ca va ?", "Comment allez-vous ?",
        "Hello", "Hi there!", "Good morning", "Hola", "Buenos días", "¿Qué tal?", "Buongiorno",
        "Guten Tag", "« Bonjour »",
    ),
    "thanks": (
        "Merci", "merci bcp", "Merci beaucoup !", "Merci pour ta réponse", "Un grand merci",
        "Ok merci", "Super, merci", "D’accord", "d'accord", "Parfait !", "c’est très clair",
        "je vous remercie", "Merci d’avance", "Thank you very much", "Gracias", "Grazie mille",
        "Danke schön", "Bonjour et merci",
    ),
    "farewell": (
        "Au revoir", "aurevoir", "À bientôt !", "Merci, bonne journée !", "Bye", "Adiós",
        "Arrivederci", "Auf Wiedersehen", "ok, à demain",
    ),
    "who": (
        "Qui es-tu ?", "qui es tu", "qui est tu", "T’es qui ?", "Vous êtes qui ?",
        "Tu es qui toi ?",
        "C’est quoi Parole ?", "Qu’est-ce que Parole ?", "Comment tu t’appelles ?", "Ton nom ?",
        "Es-tu un robot ?", "T’es une IA ?", "Tu es ChatGPT ?", "Présente-toi", "Who are you?",
        "What’s your name?", "¿Quién eres?", "Chi sei?", "Wer bist du?", "Bonjour, qui êtes-vous ?",
    ),
    "knowledge": (
        "Que sais-tu ?", "que sais tu", "Que sait-tu faire ?", "Qu’est-ce que tu sais ?",
        "quest ce que tu sais faire", "keske tu sais", "Tu sais faire quoi ?",
        "Que peux-tu faire ?",
        "De quoi parlent tes textes ?", "de quoi parlent les textes", "De quoi parle le corpus ?",
        "Tes textes parlent de quoi ?", "Quels textes as-tu ?", "Combien de textes connais-tu ?",
        "Quels sont tes sujets ?", "Sur quoi puis-je t’interroger ?", "Que puis-je te demander ?",
        "Quelles questions puis-je poser ?", "Donne-moi des exemples de questions",
        "Bonjour, que sais-tu ?", "Salut ! Qui es-tu et que sais-tu faire ?", "What can you do?",
        "What do you know?", "¿Qué sabes hacer?", "Cosa sai fare?", "Was kannst du?",
    ),
    "help": (
        "Aide", "aide-moi stp", "Aidez-moi", "Help", "J’ai besoin d’aide", "Peux-tu m’aider ?",
        "Tu peux m’aider s’il te plaît ?", "Comment tu fonctionnes ?", "?", "👋", "…",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "topic"), [(text, topic) for topic, texts in SMALL_TALK.items() for text in texts]
)
@pytest.mark.parametrize("opening", [True, False])
def test_small_talk_is_recognised(text: str, topic: str, *, opening: bool) -> None:
    assert hear(text, opening=opening).topic == topic


@pytest.mark.parametrize(
    "text",
    ["Comment ça marche ?", "C’est quoi ?", "Quels sont les thèmes ?",
     "Bonjour, ça parle de quoi ?", "Je ne comprends pas", "C’est quoi ce site ?"],
)  # fmt: skip
def test_what_is_about_parole_at_first_follows_up_an_answer_later(text: str) -> None:
    assert hear(text, opening=True).topic == "help"
    assert hear(text, opening=False).topic is None


@pytest.mark.parametrize(
    "question",
    [
        "Merci pour ce moment : que dit le texte ?",
        "Merci pour ce moment",
        "Merci patron ! De quoi parle ce film ?",
        "Bonjour tristesse, qui l’a écrit ?",
        "Bonjour tristesse",
        "Super Mario, c’est qui ?",
        "OK Google, c’est quoi ?",
        "Qui sont les trolls ?",
        "Qui est-ce ?",
        "Qui es-tu pour Arnault ?",
        "Que sais-tu de QAnon ?",
        "Que sait-on de QAnon ?",
        "Que peut faire une marque ?",
        "Que faire ?",
        "De quoi parle ce texte ?",
        "De quoi parlent les textes d’Antoine Dupin ?",
        "C’est quoi Parole d’influenceurs ?",
        "Combien de textes parlent de Twitter ?",
        "Quel est ton avis sur Trump ?",
        "Es-tu d’accord avec Arnault ?",
        "Une aide pour les blogueurs ?",
        "Que signifie « Bonjour » ?",
        "Que dit le texte sur le mot merci ?",
        "Bien ou mal ?",
        "Pourquoi ?",
        "Et lui ?",
        "Un exemple ?",
        "Aide juridique ?",
        "Alors ?",
    ],
)
def test_a_real_question_is_never_swallowed_nor_cut(question: str) -> None:
    heard = hear(question, opening=True)
    assert (heard.topic, heard.question) == (None, question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Bonjour, qui est Antoine Dupin ?", "qui est Antoine Dupin ?"),
        ("bonjour qui est antoine dupin", "qui est antoine dupin"),
        ("Bonjour Parole ! L’ESCP, c’est quoi ?", "L’ESCP, c’est quoi ?"),
        ("Salut,\nc’est quoi QAnon ?", "c’est quoi QAnon ?"),
        ("Bonjour à tous, que sait-on de Foncia ?", "que sait-on de Foncia ?"),
        ("Bonjour et merci pour ton aide, que fait Foncia ?", "que fait Foncia ?"),
        ("Merci ! Et chez Orange ?", "Et chez Orange ?"),
        ("Ok et chez Orange ?", "et chez Orange ?"),
        ("Cool, pourquoi ?", "pourquoi ?"),
        ("Hello, who is Antoine Dupin?", "who is Antoine Dupin?"),
        ("Qui est Antoine Dupin ? Merci d’avance !", "Qui est Antoine Dupin ?"),
        ("Qui est Antoine Dupin, s’il vous plaît ?", "Qui est Antoine Dupin ?"),
        ("Qui est Antoine Dupin svp", "Qui est Antoine Dupin"),
        ("Bonjour, qui est Antoine Dupin ? Merci.", "qui est Antoine Dupin ?"),
    ],
)
def test_courtesies_around_a_question_are_left_out(text: str, question: str) -> None:
    heard = hear(text, opening=True)
    assert (heard.topic, heard.question) == (None, question)


def test_nobody_greets_at_length() -> None:
    assert hear("bonjour " * 40, opening=True).topic == "greeting"
    heard = hear("bonjour " * 250, opening=True)
    assert (heard.topic, words(heard.question)[-1]) == (None, "bonjour")
