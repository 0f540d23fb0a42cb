"""Whether a question leans on what was said before it; pure.

French shows it by words that point back (« lui », « ça », « y »), by an opening (« Et … »), or
by asking for so little that the question cannot be searched for alone. Patterns are over text
folded by `rag.french.words.fold`: without case and accents, each apostrophe « ' ».
"""

import re

from rag.french.mentions import names_in
from rag.french.text import search_terms
from rag.french.words import STOPWORDS, fold, word_list, words

FOLLOW_UP_TERMS = 2
"""A question with at most this many words of content and no name cannot be searched for alone:
« Pour quelle raison ? » has one, « Que dit-il de juillet ? » two. In a longer question the
subject that « -il » repeats mostly stands in the question itself."""

BEFORE_POINTER = 4
"""Words of content behind which a pronoun mostly stands for one of them."""

_CHANGE = re.compile(
    r"\A\s*(?:(?:bon|ok|d['’]accord|merci|sinon),? )?(?:(?:[cç]a n['’]a )?rien [àa] voir"
    r"|sans rapport|hors sujet|changeons de sujet|changement de sujet|autre sujet"
    r"|(?:sur |dans )?un (?:tout )?autre (?:sujet|registre)"
    r"|(?:parlons|passons)(?: [àa]| d['’])? ?autre chose)"
    r"(?: avec (?:[cç]a|cela|ce qui précède))?[\s,:;.!–—-]*(?:mais )?",
    re.IGNORECASE,
)
"""What says that the subject changes."""

_NEUTRAL = re.compile(
    r"(?:(?:sinon|au fait|par ailleurs|d'ailleurs|autrement|bon|alors|donc|ok|oui|non"
    r"|autre question|nouvelle question|une autre question|tiens|euh|hum|so)\b[\s,:;.–—-]*)+"
)
"""Openings that tell nothing: what follows them decides."""

_OPENING = re.compile(
    r"(?:et|mais|and|but|y(?! a\b| avait\b| aura\b)|pero|e|ma|und|aber)\s+(?:aussi |alors |sinon )?"
)

_IMPERSONAL = re.compile(
    r"\b(?:se fait|faut|fallait|faudrait|suffit|vaut)-il\b"
    r"|\bil (?:n')?(?:y a|y avait|y aura|faut|faudrait|fallait|s'agit|existe|est (?:possible|vrai"
    r"|utile|interdit|permis|obligatoire|question|preferable|important))\b"
    r"|\by[ -](?:a|avait|aura)(?:-t-il)?\b|\bn'y a\b"
    r"|\b(?:ceux|celui|celles?)(?: |-)(?:qui|que|qu'|dont|de|du|des|d')"
    r"|\bca fait (?:combien|longtemps|partie|\d)|\bcomment ca se fait\b|\by compris\b"
    r"|\bc'est-a-dire\b"
)
"""« il y a », « ceux qui », « ça fait combien »: pronouns that point at nothing before."""

_ANNOUNCED = re.compile(
    r"\b(?:il|elle|ils|elles|ca|cela)\b"
    r"(?=[^,?]*, (?:l'|le |la |les |une? |chez |cet? |cette |\S+\Z))"
)
"""« Ça sert à quoi, un hashtag ? »: the pronoun announces what follows."""

_POINTERS = re.compile(
    r"\b(?:lui|eux|celui|celle|ceux|celles|cela|ca|y|ce dernier|cette derniere"
    r"|him|them|her)\b(?!-meme)"
    r"|\bqu'en\b|\ben (?:a|ai|as|ont|avait|avaient|aura|est|sont|etait|pense|pensent|dit|disent"
    r"|parle|parlent|fait|font|sait|tire|tirent|conclut|voit|veut|reste|existe)\b"
    r"|\b(?:l'|les )(?:a|ai|as|ont|avait|avaient|aura|auront|aurait|est|etait)\b"
    r"|\b(?:plus|detail|exemple|savoir) (?:la-dessus|a ce sujet|dessus)\b|\bla-dessus\b"
)
_SUBJECTS = re.compile(
    r"(?<!-)\b(?:il|elle|ils|elles|he|she|they|ella|ellos|lei|loro|er|sie)\b(?!-)"
)
_GENERIC = re.compile(
    r"\b(?:si|quand|lorsqu'|lorsque|comment|pourquoi|qu'|que|est-ce qu') ?"
    r"(?:un|une|des|les|on|chaque|quelqu'un)\b"
)
"""« Si une marque se trompe, … elle … »: the pronoun stands for what the question names."""

