"""What kind of value a question asks for, and which texts hold one; pure.

« Combien d’abonnés… ? » is answered by a number of subscribers and by nothing else: where no
passage found holds one, the corpus does not answer, near as its passages may be. Only kinds
that show in a text are read, in French; « qui », « où », « quand » or « pourquoi » ask for none
of them, nor does a question in two parts. The evidence is what `python -m eval.calibrate`
prints.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.french.facts import counted, numbers
from rag.french.terms import term, terms
from rag.french.values import UNITS, Kind
from rag.french.words import fold, word_list

_BE = r"(?:est|etait|fut|sera|serait|sont|etaient)"
_WHAT = rf"quel(?:le)?s? (?:{_BE} (?:\w+ ){{0,2}}?(?:l'|les? |la |son |leur ))?(?:\w+ )?"
"""« quel », « quel était au juste le », « quel fort »: what follows is what is asked for."""

_PRIZE = r"(?!.*\b(?:recu|recoi|remport|gagn|obten|decern|attribu))"
_ADJECTIVES = (
    r"(?:(?:[cstm]es|nos|vos|leurs|autres|grande?s|petite?s|nouveaux|nouvelles|faux|fausses|vraie?s"
    r"|gros|grosses|bons|bonnes|differente?s|jeunes(?= [a-z]{3,}s\b)|millions|milliers) "
    r"(?:de |d ?')?)?"
)
_ASKED = {
    Kind.DURATION: re.compile(
        rf"\bcombien (?:de |d ?')(?:temps|tps|{UNITS})\b|\bquelle (?:{_BE} la )?duree\b"
    ),
    Kind.SHARE: re.compile(
        rf"\b{_WHAT}(?:pourcentage|taux(?! horaire))\b"
        rf"|\bquelle (?:{_BE} la )?(?:part|proportion)\b(?! de (?:verite|responsabilite|risque))"
    ),
    Kind.AGE: re.compile(rf"\bquel (?:{_BE} l')?age\b(?! de l)"),
    Kind.AMOUNT: re.compile(
        r"\bcombien (?:(?!de\b)\w+ )?"
        r"(?:cout|vaut|(?:pay(?!s|ent)|gagn(?!ant))(?![\w-]* (?:de |d')))"
        r"|\b(?:pay|cout|gagn)\w* combien\b(?! (?:de |d'))|\bcombien (?:d'euros|de dollars)\b"
        rf"|\b{_WHAT}(?:prix|tarif|taux horaire|salaire|montant|budget|chiffre d'affaires)\b"
        rf"{_PRIZE}"
    ),
    Kind.DATE: re.compile(
        rf"\bquel(?:le)?s? (?:{_BE} (?:la |le |l'|les ))?(?:annees?|dates?|jours?|mois|siecles?)\b"
    ),
    Kind.NUMBER: re.compile(
        rf"\b(?:combien|{_WHAT}nombre) (?:de |d ?'){_ADJECTIVES}(?P<thing>[^\W\d_]+)"
    ),
}
_VALUES = (
    r"(?:prix|tarif|taux|montant|age|annee|date|jour|nombre|budget|salaire|pourcentage|mois|siecle"
    r"|duree|part|proportion|chiffre)"
)
_OTHERWISE = re.compile(
    r"\W*(?:(?:et|mais|alors|donc) )?(?:(?:pourquoi|comment|qui|que)\b|peu importe"
    r"|(?:faut|peut|doit|importe)-|est-(?!ce qu)"
    rf"|(?:dans|sur|chez|par|avec|pour|de|a) quel(?:le)?s? (?!{_VALUES}))"
)
"""A question that opens in another way: a value that it names is not what it asks for."""

_ASKING = r"(?:qui|que|quoi|ou|pourquoi|comment|quand|combien|quel(?:le)?s?|lesquel(?:le)?s)"
_ALSO = re.compile(
    rf"\w,? et (?:(?:a|de|en|par|pour|avec|dans|sur|depuis|chez) )?{_ASKING}\b|\w,? et qu'"
    r"|\?.*\?|\? *(?:cite|liste|resume|explique|donne)|, ?(?:et )?(?:si oui )?lesquel"
    r"|\bqui\b[^?]*, ?combien"
    r"|\b(?:et|puis|ou) (?:si oui )?(?:\w+-(?:t-)?(?:ils?|elles?|on|ce)\b|donne|explique|comment)"
)
"""A second question beside the first: it may be answered where the first is not."""

UNNAMED = word_list("monde gens personnes fois metres kilometres kilos litres grammes temps tps")
"""What is counted and mostly not named so beside its number: « 200 participants », « 12 m² »."""

_NOTHING = word_list("entre")
_YEARS = range(1900, 2101)
"""Numbers that mostly are dates, and count something only where the thing stands behind."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of value that is asked for.

    `thing` is the term of what is counted, or nothing; `given` are the numbers that the
    question holds itself.
    """

    kind: Kind
    thing: str
    given: frozenset[str]

    def shown_in(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind, whatever it counts."""
        if self.kind is not Kind.NUMBER or self.kind.shows(text):
            return self.kind.shows(text)
        found = frozenset(numbers(text)) - self.given
        return any(map(_no_year, found)) or bool(self._counts(text))

    def held_in(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind, and names what it counts."""
        if not self.thing:
            return self.shown_in(text)
        return bool(self._counts(text)) or (self.thing in terms(text) and self.shown_in(text))

    def _counts(self, text: str) -> list[str]:
        """Return the numbers of a text right before what is counted, before anything if unnamed."""
        pairs = [(number, term(word)) for number, word in counted(text, reach=2)]
        return [
            number
            for number, thing in pairs
            if number not in self.given and thing == (self.thing or thing)
        ]


def expected(question: str) -> Expected | None:
    """Return what kind of value answers a question, or None where any text may."""
    asked = fold(question)
    if _ALSO.search(asked) or _OTHERWISE.match(asked):
        return None
    for kind, pattern in _ASKED.items():
        if match := pattern.search(asked):
            return Expected(kind, _thing(match), frozenset(numbers(question)))
    return None


def lacking(wanted: Expected | None, texts: Sequence[str]) -> bool:
    """Tell whether no text holds what is asked for; the nearest may name it otherwise.

    Args:
        wanted: the kind of value, if there is one.
        texts: the sentences found, the nearest to the question first.
    """
    if wanted is None:
        return False
    return not any(map(wanted.held_in, texts)) and not any(map(wanted.shown_in, texts[:1]))


def _thing(match: re.Match[str]) -> str:
    """Return the term of what a question counts, or nothing."""
    word = match.groupdict().get("thing") or ""
    return term(word) if len(word) > 1 and word not in UNNAMED | _NOTHING else ""


def _no_year(number: str) -> bool:
    """Tell whether a number is none that mostly is a year."""
    return "." in number or int(number) not in _YEARS
