"""Short conversations: which questions lean on what came before, and what is then searched for.

What is expected is the text to search for, or `ALONE` for a question that is searched for as
it stands.
"""

from collections.abc import Sequence

import pytest

from rag import messages
from rag.talk.dialogue import REMEMBERED, leaned_on, standalone
from rag.types import Turn

ALONE = ""

LIVE = "Qui présente le direct avec Sébastien Badault ?"
FONCIA = "Qui dirige la communication chez Foncia ?"
HATE = "Que pense Tristan Mendès France de la haine en ligne ?"
QANON = "QAnon est-il un mouvement de masse en France ?"
FORUM = "Quand a lieu le HUBFORUM ?"
DUPIN = "Qui est Antoine Dupin ?"
LUXURY = "Pourquoi les marques de luxe parlent-elles si peu à leurs clients ?"
VOICE = "Selon Arnault, à quoi sert une communauté ?"
BOOK = "De quoi parle le livre d’Antoine Dupin ?"
PARIS = "Combien de visiteurs attend-on au salon à Paris ?"


def after(*questions: str) -> list[Turn]:
    """Return a conversation in which each of these questions was answered."""
    return [Turn(question, f"Réponse {n}.") for n, question in enumerate(questions, start=1)]


def searched(question: str, history: Sequence[Turn]) -> str:
    """Return what is searched for, or `ALONE` if the question leans on nothing."""
    turns = leaned_on(question, history)
    return standalone(question, turns) if turns else ALONE


def behind(question: str) -> str:
    """Stand for the question asked, behind the one before it."""
    return f"{question} {{asked}}"


