"""Why there is no answer: what of the question stands in the corpus, and what does not; pure.

Only what is true of the index is said: a word is missing if no passage holds any form of it,
a name is known if it stands as it is in one of the nearest passages.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag import messages as say
from rag.french.mentions import Name, names_in
from rag.french.text import search_terms
from rag.french.tongue import foreign
from rag.french.values import Kind
from rag.french.words import fold, word_spans, words
from rag.search.expected import UNNAMED
from rag.types import Hit

MOST = 2
"""Names or words shown of each kind: a sentence with more is not read."""

LONGEST = 60
"""Characters of a name that is shown; no real one has more."""

SHORTEST = 3
"""Letters of a word that is shown; shorter ones are mostly slips."""

_VALUES = {
    Kind.SHARE: say.LACKING_SHARE,
    Kind.AMOUNT: say.LACKING_AMOUNT,
    Kind.AGE: say.LACKING_AGE,
    Kind.DURATION: say.LACKING_DURATION,
    Kind.DATE: say.LACKING_DATE,
    Kind.NUMBER: say.LACKING_NUMBER,
}
_ASKING = re.compile(r"[^?!.…\n]+\?")
_DETERMINED = re.compile(
    r"(?:(?<![^\W_])(?:les?|la|une?|des|du|de|aux?|ce|cet|cette|ces|son|sa|ses|leurs?)[ \u00a0]"
    r"|(?<![^\W_])[ld]['’])\Z",
    re.IGNORECASE,
)
"""What stands before a noun. « Quel » does too, but its noun names the kind of the answer,
which need not be said in it: « Quel âge… ? » is answered by « 42 ans »."""

_DETERMINED_LETTERS = 8
"""Characters of the longest of them, with what comes before it and the space behind."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name or a noun of the question as it is written there, and its folded words."""

    text: str
    words: tuple[str, ...]
    name: bool


def refusal_reason(
    question: str, hits: Sequence[Hit], holds: Callable[[str], bool], lacking: Kind | None
) -> str:
    """Return why nothing is answered; see `explain`."""
    if not hits:
        return say.REFUSAL_NO_PASSAGE
    missing = explain(question, hits, holds, lacking)
    return say.REFUSAL_EXPLAINED.format(missing=missing) if missing else say.REFUSAL_REASON


def quoted_reason(question: str, hits: Sequence[Hit], holds: Callable[[str], bool]) -> str:
    """Return why nothing but a quotation is shown; see `explain`."""
    missing = explain(question, hits, holds, None)
    return say.QUOTED_EXPLAINED.format(missing=missing) if missing else say.QUOTED_REASON


def explain(
    question: str, hits: Sequence[Hit], holds: Callable[[str], bool], lacking: Kind | None
) -> str:
    """Return which names the corpus speaks of and which words or value it lacks, or nothing.

    Args:
        question: what was asked, in any words; what is shown of it is shown as it is written.
        hits: the nearest passages.
        holds: tells whether any passage of the whole index holds a search term.
        lacking: the kind of value that was asked for, if no passage found holds one.

    Returns:
        A sentence without its full stop.
    """
    asked = " ".join(_ASKING.findall(question)) or question
    if foreign(question):  # the corpus may well say in French what it asks in its own words
        return ""
    named = _named(asked)
    missing = [one for one in named if _missing(one, holds)]
    known = [one for one in named if one.name and one not in missing and _stands(one, hits)]
    if not missing:
        return _without(known[:MOST], _VALUES[lacking]) if lacking else ""
    if known:
        return _beside(known[:MOST], _most_telling(missing))
    alone = not any(map(holds, search_terms(asked)))
    return _alone(_most_telling(missing), nothing_else=alone)


def _missing(one: _Named, holds: Callable[[str], bool]) -> bool:
    """Tell whether the index lacks a word of a name, or a noun."""
    return any(not holds(term) for word in one.words for term in search_terms(word))


def _stands(one: _Named, hits: Sequence[Hit]) -> bool:
    """Tell whether a name stands in a passage found, or in its headings, as it is."""
    spoken = f" {' '.join(one.words)} "
    texts = (f"{hit.passage.title} {hit.passage.section} {hit.passage.text}" for hit in hits)
    return any(spoken in f" {' '.join(words(text))} " for text in texts)


def _most_telling(missing: Sequence[_Named]) -> list[str]:
    """Return what is missing, names before nouns, each within guillemets."""
    ranked = sorted(missing, key=lambda one: not one.name)
    return [_shown(one) for one in ranked[:MOST]]


def _without(known: Sequence[_Named], value: str) -> str:
    """Return that the passages found do not give a value, and of what the corpus speaks."""
    if not known:
        return say.LACKING.format(value=value)
    return say.LACKING_BESIDE.format(known=_listed(known), value=value)


def _beside(known: Sequence[_Named], missing: Sequence[str]) -> str:
    """Return that the corpus speaks of some names, but lacks the rest."""
    told = _listed(known)
    template = say.MISSING_BESIDE if len(missing) == 1 else say.MISSING_BESIDE_MANY
    return template.format(known=told, missing=missing[0], last=missing[-1])


def _listed(known: Sequence[_Named]) -> str:
    """Return « de » before one or two names."""
    first, *more = map(_of, map(_shown, known))
    return say.OF_LISTED.format(first=first, last=more[0]) if more else first


def _alone(missing: Sequence[str], *, nothing_else: bool) -> str:
    """Return that the corpus lacks some words; `nothing_else` of the question stands in it."""
    if nothing_else:
        template = say.MISSING_ALL if len(missing) == 1 else say.MISSING_ALL_MANY
        missing = [_of(one) for one in missing]
    else:
        template = say.MISSING_WORD if len(missing) == 1 else say.MISSING_WORDS
    return template.format(missing=missing[0], last=missing[-1])


def _shown(one: _Named) -> str:
    """Return a name or a noun within guillemets."""
    return say.NAMED.format(name=one.text)


def _of(shown: str) -> str:
    """Return « de » before a name within guillemets, elided before a vowel."""
    letter = fold(shown.strip("«»\u00a0"))[:1]
    return (say.OF_VOWEL if letter in "aeiou" else say.OF).format(name=shown)


def _named(asked: str) -> list[_Named]:
    """Return the names of the question and the nouns that a determiner stands before, in order.

    What holds a figure is left out: it is a code, or a number that may be written otherwise.
    """
    names = list(names_in(asked))
    taken = {place for name in names for place in range(name.start, name.end)}
    nouns = [
        Name(start, end, (word,))
        for word, start, end in word_spans(asked)
        if start not in taken
        and word not in UNNAMED
        and _DETERMINED.search(asked[max(0, start - _DETERMINED_LETTERS) : start])
    ]
    found = sorted([*names, *nouns], key=lambda one: one.start)
    return [
        _Named(asked[one.start : one.end], one.words, name=one.start in taken)
        for one in found
        if _may_be_shown(asked, one)
    ]


def _may_be_shown(asked: str, one: Name) -> bool:
    """Tell whether a name or noun is a plain one: neither a code nor anything hidden."""
    text = asked[one.start : one.end]
    code = any(map(str.isdigit, asked[one.start : one.end + 2]))
    return not code and SHORTEST <= len(text) <= LONGEST and text.isprintable()
