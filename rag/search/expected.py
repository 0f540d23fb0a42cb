"""What kind of value a question asks for, and which texts hold one; pure.

« Combien d’abonnés… ? » is answered by a number of subscribers and by nothing else: where no
passage found holds one, the corpus does not answer, near as its passages may be. Only kinds
that show in a text are read, in French; « qui », « où » or « pourquoi » ask for none of them.
The evidence is what `python -m eval.calibrate` prints.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rag.french.facts import counted, numbers
from rag.french.terms import term, terms
from rag.french.words import fold, word_list

_UNITS = r"(?:ans|annees?|mois|semaines?|jours?|journees?|heures?|minutes?|secondes?|siecles?)"
_MONTHS = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
)
_WEEKDAYS = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"


class Kind(Enum):
    """A kind of value, with what a folded text that holds one matches."""

    SHARE = re.compile(
        r"%|\bpour[ -]cents?\b|\b(?:moitie|tiers|quart|majorite|plupart|dixieme|aucune?)s?\b"
        r"|\bsur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent|mille|\d+)\b"
    )
    AMOUNT = re.compile(
        r"[€$£]|\b(?:euros?|dollars?|centimes?|gratuit\w*|millions?|milliards?|milliers?)\b"
    )
    AGE = re.compile(r"\b(?:ans|annees?|mois)\b|\bnee?s? (?:en|le|a)\b")
    DURATION = re.compile(rf"\b(?:an|{_UNITS})\b|\d ?(?:h|min)\b|\blongtemps\b")
    DATE = re.compile(rf"\b(?:{_MONTHS}|{_WEEKDAYS}|siecle|\d+)\b")
    NUMBER = re.compile(
        r"\b(?:(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?"
        r"|moitie|aucune?|seule?|unique|paire|couple|double|triple)\b"
    )
    """Numbers themselves are read by rag/french/facts.py; these words are of their kind."""


_ASKED = {
    Kind.DURATION: re.compile(rf"\bcombien (?:de |d')(?:temps\b|{_UNITS}\b)|\bquelle duree\b"),
    Kind.SHARE: re.compile(
        r"\bquel (?:\w+ ){0,4}(?:pourcentage|taux)\b|\bquelle (?:\w+ )?(?:part|proportion)\b"
    ),
    Kind.AGE: re.compile(r"\bquel age\b"),
    Kind.AMOUNT: re.compile(
        r"\bcombien (?:\w+ )?(?:cout|pay|gagn|vaut)|\b(?:pay|cout|gagn)\w* combien\b"
        r"|\bquel (?:\w+ ){0,4}(?:prix|tarif|salaire|montant|budget)\b"
    ),
    Kind.DATE: re.compile(r"\bquel(?:le)?s? (?:annees?|dates?|jours?|mois|siecles?)\b"),
    Kind.NUMBER: re.compile(
        r"\b(?:combien|quel (?:\w+ ){0,4}nombre) (?:de |d')(?P<counted>[^\W\d_]+)"
    ),
}
_ALSO = re.compile(
    r"\w,? et (?:(?:a|de|en|par|pour|avec|dans|sur) )?"
    r"(?:qui|que|quoi|ou|pourquoi|comment|quand|combien|quel(?:le)?s?)\b|\w,? et qu'"
)
"""A second question in the same sentence: it may be answered where the first is not."""

_UNNAMED = word_list("monde gens personnes fois metres kilometres kilos litres grammes")
"""What is counted and mostly not named so beside its number: « 200 participants », « 12 m² »."""

_YEARS = range(1900, 2101)
"""Numbers that mostly are dates, and count something only where the thing stands behind."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of value that is asked for.

    `counted` is the term of what is counted, or nothing; `given` are the numbers that the
    question holds itself.
    """

    kind: Kind
    counted: str
    given: frozenset[str]

    def shown_in(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind, whatever it counts."""
        loose = fold(text)
        if self.kind is not Kind.NUMBER:
            return self.kind.value.search(loose) is not None
        found = frozenset(numbers(text)) - self.given
        return bool(self.kind.value.search(loose)) or any(map(_no_year, found))

    def held_in(self, text: str) -> bool:
        """Tell whether a text holds a value of the kind, and names what it counts."""
        if not self.counted:
            return self.shown_in(text)
        if any(term(word) == self.counted for _, word in counted(text, reach=2)):
            return True
        return self.counted in terms(text) and self.shown_in(text)


def expected(question: str) -> Expected | None:
    """Return what kind of value answers a question, or None where any text may."""
    asked = fold(question)
    if _ALSO.search(asked):
        return None
    for kind, pattern in _ASKED.items():
        if match := pattern.search(asked):
            word = match.groupdict().get("counted", "")
            thing = term(word) if word and word not in _UNNAMED else ""
            return Expected(kind, thing, frozenset(numbers(question)))
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


def _no_year(number: str) -> bool:
    """Tell whether a number is none that mostly is a year."""
    return "." in number or int(number) not in _YEARS