ONE_TURN = [
    # what is asked for is too little to be searched for alone
    (FONCIA, "Pourquoi ?", behind(FONCIA)),
    (FONCIA, "pourquoi", behind(FONCIA)),
    (FONCIA, "Pour quelle raison ?", behind(FONCIA)),
    (FORUM, "Combien ?", behind(FORUM)),
    (FORUM, "Quand ça ?", behind(FORUM)),
    (FORUM, "Et où ça se passe ?", behind(FORUM)),
    (FORUM, "À quelle heure ?", behind(FORUM)),
    (FORUM, "Quel est le thème ?", behind(FORUM)),
    (FORUM, "C’est quoi le prix ?", behind(FORUM)),
    (FORUM, "Qui sont les partenaires ?", behind(FORUM)),
    (FORUM, "Combien de personnes ?", behind(FORUM)),
    (FORUM, "Lesquels ?", behind(FORUM)),
    (FORUM, "Et lesquels ?", behind(FORUM)),
    (LUXURY, "Lesquelles par exemple ?", behind(LUXURY)),
    (LUXURY, "Un exemple ?", behind(LUXURY)),
    (LUXURY, "Tu peux développer ?", behind(LUXURY)),
    (LUXURY, "Peux-tu me donner un exemple concret ?", behind(LUXURY)),
    (LUXURY, "tu peux expliquer", behind(LUXURY)),
    (LUXURY, "Dis-m’en plus", behind(LUXURY)),
    (LUXURY, "C’est-à-dire ?", behind(LUXURY)),
    (LUXURY, "Comment ça ?", behind(LUXURY)),
    (LUXURY, "Vraiment ?", behind(LUXURY)),
    (LUXURY, "Qu’est-ce que ça veut dire ?", behind(LUXURY)),
    (LUXURY, "Alors pourquoi ?", behind(LUXURY)),
    (LUXURY, "Comment faire ?", behind(LUXURY)),
    (LUXURY, "Quels sont les risques ?", behind(LUXURY)),
    # a word points back
    (LIVE, "Et lui ?", behind(LIVE)),
    (LIVE, "Que fait-il chez Alibaba ?", behind(LIVE)),
    (LIVE, "Elle travaille où ?", behind(LIVE)),
    (LIVE, "Depuis quand travaille-t-il pour Alibaba ?", behind(LIVE)),
    (LIVE, "Dans quelle ville vit-elle aujourd’hui ?", behind(LIVE)),
    (LIVE, "Quel est son métier ?", behind(LIVE)),
    (LIVE, "C’est quoi son parcours dans le commerce en ligne ?", behind(LIVE)),
    (LIVE, "Qui l’a invité ?", behind(LIVE)),
    (LIVE, "Quelles questions leur pose-t-on sur ça ?", behind(LIVE)),
    (HATE, "Qu’en pense Sébastien Badault ?", behind(HATE)),
    (HATE, "Et Arnault, il en pense quoi ?", behind(HATE)),
    (HATE, "Pourquoi parle-t-il de viralité ?", behind(HATE)),
    (HATE, "Que propose-t-il aux entreprises qui la subissent ?", behind(HATE)),
    (HATE, "Et ceux qui la subissent ?", behind(HATE)),
    (BOOK, "Qu’est-ce qu’on y apprend ?", behind(BOOK)),
    (BOOK, "Que conclut l’auteur ?", behind(BOOK)),
    (BOOK, "Ce livre date de quand ?", behind(BOOK)),
    (BOOK, "Cette idée vient de qui ?", behind(BOOK)),
    (DUPIN, "Celui-là, que fait-il ?", behind(DUPIN)),
    (QANON, "En quoi cela inquiète les chercheurs ?", behind(QANON)),
    (QANON, "Pourquoi les jeunes y croient-ils plus que les autres ?", behind(QANON)),
    # it opens with « et »
    (FORUM, "Et qui l’organise ?", behind(FORUM)),
    (FORUM, "Et les horaires ?", behind(FORUM)),
    (HATE, "Et que dit Arnault ?", behind(HATE)),
    (HATE, "Mais comment la combattre sur les réseaux sociaux ?", behind(HATE)),
    # courtesies before it change nothing
    (FORUM, "Merci ! Et où ça se passe ?", behind(FORUM)),
    # a name takes the place of another one
    (FONCIA, "Et chez Orange ?", "Qui dirige la communication chez Orange ?"),
    (FONCIA, "Chez Orange ?", "Qui dirige la communication chez Orange ?"),
    (FONCIA, "et chez orange", behind(FONCIA)),
    (VOICE, "Et selon Tristan Mendès France ?",
     "Selon Tristan Mendès France, à quoi sert une communauté ?"),
    (VOICE, "Et pour Antoine Dupin ?", "Selon Antoine Dupin, à quoi sert une communauté ?"),
    (QANON, "Et en Allemagne ?", "QAnon est-il un mouvement de masse en Allemagne ?"),
    (QANON, "En Italie ?", "QAnon est-il un mouvement de masse en Italie ?"),
    (PARIS, "Et à Lyon ?", "Combien de visiteurs attend-on au salon à Lyon ?"),
    (DUPIN, "Et Sébastien Badault ?", "Qui est Sébastien Badault ?"),
    (BOOK, "Et d’Arnault ?", "De quoi parle le livre d’Arnault ?"),
    (HATE, "Et Trump ?", behind(HATE)),
    (LUXURY, "Et chez Chanel ?", behind(LUXURY)),
    # English
    (LUXURY, "Why?", behind(LUXURY)),
    (LIVE, "And what does he do?", behind(LIVE)),
    # another subject
    (FORUM, "Qui est Antoine Dupin ?", ALONE),
    (FORUM, "qui est antoine dupin", ALONE),
    (FORUM, "Qu’est-ce que QAnon ?", ALONE),
    (FORUM, "Qu’est-ce qu’un community manager ?", ALONE),
    (FORUM, "C’est quoi un troll ?", ALONE),
    (FORUM, "C’est quoi le personal branding ?", ALONE),
    (FORUM, "Qui sont les trolls ?", ALONE),
    (FORUM, "À quoi sert un hashtag ?", ALONE),
    (FORUM, "Comment gérer une crise ?", ALONE),
    (FORUM, "Comment devenir influenceur ?", ALONE),
    (FORUM, "Comment les marques gèrent-elles leur réputation ?", ALONE),
    (FORUM, "Pourquoi Arnault pense-t-il qu’il faut se former ?", ALONE),
    (FORUM, "Que pense Arnault quand il parle de formation ?", ALONE),
    (FORUM, "Si une marque se trompe, que doit-elle dire quand elle répond ?", ALONE),
    (FORUM, "Quand il y a une crise, que doit faire une entreprise ?", ALONE),
    (FORUM, "Que conseille-t-on à ceux qui débutent sur Twitter ?", ALONE),
    (FORUM, "Ça fait combien de temps que Foncia fait de la RSE ?", ALONE),
    (FORUM, "Ça sert à quoi, un hashtag ?", ALONE),
    (FORUM, "Est-il vrai que Trump a quitté Twitter ?", ALONE),
    (FORUM, "Y a-t-il des femmes dans les agences de communication ?", ALONE),
    (FORUM, "Quels réseaux sociaux utilisent les marques de luxe ?", ALONE),
    (FORUM, "Et qu’est-ce que QAnon ?", ALONE),
    (FORUM, "Et que pense Arnault du personal branding ?", ALONE),
    (FORUM, "Sinon, qui est Antoine Dupin ?", ALONE),
    (FORUM, "Au fait, comment Foncia a-t-elle vécu la crise sanitaire ?", ALONE),
    (FORUM, "Rien à voir : combien de salariés chez Alibaba ?", ALONE),
    (FORUM, "Rien à voir, mais pourquoi ?", ALONE),
    (FORUM, "Changeons de sujet. Et la haine en ligne ?", ALONE),
    (FORUM, "Bonjour, qui est Antoine Dupin ?", ALONE),
    (FORUM, "Who is Antoine Dupin?", ALONE),
]  # fmt: skip