_WHICH = re.compile(r"(?:(?:a|de|dans|par|pour|avec|sur) )?(?:lequel|laquelle|lesquel(?:le)?s)\b")
_RESUMED = re.compile(
    r"(?!(?:pendant|apres|avant|depuis|dans|en|aux?|a|chez|selon|pour|avec|sans|sur)\b|d'apres)"
    r"[^,]+, ?(?:ca|cela|ils?|elles?)\b"
)
"""« Un master, ça se périme quand ? »: the pronoun takes up what comes first."""

_REPEATED = re.compile(r"-(?:t-)?(?:ils?|elles?)\b")
"""« Pourquoi la haine fait-elle… quand elle… ? »: the first one repeats the subject."""

_CLITICS = r"(?:(?:ne|se|me|te|le|la|les|lui|leur|y|en) |(?:n'|s'|l'|m'|t'))*+"
_INVERTED = re.compile(
    r"(?:(?:a|de|dans|avec|pour|depuis|chez|par|sur|en|selon) |d')?"
    r"(?:que|qu'|qui|quoi|ou|quand|comment|pourquoi|combien(?: de \w++| d'\w++)?"
    rf"|quel(?:le)?s?(?: \w++){{1,2}}) ?{_CLITICS}"
    r"(?!(?:agit|existe|fera-t-il demain|est-il (?:possible|vrai|utile"
    r"|necessaire|important|normal|interdit|permis|obligatoire|preferable|conseille))\b)"
    r"[^\W\d_]+-(?:t-)?(?:ils?|elles?)\b"
)
"""« Dans quelle ville vit-elle… ? »: nobody is named before the verb, so that « elle » is
somebody spoken of already. « Comment les marques gèrent-elles… ? » says who they are."""

_OWNED = re.compile(
    r"(?:(?:quel(?:le)?s?|qui|ou|comment|combien|c'est quoi|quoi) )?"
    r"(?:(?:est|sont|etait|etaient|sera|coute) )?(?:son|sa|ses|leurs?|his|their|its)\b"
)
"""« Quel est son métier ? »"""

_SHOWN = re.compile(
    r"(?<!-)\b(?:ce|cet|cette|ces) (?!qui\b|que\b|qu'|dont\b|sont\b|fut\b|sera\b|serait\b"
    r"|jours?\b|mois\b|matin\b|soir\b|moment\b|n'|a quoi\b)[^\W\d_]+"
)
"""« Cette étude date de quand ? »"""

_THE_TEXT = re.compile(
    r"\b(?:l'(?:auteure?|article|entretien|interview|etude|evenement|invitee?)"
    r"|le (?:texte|billet|document|livre)|la tribune)\b"
    r"(?! (?:de|du|des|sur|qui|que|a|au)\b| d'| qu')"
)
"""Something of which it is not said which one is meant."""

_DEFINES = re.compile(
    r"\bqu'est[- ]ce qu(?:e (?!c'|ca\b|cela\b)|'(?:un|une|on)\b)"
    r"|\bqui (?:est|sont|etait|etaient) (?!le |la |l'|son |sa |leur |ce |cette )"
    r"|\bc'est (?:quoi|qui),? (?!ca\b|son |sa |exactement)[^\W\d_]|\bque (?:signifie|veut dire)\b"
    r"|\b(?:what|who) (?:is|are|was|were) (?!it\b|that\b|this\b|he\b|she\b|they\b)"
)
"""« Qu’est-ce que le purpose ? » asks for a thing by its own name."""

_ASKS = re.compile(
    r"\b(?:qui|que|quoi|quel(?:le)?s?|comment|pourquoi|combien|ou|quand|est-ce|what|who|how|why"
    r"|when|where|which)\b|\bqu'|-(?:t-)?(?:il|elle|on)s?\b"
)
_ANY_ONE = re.compile(r"\b(?:un|une|des|d'un|d'une)\b|\bcomment \w+(?:er|ir|re)\b")
_HANGING = re.compile(r"(?:chez|a|en|aux?|dans|vers|selon|pour|d'apres|avec|sur|contre|par) ")
"""What a question begins with that lacks the rest of it: « Chez Orange ? »."""

