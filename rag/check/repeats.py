"""Sentences that only give the question back: true perhaps, and no answer; pure."""

import re

from rag.check.claims import claim
from rag.french.words import fold, word_list, words

_OPEN = re.compile(
    r"\W*(?:(?:et|mais|alors) )?(?:(?:selon|d'apres|pour|chez) [^,?]{1,60}, ?)?"
    r"(?:(?:a|de|en|par|pour|avec|sur|dans|chez|depuis|vers) |d ?')?"
    r"(?:(?:qui|que|quoi|ou|quand(?![^?]*,)|comment|pourquoi|combien|quel(?:le)?s?)\b|qu')"
)
"""How a question begins that wants to know more than whether it is so; not a choice (« A ou
B ? »), which holds its answer itself."""

_CHOICE = re.compile(r"\bou\b", re.IGNORECASE)
_ANSWERS = word_list(
    "toujours jamais tous toutes tout aucun aucune plusieurs rien personne partout nous vous un une"
)
"""Function words that answer by themselves."""


def asks_more(question: str) -> bool:
    """Tell whether a question wants to know more than it holds itself."""
    return not _CHOICE.search(question) and _OPEN.match(fold(question)) is not None


def repeats(sentence: str, question: str) -> bool:
    """Tell whether a sentence adds neither word nor number to what was asked.

    Args:
        sentence: what was written.
        question: what it answers, with the turns that it leans on.
    """
    read = claim(sentence, question)
    added = _ANSWERS & frozenset(words(sentence)) - read.question.words
    return not (read.new_terms or read.new_numbers or added)