@pytest.mark.parametrize(("before", "asked", "expected"), ONE_TURN)
def test_a_question_after_another_one(before: str, asked: str, expected: str) -> None:
    assert searched(asked, after(before)) == expected.format(asked=asked)


@pytest.mark.parametrize("asked", [asked for _, asked, _ in ONE_TURN])
def test_a_first_question_leans_on_nothing(asked: str) -> None:
    assert leaned_on(asked, []) == ()


SEVERAL_TURNS = [
    ([FORUM, "Et qui l’organise ?"], "Et où ça ?", [FORUM, "Et qui l’organise ?"]),
    ([LIVE, "Que fait-il ?", "Et avant ?"], "Pourquoi ?", [LIVE, "Et avant ?"]),
    ([LIVE, FORUM, "Combien ?"], "Et les horaires ?", [FORUM, "Combien ?"]),
    ([LIVE, "Que fait-il ?", FORUM], "Combien ?", [FORUM]),
    ([LIVE, "Que fait-il ?"], "Qui est Antoine Dupin ?", []),
    ([LIVE, "Merci !"], "Que fait-il ?", [LIVE]),
    (["Bonjour"], "Pourquoi ?", []),
    (["Que sais-tu ?", "Merci"], "Et lui ?", []),
    (["Bonjour, qui est Antoine Dupin ?"], "Que fait-il ?", ["qui est Antoine Dupin ?"]),
    ([""], "Pourquoi ?", []),
]


@pytest.mark.parametrize(("before", "asked", "expected"), SEVERAL_TURNS)
def test_a_question_after_several(before: list[str], asked: str, expected: list[str]) -> None:
    assert [turn.question for turn in leaned_on(asked, after(*before))] == expected


def test_the_name_that_came_last_stays() -> None:
    history = after(FONCIA, "Et chez Orange ?")
    assert searched("Depuis quand ?", history) == (
        "Qui dirige la communication chez Orange ? Depuis quand ?"
    )
    assert searched("Et chez Danone ?", history) == "Qui dirige la communication chez Danone ?"


def test_a_question_that_got_no_answer_is_not_leaned_on() -> None:
    refused = Turn("Combien coûte l’entrée du musée ?", messages.REFUSAL)
    assert leaned_on("Pourquoi ?", [*after(FORUM), refused]) == tuple(after(FORUM))
    assert leaned_on("Pourquoi ?", [refused]) == ()


def test_only_the_last_turns_are_remembered() -> None:
    follow_ups = ["Et où ?", "Et quand ?"] * REMEMBERED
    leant = leaned_on("Pourquoi ?", after(FORUM, *follow_ups))
    assert [turn.question for turn in leant] == ["Et où ?", "Et quand ?"]
    assert leant[0].answer == f"Réponse {2 * REMEMBERED + 1 - REMEMBERED + 1}."


def test_what_announces_another_subject_is_not_searched_for() -> None:
    assert standalone("Rien à voir : que vend la boutique ?", ()) == "que vend la boutique ?"
    assert standalone("Rien à voir", ()) == "Rien à voir"
