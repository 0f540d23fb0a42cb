"""Follow-up questions: what they speak of is taken from the turn before."""

import re
from collections.abc import Sequence

from rag.text import search_terms
from rag.types import Turn
from rag.words import word_list, words

FOLLOW_UP_TERMS = 2
"""A question with at most this many search terms cannot be searched for alone: « Et chez
Orange ? » has one, « Pourquoi ? » none, the shortest questions that stand alone have three."""

INVERTED_TERMS = 3
"""« Que dit-il de Twitter ? » leans on the turn before; in a longer question the subject
that « -il » repeats mostly stands in the question itself."""

_OPENINGS = word_list("et mais alors donc sinon")
_POINTERS = word_list("il elle ils elles lui leur eux celui celle ceux celles cela ca")
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|lui|eux)\b", re.IGNORECASE)


def follows_up(question: str, history: Sequence[Turn]) -> bool:
    """Tell whether the question leans on the turn before it."""
    spoken = words(_INVERTED.sub("", question))
    if not history or not spoken:
        return False
    terms = len(search_terms(question))
    leans = spoken[0] in _OPENINGS or not _POINTERS.isdisjoint(spoken)
    inverted = _INVERTED.search(question) is not None and terms <= INVERTED_TERMS
    return leans or inverted or terms <= FOLLOW_UP_TERMS


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return what to search for: a follow-up carries the question before it along."""
    if not follows_up(question, history):
        return question
    return f"{history[-1].question} {question}"
