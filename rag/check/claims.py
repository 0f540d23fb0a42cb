"""What a sentence of an answer asserts, as far as words can tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.french.clauses import Clause, clauses
from rag.french.facts import counted, numbers
from rag.french.grammar import LIGHT, term_list
from rag.french.names import full_names, proper_names
from rag.french.terms import term, terms
from rag.french.words import words

FEW_TERMS = 5
"""Terms of the longest answer without a verb that leans on its question: « En 2009. »."""

ASKING = term_list("annee date moment jour nom personne nombre appelle")
"""Terms of a question that only say what kind of answer is wanted."""

_ITEM = re.compile(r"\A\s*(?:\d{1,2}[.)]|[-–•*])\s+(?=\S)")
"""What stands before the item of a list: it says nothing, and a number there counts nothing."""

_VERDICT = re.compile(r"\A\s*(?:oui|non)\b[\s,.!:]*", re.IGNORECASE)
_YES = re.compile(r"\A\s*oui\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:quand|ann[ée]es?|dates?|jours?|mois|depuis|moment|si[èe]cle)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a claim answers to: its terms and words, and whether it asks when."""

    terms: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    when: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence asserts.

    `counted` pairs numbers with what they count: « trois salariés » is not « trois ans ».
    `names` are words of names, `full_names` those that stand together. `elliptic` claims have
    no verb: they say what they say of what is asked.
    """

    question: Question
    clauses: tuple[Clause, ...]
    terms: frozenset[str]
    numbers: frozenset[str]
    counted: frozenset[tuple[str, str]]
    names: frozenset[str]
    full_names: frozenset[tuple[str, ...]]
    elliptic: bool

    @property
    def new_terms(self) -> frozenset[str]:
        """The terms that the question did not bring."""
        return self.terms - self.question.terms

    @property
    def new_numbers(self) -> frozenset[str]:
        """The numbers that the question did not bring."""
        return self.numbers - self.question.numbers

    @property
    def added(self) -> frozenset[str]:
        """The terms that it adds; all of them, if it adds neither word nor number."""
        return self.new_terms if self.new_terms or self.new_numbers else self.terms


def claim(sentence: str, question: str) -> Claim:
    """Read a sentence that answers a question.

    Names are read from question and sentence together: a name that begins the sentence
    shows as one by standing elsewhere in the question. « Oui » alone says what is asked.
    """
    said = _VERDICT.sub("", _ITEM.sub("", sentence))
    if not said:
        said = question.rstrip(" ?\N{NO-BREAK SPACE}") if _YES.match(sentence) else sentence
    read = clauses(said)
    held = terms(said) - LIGHT - frozenset(_verbs(clause for clause in read if clause.source))
    whole = any(clause.verbal or clause.pronoun for clause in read)
    return Claim(
        question=_asked(question),
        clauses=read,
        terms=held,
        numbers=frozenset(numbers(said)),
        counted=frozenset(_things(said, frozenset(_verbs(read)))),
        names=frozenset(proper_names(f"{question}\n\n{said}")) & frozenset(words(said)),
        full_names=frozenset(full_names(said)),
        elliptic=not whole and len(held) <= FEW_TERMS,
    )


def bare(text: str) -> bool:
    """Tell whether a text says « Oui » or « Non » at most, and nothing of its own."""
    return not _VERDICT.sub("", text)


def _asked(question: str) -> Question:
    """Read a question."""
    return Question(
        terms=terms(question),
        words=frozenset(words(question)),
        numbers=frozenset(numbers(question)),
        when=_WHEN.search(question) is not None,
    )


def _verbs(read: Iterable[Clause]) -> Iterator[str]:
    """Yield the terms of the predicates of clauses."""
    for clause in read:
        yield from (word.term for word in clause.words if word.predicate)


def _things(text: str, verbs: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the numbers with the terms of what they count: no verb (« le prix 2015 compte »)."""
    for number, word in counted(text):
        if term(word) not in verbs:
            yield number, term(word)