_MORE = word_list(
    "peux peut pouvez pourrais pourriez veux voudrais dire dis dites donner donne donnez "
    "developper developpe developpez preciser precise precisez expliquer explique expliquez "
    "detailler detaille detaillez exemple exemples detail details savoir sais reformuler "
    "resumer continuer continue rappeler concret concrets concretement precis precisement cas "
    "mieux davantage bref simplement clairement vraiment sur exactement merci stp svp selon "
    "ca cela more tell give example details explain elaborate"
)
"""Words with which more of the same is asked for."""

_OPINIONS = word_list(
    "dit disent pense pensent croit juge propose conseille recommande explique repond ajoute "
    "parle parlent avis opinion font fait concerne"
)
"""Words that lack an object as long as nobody says what the opinion is of."""

_RELATIVE = word_list(
    "theme themes prix date dates nom noms but buts objectif objectifs sujet sujets lien "
    "difference differences probleme problemes solution solutions resultat resultats titre "
    "auteur lieu adresse cout duree role avantage avantages inconvenient inconvenients risque "
    "risques interet principe raison raisons cause causes consequence consequences programme "
    "public conclusion point points idee idees methode methodes source limite limites principal "
    "principale principaux premier premiere dernier derniere chiffre chiffres suite partenaires"
)
"""Nouns that are always of something: alone they are of what was spoken of."""


def change(question: str) -> str:
    """Return the question without the words that announce another subject."""
    return _CHANGE.sub("", question) or question


def leans(question: str) -> bool:
    """Tell whether the question cannot be understood without what was said before it."""
    text = fold(question).strip(" \n?!.«»\"'")
    if _CHANGE.match(question) or not words(text):
        return False
    text = _NEUTRAL.sub("", text, count=1) if _NEUTRAL.match(text) else text
    names = list(names_in(question))
    named = frozenset(word for name in names for word in name.words)
    opened = _OPENING.match(text)
    rest = text[opened.end() :] if opened else text
    if _points_back(rest, named):
        return True
    if opened:
        return not _whole(rest, named)
    return _says_too_little(rest, named)


def _points_back(text: str, named: frozenset[str]) -> bool:
    """Tell whether a word of the question stands for something before it."""
    plain = _ANNOUNCED.sub(" ", _IMPERSONAL.sub(" ", text))
    inverted = _INVERTED.match(plain)
    if inverted and named.isdisjoint(words(inverted[0])):
        return True
    if _OWNED.match(text) or _WHICH.match(text):
        return True
    resumed = _RESUMED.match(plain)
    plain = plain[resumed.end() :] if resumed else plain
    pointer, subject = _POINTERS.search(plain), _SUBJECTS.search(plain)
    if pointer and len(content(plain[: pointer.start()])) < BEFORE_POINTER:
        return True
    if subject and not _antecedent(plain[: subject.start()], named):
        return True
    return not named and (_SHOWN.search(text) or _THE_TEXT.search(text)) is not None


def _antecedent(before: str, named: frozenset[str]) -> bool:
    """Tell whether what a pronoun stands for is named in the question before it."""
    named_before = not named.isdisjoint(words(before)) or len(content(before)) >= BEFORE_POINTER
    return named_before or (_GENERIC.search(before) or _REPEATED.search(before)) is not None


def _whole(text: str, named: frozenset[str]) -> bool:
    """Tell whether a question that begins with « Et » asks something whole all the same."""
    if not _ASKS.search(text):
        return False
    telling = [word for word in content(text) if word not in named | _OPINIONS]
    return bool(named and telling) or bool(_defines(text))


def _says_too_little(text: str, named: frozenset[str]) -> bool:
    """Tell whether a question is too short to be searched for alone."""
    said = content(text)
    if named:
        hanging = _HANGING.match(text) and not _ASKS.search(text)
        return bool(hanging) and set(said) <= named
    if len(said) > FOLLOW_UP_TERMS or _defines(text):
        return False
    generic = len(said) == FOLLOW_UP_TERMS and _ANY_ONE.search(text) is not None
    return not generic


def _defines(text: str) -> bool:
    """Tell whether a thing is asked for by its own name, which is that of nothing else."""
    said = content(text)
    return _DEFINES.search(text) is not None and not _RELATIVE.issuperset(said)


def content(text: str) -> list[str]:
    """Return the folded words that say what is asked: no function words, none that ask for more."""
    spoken = (word for word in words(text) if word not in STOPWORDS and word not in _MORE)
    return [word for word in spoken if search_terms(word)]
