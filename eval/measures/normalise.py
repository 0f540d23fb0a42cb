"""French answers made comparable: case, typography, elisions, articles and accents set aside.

SQuAD's normaliser (Rajpurkar et al. 2016, official script: lower case, punctuation off,
a/an/the off, white space one) knows neither elisions nor French numbers, and the French ones
published after it glue «l'eau» into «leau», miss «’» or cut «3,5» in two. Ours, in order:
apostrophes made one, NFKC, citations and the mark of an unverified sentence off, casefold,
œ → oe, «1 234» joined, elisions stripped, «3,5» → «3.5», «%» and currency signs apart, all
other punctuation to space, articles dropped, accents folded.

It is the ruler and not the product: it shares no code with rag/french/words.py, so that a change
of the retrieval never changes what is counted as right.

Limits: signs are dropped («-5» is «5»); «1.234» stays a decimal; letters that touch a figure
stay with it («19h30», «240km», «2e»), so that accepted answers must give both writings.
"""

import re
import unicodedata
from collections.abc import Sequence

from rag.messages import UNSUPPORTED_MARK

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼ′＇`´", "'"))
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# «[1]», «[1][2]», «[1, 2]», «[1-3]»; years and words in brackets are part of the answer.
_CITATION = re.compile(r"\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\]")
# NFKC has made every no-break, narrow and thin space a plain one.
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\d)")
_ELISION = re.compile(r"(?<!\w)(?:[ldjmtsnc]|(?:jus|lors|puis)?qu)'")
# A decimal has one separator: «03.04.2012» is three numbers.
_TOKEN = re.compile(r"(?<!\d)(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)[^\W_]*|[^\W_]+|[%‰€$£¥]")

_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "du", "au", "aux"})
_ONE = frozenset({"un", "une"})
_TENS = frozenset({"vingt", "trente", "quarante", "cinquante", "soixante"})
_BEFORE_ONE = _TENS | {"cent", "mille"}
# After these, «tiers» or «mois» is not one of them, as «un tiers» and «un mois» are.
_QUANTITY = re.compile(
    r"\d.*|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|plusieurs|quelques"
)


def tokens(text: str, *, fold_accents: bool = True) -> tuple[str, ...]:
    """Return the words of an answer that count, normalised, in order.

    The articles dropped are those of FQuAD's evaluation (d'Hoffschmidt et al. 2020: le, la,
    les, l', du, des, au, aux, un, une), contractions among them: «aux États-Unis» and «les
    États-Unis» are one answer. «de» and «à» are prepositions and stay. «là» and «dès» are no
    articles: accents are folded last. «un» stays in «vingt et un» and «cent un», and a text
    of articles alone keeps them, so that no answer is empty that has a word.
    """
    read = words(text)
    kept = (read[index] for index in _counting(read))
    return tuple(map(_folded, kept)) if fold_accents else tuple(kept)


def contains(text: str, wording: str, *, fold_accents: bool = True) -> bool:
    """Say whether all tokens of `wording` stand in `text`, together and in order.

    «un tiers» is not in «deux tiers», nor «un mois» in «6 mois», although «un» is dropped as
    an article. A wording without any token is in no text.
    """
    wanted = tokens(wording, fold_accents=fold_accents)
    held = tokens(text, fold_accents=fold_accents)
    places = [
        at
        for at in range(len(held) - len(wanted) + 1)
        if wanted and held[at : at + len(wanted)] == wanted
    ]
    if words(wording)[:1] not in {("un",), ("une",)}:
        return bool(places)
    read = words(text)
    kept = _counting(read)
    return any(not _counted(read, kept, kept[at]) for at in places)


def words(text: str) -> tuple[str, ...]:
    """Return all the words of a text, normalised, articles and accents kept."""
    plain = _invisible_off(without_marks(text)).casefold().translate(_LIGATURES)
    plain = unicodedata.normalize("NFC", plain)
    plain = _GROUPED.sub(lambda match: match[0].replace(" ", ""), plain)
    plain = _ELISION.sub("", plain)
    return tuple(match[0].replace(",", ".") for match in _TOKEN.finditer(plain))


def without_marks(text: str) -> str:
    """Return a text in NFKC, apostrophes made one, without citations and «[non vérifié]»."""
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    return _CITATION.sub(" ", plain.replace(UNSUPPORTED_MARK, " "))


def _invisible_off(text: str) -> str:
    """Return a text without soft hyphens, joiners and the like, which cut no word."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _counting(read: Sequence[str]) -> list[int]:
    """Return the indices of the words that are no article; all of them if each is one."""
    kept = [
        index
        for index, word in enumerate(read)
        if word not in _ARTICLES or (word in _ONE and _ends_number(read[:index]))
    ]
    return kept or list(range(len(read)))


def _ends_number(before: Sequence[str]) -> bool:
    """Say whether the words before «un» make a number with it, such as «vingt et»."""
    *_, last_but_one, last = "", "", *before
    return last in _BEFORE_ONE or (last == "et" and last_but_one in _TENS)


def _counted(read: Sequence[str], kept: Sequence[int], index: int) -> bool:
    """Say whether the word right before `index` is a quantity, articles being none."""
    before = index - 1
    return before in kept and _QUANTITY.fullmatch(read[before]) is not None


def _folded(word: str) -> str:
    """Return a word without its accents."""
    loose = unicodedata.normalize("NFD", word)
    kept = "".join(char for char in loose if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", kept)
