"""What a sentence asserts beyond its words: numbers and negations.

An answer's sentence is held against its source by these, as by names (rag/french/names.py); each
returns normalised strings, so that «33 %» and «trente-trois pour cent» compare equal.
text2num (MIT, alive) reads the numbers written in words; this is the only file that imports
it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from text_to_num import alpha2digit  # type: ignore[import-untyped]  # it brings no types

from rag.french.words import NUMERAL, STOPWORDS, fold, plain_numeral, word_list

# text2num takes quadratic time on hostile text («deux deux deux…»): so many words at a time.
_WORDS_AT_ONCE = 500
_WORDS = re.compile(rf"\S++(?:\s++\S++){{0,{_WORDS_AT_ONCE - 1}}}")
ROMAN = re.compile(
    r"\b(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(?:(?:er|re|e|ère|[iè]*ème|ieme|eme)|(?<=[IVX]{2}))\b"
)
"""Regular expression for a number in Roman figures: «XXe», «XIV»."""

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_NUMERAL = re.compile(NUMERAL)
_PER_CENT = re.compile(r"\bpour[ -]cents?\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\w)ieme(?=s?\b)", re.IGNORECASE)
_SCALE = re.compile(r"\b(\d+(?:\.\d+)?)\s(mille|millions?|milliards?)\b", re.IGNORECASE)
_SCALES = {"mille": 1000, "million": 10**6, "milliard": 10**9}
# Figures that are part of no word («A4»), but «19h30» is two numbers; or a word.
_FOUND = re.compile(
    r"(?:(?<![^\W_])|(?<=\dh))(?:(?<!\d[.,])\d++[.,]\d++(?![.,]\d)|\d++)|[^\W\d_]++", re.IGNORECASE
)
_OF = frozenset({"de", "d", "du", "des"})
# text2num leaves numbers below four alone when they stand alone, «un» among them.
_SMALL = {
    "zero": "0",
    **dict.fromkeys(("premier", "premiere", "premiers", "premieres"), "1"),
    **dict.fromkeys(("deux", "deuxieme", "deuxiemes"), "2"),
    **dict.fromkeys(("second", "seconde", "seconds", "secondes"), "2"),
    **dict.fromkeys(("trois", "troisieme", "troisiemes"), "3"),
}


def numbers(text: str) -> list[str]:
    """Return the numbers of `text` in order, each once: figures, words, ordinals, Roman.

    «33 %», «33%» and «trente-trois pour cent» give "33"; «2e», «second» and «deuxième» "2";
    «XXe siècle» "20"; «3,50» "3.5"; «3 millions» "3000000"; «03.04.2012» "3", "4", "2012".
    «un» and «une» alone are articles. Limits: signs are dropped; «neuf» is always 9, «une
    seconde» always 2; fractions («deux tiers») give their figures; hundreds in Roman
    numerals are not read.
    """
    found = (_value(match[0]) for match in _tokens(text))
    return list(dict.fromkeys(value for value in found if value))


def counted(text: str, reach: int = 1) -> list[tuple[str, str]]:
    """Return each number with the folded words that it may count, in order, each pair once.

    «trois ans» gives ("3", "ans"); with a `reach` of three words «les 12 et 13 mars» gives
    ("12", "mars") and ("13", "mars"). A mark or «de» ends the reach; names, verbs of no list
    and function words are not told apart from what is counted, but for capitals.
    """
    found = _tokens(text)
    pairs = (
        (number, fold(word))
        for place, match in enumerate(found)
        if (number := _value(match[0]))
        for word in _behind(found, place, reach)
        if word[0].islower() and _may_be_counted(fold(word))
    )
    return list(dict.fromkeys(pairs))


def _behind(found: Sequence[re.Match[str]], place: int, reach: int) -> Iterator[str]:
    """Yield the words behind one, up to a mark, a «de» or `reach` words."""
    for before, match in pairwise(found[place : place + reach + 1]):
        between = match.string[before.end() : match.start()]
        if not between.isspace() or match[0].lower() in _OF:
            return
        yield match[0]


def _may_be_counted(word: str) -> bool:
    """Tell whether a folded word is one of content: no number, letter or function word."""
    return len(word) > 1 and not _value(word) and word not in STOPWORDS


def _tokens(text: str) -> list[re.Match[str]]:
    """Return the numbers of a text in figures, small ones aside, and its words, in order."""
    plain = unicodedata.normalize("NFKC", ROMAN.sub(_arabic, text))
    plain = _NUMERAL.sub(lambda match: plain_numeral(match[0]), plain)
    plain = _SCALE.sub(_scaled, _ORDINAL.sub("ième", _PER_CENT.sub("%", plain)))
    spelled = " ".join(alpha2digit(part[0], "fr") for part in _WORDS.finditer(plain))
    return list(_FOUND.finditer(spelled))


def _arabic(match: re.Match[str]) -> str:
    """Return a Roman numeral in Arabic figures."""
    values = [_ROMAN_VALUES[letter] for letter in match[1]]
    following = [*values[1:], 0]
    signed = (-v if v < n else v for v, n in zip(values, following, strict=True))
    return str(sum(signed))


def _scaled(match: re.Match[str]) -> str:
    """Return «3.5 millions» in figures alone."""
    return f"{Decimal(match[1]) * _SCALES[match[2].lower().rstrip('s')]:f}"


def _value(token: str) -> str:
    """Return a number in canonical form, or nothing for any other word."""
    if not token[0].isdigit():
        return _SMALL.get(fold(token), "")
    whole, _, fraction = token.replace(",", ".").partition(".")
    whole = "".join(str(unicodedata.decimal(figure)) for figure in whole).lstrip("0") or "0"
    fraction = "".join(str(unicodedata.decimal(figure)) for figure in fraction).rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


_TOKEN = re.compile(r"(?:n|qu|d)'|[^\W_]+(?:-[^\W_]+)*|[.,;:!?…()«»—]")
_CLAUSE_END = frozenset(".,;:!?…()«»—")
# How far the two parts of a negation may stand apart, in words: «ne l'avait encore tout à
# fait jamais» has six between.
_REACH = 8
_SECOND = word_list(
    "pas point plus jamais rien aucun aucune personne guere nullement aucunement nul nulle ni "
    "que qu'"
)
_FIRST = frozenset({"personne", "rien", "aucun", "aucune", "nul", "nulle", "jamais", "ni", "pas"})
_NOUNS = frozenset({"pas", "point", "personne", "rien"})
_DETERMINERS = word_list(
    "un une le la les des du ce cet cette ces mon ton son sa ses nos vos leur leurs chaque "
    "quelque quelques plusieurs premier premiers petit petits grand faux deux trois cent mille "
    "au aux a par pour toute"
)
# Verbs that «ne» alone negates.
_LITERARY = re.compile(r"(?:peu[tx]|peuvent|pouv|pu[ts]?$|sai[st]$|sav|saur|cess|ose|osai|daign)")
_MASCULINE = {"aucune": "aucun", "nulle": "nul"}
_IDIOMS: dict[str, Callable[[str, str], bool]] = {
    "sans": lambda _, after: after != "doute",
    "non": lambda before, after: after != "seulement" and before != "ou",
    "jamais": lambda before, _: before not in {"a", "si", "que", "qu'"},
    "pas": lambda before, _: before not in _DETERMINERS,
    **dict.fromkeys(("ni", "aucun", "aucune", "nullement", "aucunement"), lambda *_: True),
}


def negations(text: str) -> list[str]:
    """Return the negations of `text` in order, as «ne pas», «ne jamais», «sans» or «ni».

    «ne … que» restricts and «ne» alone is mostly expletive: neither counts, save before
    pouvoir, savoir, cesser, oser, daigner. «un pas», «sans doute», «non seulement» and
    «n’est-ce pas» do not either. Limits: the two parts must stand within eight words and no
    punctuation between; «ne … plus que» is always taken as a restriction; words that
    negate by their meaning («refuser», «impossible») are not seen.
    """
    tokens = _TOKEN.findall(fold(text))
    found: dict[int, str] = {}
    for index, token in enumerate(tokens):
        if token in {"ne", "n'"}:
            _pair(tokens, index, found)
    for index, token in enumerate(tokens):
        rule = _IDIOMS.get(token)
        if rule and index not in found and rule(_at(tokens, index - 1), _at(tokens, index + 1)):
            found[index] = _MASCULINE.get(token, token)
    return [found[index] for index in sorted(found) if found[index]]


def _at(tokens: Sequence[str], index: int) -> str:
    """Return the token at `index`, or nothing outside."""
    return tokens[index] if 0 <= index < len(tokens) else ""


def _clause(tokens: Sequence[str], indices: range) -> Iterator[int]:
    """Yield the indices up to the first punctuation or the end of the tokens."""
    for index in indices:
        if not _at(tokens, index) or tokens[index] in _CLAUSE_END:
            return
        yield index


def _pair(tokens: Sequence[str], at: int, found: dict[int, str]) -> None:
    """Enter in `found` the word that completes the «ne» at `at`, if it negates."""
    if _at(tokens, at + 1).startswith("est-ce"):
        found[at + 2] = ""  # the «pas» of «n’est-ce pas» is taken, and says nothing
        return
    after = _clause(tokens, range(at + 1, at + 1 + _REACH))
    second = next((i for i in after if tokens[i] in _SECOND and not _is_noun(tokens, i)), at)
    if second > at and not _restricts(tokens, second):
        found[second] = _named(tokens[second])
        return
    before = _clause(tokens, range(at - 1, at - 1 - _REACH, -1))
    first = next((i for i in before if tokens[i] in _FIRST and not _is_noun(tokens, i)), at)
    if first < at and first not in found:
        found[first] = _named(tokens[first])
    elif second == at and _LITERARY.match(_at(tokens, at + 1)):
        found[at] = "ne"


def _named(token: str) -> str:
    """Return the name of a negation by its second word."""
    return f"ne {_MASCULINE.get(token, token)}"


def _is_noun(tokens: Sequence[str], index: int) -> bool:
    """Say whether a word such as «pas» or «personne» stands after a determiner."""
    return tokens[index] in _NOUNS and _at(tokens, index - 1) in _DETERMINERS


def _restricts(tokens: Sequence[str], index: int) -> bool:
    """Say whether «que» or «plus que» completes the «ne»."""
    que = {"que", "qu'"}
    return tokens[index] in que or (tokens[index] == "plus" and _at(tokens, index + 1) in que)
