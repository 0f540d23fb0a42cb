"""French words: folded, with offsets in the original text; and the function words."""

import re
import unicodedata

_APOSTROPHES = "'’‘ʼ′＇"
_FOLDED = {
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(range(0x300, 0x370), None),  # combining diacritical marks
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None),  # invisible
    ord("œ"): "oe",
    ord("æ"): "ae",
}

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
# A letter or figure with what may follow it invisibly; `\w` less the underscore.
_LETTER = "[^\\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*+"
NUMERAL = (
    rf"(?<![^\W_])(?<!\d[.,])(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}}|\.\d{{3}})++(?:,\d++)?"
    r"|\d++[.,]\d++)(?![^\W\D_]|[.,]\d)"
)
"""Regular expression for a number written with separators: «1 234», «1.234,5», «3,5»."""
_WORD = re.compile(
    rf"(?P<numeral>{NUMERAL})"
    rf"|(?:(?:[ldjmtsncç]|(?:jus|lors|puis|quoi)?qu)[{_APOSTROPHES}](?=[^\W_])){{0,2}}"
    rf"(?P<word>{_LETTER}(?:[{_APOSTROPHES}]?{_LETTER})*+)",
    re.IGNORECASE,
)
_GROUPED = re.compile(rf"[{_SPACES}]|\.(?=\d{{3}}(?:\D|\Z))")


def word_list(spaced: str) -> frozenset[str]:
    """Return the words of a white-space separated list."""
    return frozenset(spaced.split())


STOPWORDS = word_list(
    # determiners, pronouns
    "le la les l un une des d du de au aux ce cet cette ces c ca cela ceci celui celle ceux celles "
    "mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
    "je j tu t il ils elle elles on nous vous me m te se s lui eux moi toi soi y en "
    "qui que qu quoi dont ou quel quelle quels quelles lequel laquelle lesquels lesquelles "
    "auquel duquel desquels desquelles auxquels auxquelles chaque quelque quelques tout toute tous "
    "toutes autre autres meme memes tel telle tels telles plusieurs certains certaines "
    # prepositions, conjunctions, adverbs without a subject of their own
    "a dans par pour sur sous avec sans vers chez entre contre depuis pendant des lors jusque "
    "et mais donc or ni car si comme quand lorsque puisque quoique parce afin ainsi aussi alors "
    "ne n pas plus tres trop peu moins encore deja toujours jamais bien combien comment pourquoi "
    "ici la puis ensuite enfin cependant toutefois selon "
    # être, avoir, faire
    "suis es est sommes etes sont etais etait etions etiez etaient fut furent sera seront serait "
    "seraient soit soient etre ete etant "
    "ai as avons avez ont avais avait avions aviez avaient eut eurent aura auront aurait auraient "
    "ait aient avoir eu eue eus ayant fait font faire faut",
)
"""French function words, folded; `search_terms` leaves them out."""


def fold(text: str) -> str:
    """Return `text` in NFKC, without case, accents, ligatures or invisible characters.

    Every apostrophe becomes «'». Folding is idempotent. Only Latin, Greek and Cyrillic
    diacritical marks (U+0300 to U+036F) are dropped: in other scripts they carry meaning.
    """
    loose = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", loose.translate(_FOLDED))


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Return each folded word of `text` with its (start, end) offsets in `text` itself.

    Elided words fall away («l’eau» → «eau»), hyphens and underscores separate, «@» and «#»
    fall away, «1 234» and «1.234» are «1234», «3,5» is «3.5»; «%» is no word.
    """
    spans = []
    for match in _WORD.finditer(text):
        kind = match.lastgroup or "word"
        token = match[kind] if kind == "word" else plain_numeral(match[kind])
        if word := "".join(fold(token).split()):
            spans.append((word, match.start(kind), match.end(kind)))
    return spans


def plain_numeral(numeral: str) -> str:
    """Return a number that `NUMERAL` matched with a decimal point and nothing else.

    A point before exactly three figures groups thousands, as in French: «1.234» is 1234.
    """
    return _GROUPED.sub("", numeral).replace(",", ".")


def words(text: str) -> list[str]:
    """Return the folded words of `text`, as `word_spans` finds them."""
    return [word for word, _, _ in word_spans(text)]
