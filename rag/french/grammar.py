"""The function words and endings by which a French sentence is taken apart.

Closed lists, in lower case with their accents: « à » is a preposition and « a » a verb.
"""

import re

from rag.french.terms import term
from rag.french.words import fold, word_list


def term_list(spaced: str) -> frozenset[str]:
    """Return the terms of a white-space separated list of words, as clauses have them."""
    return frozenset(term(fold(word)) for word in word_list(spaced))


BREAKS = word_list(
    ", ; : ( ) – — et ou mais or car puis tandis alors qui que qu' où dont quand lorsque lorsqu' "
    "puisque puisqu' parce sauf hormis excepté"
)
"""What may end one clause and begin another."""

EXCEPT = frozenset({"sauf", "hormis", "excepté"})
THAT = frozenset({"que", "qu'"})
PLACES = frozenset({"où", "dont", "que", "qu'"})
"""Relatives that stand for an object or a place of what they introduce."""

JOINING = frozenset({"et", "ou"})
"""Conjunctions behind which a preposition may hold on: « par Zoé et Anouk »."""

ETRE = word_list(
    "est es sont suis sommes êtes était étaient étais fut furent sera seront serait seraient soit "
    "soient être été étant"
)
AVOIR = word_list(
    "a ai as avons avez ont avait avaient eut aura auront aurait auraient ait aient avoir eu ayant"
)
SUBJECTS = word_list("il elle ils elles on je j' tu nous vous c' cela ça")
OBJECTS = word_list("y en lui leur me m' te t' se s' l' le la les nous vous")
BEFORE_VERBS = (
    SUBJECTS | ETRE | AVOIR | word_list("y lui me m' te t' se s' ne n' fait font faire faut")
)
"""Words behind which a verb, or what « être » says of its subject, must come."""

NUMERALS = word_list(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt "
    "trente quarante cinquante soixante cent cents mille million millions milliard milliards zéro"
)
DETERMINERS = NUMERALS | word_list(
    "le la les l' un une des du au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre "
    "nos votre vos leur leurs chaque aucun aucune tout toute tous toutes quelques plusieurs "
    "certains certaines"
)
QUANTITIES = {
    **dict.fromkeys(("tout", "toute", "tous", "toutes", "chaque"), "all"),
    **dict.fromkeys(("quelques", "certains", "certaines", "plusieurs", "peu"), "some"),
    **dict.fromkeys(("plus", "davantage"), "more"),
    "moins": "less",
}
"""Words that say how much or how many; one for another changes what is said."""

PREPOSITIONS = {
    **{word: word for word in ("par", "pour", "avec", "sans", "contre", "depuis", "selon")},
    **dict.fromkeys(("de", "d'", "du", "des"), "de"),
    **dict.fromkeys(("à", "au", "aux", "en", "dans", "chez", "sur", "vers"), "à"),
    "avant": "avant",
    "après": "après",
}
"""Prepositions by what they say; those of places are one, « à Lille » and « dans Lille »."""

AFTER_VERBS = (DETERMINERS - {"des", "du", "au", "aux"}) | word_list(
    "à au aux que qu' en dans sur avec avant après pour contre par y plus moins toujours désormais "
    "surtout davantage jamais pas"
)
"""Words that follow a verb far more often than an adjective: not « de »."""

MODALS = word_list(
    "doit doivent devait devrait devraient peut peuvent pouvait pourrait pourraient veut veulent "
    "voulait sait savent"
)
MODAL_TERMS = term_list(" ".join(sorted(MODALS)))
"""Verbs that only say of another that it can or must be, and their terms."""

BEFORE_INFINITIVES = word_list("de d' à pour sans par avant après")
ADVERBS = word_list(
    "pas plus jamais toujours déjà encore bien aussi également désormais très souvent surtout "
    "ensuite enfin rien moins davantage même tout"
)
MOVING = term_list("alle venu parti arrive entre sorti reste tombe ne devenu passe")
"""Participles that « être » makes no passive of."""

BARE_PARTICIPLE = re.compile(r"(?:ée?s?|[^aeiou]erte?s?)\Z")
"""Endings that tell a participle even without an auxiliary: « fondée », not « agit »."""

PARTICIPLE = re.compile(r"(?:é|i|u|is|it|ert)e?s?\Z")
INFINITIVE = re.compile(r"\w{2}(?:er|ir|re)\Z")
PLURAL_VERB = re.compile(r"(?:ent|ont)\Z")
SINGULAR_VERB = re.compile(r"(?<!é)(?:e|t|d|a)\Z")
ADJECTIVE = re.compile(r"(?:i[qv]ue|aire|[ai]ble|[ea]l?le|ive|ante?|ente?|ste|aise|euse)\Z")

REPORTING = term_list(
    "affirme estime explique pense juge considere rappelle precise note observe constate "
    "souligne regrette soutient raconte repond dit declare assure avoue croit ajoute repete "
    "pretend conclut indique resume remarque trouve reconnait"
)
"""Terms of verbs that only say whose words the others are."""

LIGHT = term_list(
    "trouve situe appelle nomme agit existe lieu tient donne environ avant apres parmi sauf "
    "desormais"
)
"""Terms that only carry what is said (« se trouve à Lille »): no evidence needs them."""
