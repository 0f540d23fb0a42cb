"""Follow-up questions: what they speak of is taken from the turn before."""

import re
from collections.abc import Sequence

from rag.names import proper_names
from rag.text import search_terms
from rag.types import Turn
from rag.words import word_list, words

FOLLOW_UP_TERMS = 2
"""A question with at most this many search terms and no name cannot be searched for alone:
« Pour quelle raison ? » has one, « Que dit-il de juillet ? » two. In a longer question the
subject that « -il » repeats mostly stands in the question itself."""

_OPENINGS = word_list("et mais alors donc sinon")
_POINTERS = word_list("il elle ils elles lui eux celui celle ceux celles cela ca")
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|lui|eux)\b", re.IGNORECASE)
_IMPERSONAL = re.compile(
    r"\bil (?:n[’'])?(?:y a|y avait|faut|faudrait|s[’']agit|existe)\b"
    r"|\b(?:ceux|celui|celles?) (?:qui|que|qu[’']|dont|de|d[’'])",
    re.IGNORECASE,
)
"""« il y a », « ceux qui »: pronouns that point at nothing before."""

_DEFINES = re.compile(r"\bqu(?:[’']est-ce que|i est|i sont)\b", re.IGNORECASE)
"""« Qu’est-ce que le purpose ? » asks for a thing by its own name."""


def follows_up(question: str, history: Sequence[Turn]) -> bool:
    """Tell whether the question leans on the turn before it."""
    spoken = words(_IMPERSONAL.sub("", _INVERTED.sub("", question)))
    if not history or not spoken:
        return False
    if spoken[0] in _OPENINGS or not _POINTERS.isdisjoint(spoken):
        return True
    named = bool(proper_names(question)) or _DEFINES.search(question) is not None
    inverted = _INVERTED.search(question) is not None
    return len(search_terms(question)) <= FOLLOW_UP_TERMS and (inverted or not named)


def leaned_on(question: str, history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turn that the question leans on: the last one, or none."""
    return tuple(history[-1:]) if follows_up(question, history) else ()


def standalone(question: str, turns: Sequence[Turn]) -> str:
    """Return what to search for: the question behind those that it leans on."""
    return " ".join([*(turn.question for turn in turns), question])
