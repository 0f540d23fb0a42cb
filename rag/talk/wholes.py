"""Requests for a text as a whole: « Résume l’entretien avec … », « De quoi parle … »; pure."""

import re
from collections.abc import Collection, Mapping, Sequence

from rag.french.text import search_terms, stem
from rag.french.words import fold, words

_TEXT = (
    r"(?:textes?|documents?|articles?|entretiens?|interviews?|tribunes?|billets?|fichiers?|pdf"
    r"|cours|rapports?|notes?|memoires?|contenus?)"
)
_THIS = r"(?:ce|cet|cette|ces|le|la|l|les|mon|ma|mes|un|une)"
_POLITE = (
    r"(?:(?:est ce que )?(?:tu |vous )?(?:peux|pouvez|pourrais|pourriez|veux|voulez)(?: tu| vous)? "
    r"|(?:je (?:veux|voudrais)|j aimerais|aimerais|il (?:me )?faut|can you |could you |please )"
    r"(?: que tu)? ?)?(?:me |nous |m |te |moi )?"
)
_GIVE = (
    r"(?:(?:fais|faire|faites|fait|donne|donner|donnez|ecris|ecrire|propose|proposer)"
    r"(?: moi| nous)? )?"
)
_SHORT = r"(?:(?:bref|court|rapide|petit|brief|short) )?"
_REQUEST = re.compile(
    rf"{_POLITE}(?:"
    rf"{_GIVE}(?:un |une |le |la |a )?{_SHORT}(?:resum(?:e|es|er|ez)|syntheses?|summary)\b"
    r"|(?:synthetis|recapitul)(?:e|es|er|ez)\b|summari[sz]e\b|sum up\b"
    rf"|de quoi (?:ca )?(?:parle(?:nt)?|traite(?:nt)?|(?:est ce qu|qu)\w* parle) {_THIS} ?{_TEXT}\b"
    rf"|que (?:dit|disent|raconte|contient) {_THIS} ?{_TEXT}\b"
    r"|(?:quels?|quelles?) (?:sont|est) (?:les? |la )?"
    rf"(?:(?:principa\w+|grand\w*|essentiel\w*) )?(?:points?|idees?|lignes?|themes?|messages?)"
    rf"(?: (?:principa\w+|essentiel\w*|cles?|forts?))? "
    rf"(?:de |du |des |dans )?(?:{_THIS} )?{_TEXT}\b)"
)
_CALLED = re.compile(rf"\b{_TEXT}\b")
_PLAIN = re.compile(r"[^\W_]+")

_ASKING = frozenset(
    stem(
        words(
            "résume résumer résumez résumé résumés synthèse synthétise synthétiser récapitule "
            "récapituler summary summarize summarise sum up bref court rapide brief short "
            "texte document article entretien interview tribune billet fichier pdf cours rapport "
            "livre chapitre page note mémoire contenu principal principaux principale principales "
            "grand grandes essentiel point points idée idées ligne lignes thème thèmes message "
            "messages clé clés fort forts parle parlent traite dit disent raconte contient "
            "peux pouvez pourrais pourriez veux voulez voudrais aimerais donne donner donnez fais "
            "faire faites écris écrire propose proposer can could you please the of me phrase "
            "phrases lignes mots quelques"
        )
    )
)
"""Stems that ask for it, or call a text a text: they name none."""

NAMED = 0.6
"""Share of what a request names that a title must have to be meant by it."""


def asks_for_whole(question: str) -> bool:
    """Tell whether a question asks what a text says, all in all."""
    return _REQUEST.match(" ".join(_PLAIN.findall(fold(question)))) is not None


def meant(question: str, titles: Mapping[str, str], found: Sequence[str]) -> str | None:
    """Return the id of the text that a request means, or None where that is not told.

    Args:
        question: a request, with what it leans on.
        titles: the title of each text that may be meant, by its id.
        found: ids of texts that were found for it, the best first.
    """
    wanted = frozenset(search_terms(question)) - _ASKING
    if len(titles) == 1:
        return next(iter(titles))
    if not wanted:
        return None
    shares = {name: _share(wanted, search_terms(title)) for name, title in titles.items()}
    ranks = {name: -rank for rank, name in enumerate(found)}
    best = max(shares, key=lambda name: (shares[name], ranks.get(name, -len(ranks))), default=None)
    return best if best is not None and shares[best] >= NAMED else None


def named_in(question: str, text: str) -> bool:
    """Tell whether a request calls a text so and names something, and this one has all of it."""
    wanted = frozenset(search_terms(question)) - _ASKING
    called = _CALLED.search(fold(question)) is not None
    return called and bool(wanted) and _share(wanted, search_terms(text)) == 1.0


def _share(wanted: Collection[str], terms: Collection[str]) -> float:
    """Return the share of `wanted` that is among the terms."""
    return len(frozenset(wanted) & frozenset(terms)) / len(wanted)
