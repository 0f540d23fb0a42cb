"""The check of one claim: does a sentence of the passages carry it?

It must have the claim's words, its numbers, its names and its negation. Nothing here asks a
language model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.config import SupportSettings
from rag.evidence import Sentence, neighbours, share
from rag.facts import counted, negations, numbers, proper_names
from rag.text import search_terms, stem
from rag.words import words

CLAUSE_END = re.compile(r",(?!\d)|[;:()–—]|\b(?:et|mais|or|car|puis|tandis|alors)\b")
"""Where a clause ends, roughly: a negation on one side does not reach the other."""

FEW_TERMS = 3
"""A claim that adds so few terms, or none, must find every one of them: « ouvert » for
« fermé » is one word of three. Longer ones may say a thing in other words."""

ADDED_WEIGHT = 0.75
"""The words of the question that an answer repeats are the user's own and may be others than
the document's. Of the drafts written for 136 golden questions for development, 35 of 50 right
ones stand so, with a least coverage of 0.88, 15 of 41 wrong ones and 2 of 20 that should have
been refused; with 0.5 and 0.8 it was 35, 17 and 4."""

LIGHT_TERMS = frozenset(search_terms("trouve situe appelle nomme agit existe lieu environ"))
"""Words that only carry the answer (« se trouve à Lille »): no evidence needs them."""

DENIED_SHARE = 0.5
"""The least share of a denying claim's terms in the clauses of its evidence that deny."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence of an answer asserts, as far as words can tell.

    `counted` are the terms that its numbers count: « trois salariés » is not « trois ans ».
    """

    terms: frozenset[str]
    new_terms: frozenset[str]
    numbers: frozenset[str]
    new_numbers: frozenset[str]
    counted: frozenset[str]
    names: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that carry a claim, in reading order, and how fully (0 to 1)."""

    evidence: tuple[Sentence, ...]
    score: float


def claim(sentence: str, question: str) -> Claim:
    """Read a sentence: its terms, those the question did not bring, numbers, names, negation.

    Names are read from question and sentence together: a name that begins the sentence
    shows as one by standing elsewhere in the question.
    """
    terms = _content(sentence) - LIGHT_TERMS
    found = frozenset(numbers(sentence))
    return Claim(
        terms=terms,
        new_terms=terms - _content(question),
        numbers=found,
        new_numbers=found - frozenset(numbers(question)),
        counted=frozenset(stem(counted(sentence))),
        names=frozenset(proper_names(f"{question}\n\n{sentence}")) & frozenset(words(sentence)),
        negated=bool(negations(sentence)),
    )


def _content(text: str) -> frozenset[str]:
    """Return the search terms that are not numerals: numbers are compared by their value."""
    return frozenset(term for term in search_terms(text) if not term[0].isdigit())


def coverage(asserted: Claim, evidence: Sequence[Sentence]) -> float:
    """Return how much of the claim the evidence carries, from 0 to 1.

    It is made of two shares: of all its terms, that the evidence has with its headings, and,
    with `ADDED_WEIGHT`, of those it adds to the question, that the evidence itself has: an
    answer that only echoes a title is supported by nothing. A hard check that fails gives 0:
    a number, what it counts, a name or a negation that the evidence does not have, a word of
    a claim that has few.
    """
    text = " ".join(item.text for item in evidence)
    around = f"{text} {evidence[0].heading}"
    agrees = (
        asserted.new_numbers <= frozenset(numbers(text))
        and asserted.numbers <= frozenset(numbers(around))
        and asserted.counted <= frozenset(search_terms(around))
        and asserted.names <= frozenset(words(around))
    )
    if not agrees:
        return 0.0
    stated, heading = _stated(asserted, evidence), _content(evidence[0].heading)
    few = len(asserted.new_terms) <= FEW_TERMS
    if few and not _added(asserted) <= stated | heading:
        return 0.0
    return _shared(asserted, stated, heading)


def _added(asserted: Claim) -> frozenset[str]:
    """Return the words that the claim adds; all of it, if it adds neither word nor number."""
    echoes = not asserted.new_terms and not asserted.new_numbers
    return asserted.terms if echoes else asserted.new_terms


def _shared(asserted: Claim, stated: frozenset[str], heading: frozenset[str]) -> float:
    """Return the weighed shares of the claim's terms and of its new ones, as `coverage` says."""
    whole = share(asserted.terms, stated | heading)
    added = _added(asserted)
    return (1 - ADDED_WEIGHT) * whole + ADDED_WEIGHT * (share(added, stated) if added else whole)


def _stated(asserted: Claim, evidence: Sequence[Sentence]) -> frozenset[str]:
    """Return the terms that the evidence states in the claim's own sense, clause by clause.

    Clauses that deny lend nothing to a claim that does not; a claim that denies needs a
    clause that denies the half of its terms at least.
    """
    clauses = [clause for item in evidence for clause in CLAUSE_END.split(item.text)]
    denying = [clause for clause in clauses if negations(clause)]
    denied = frozenset(search_terms(" ".join(denying)))
    if asserted.negated:
        everything = frozenset[str]().union(*(item.terms for item in evidence))
        return everything if share(asserted.terms, denied) >= DENIED_SHARE else frozenset()
    return frozenset(search_terms(" ".join(item for item in clauses if item not in denying)))


def find_support(
    asserted: Claim, sentences: Sequence[Sentence], settings: SupportSettings
) -> Support | None:
    """Return the shortest evidence that carries the claim: one sentence, else two neighbours.

    Args:
        asserted: the claim.
        sentences: those that may support it, in reading order.
        settings: the least coverage that counts as support, by one and by two sentences.
    """
    singles = [(sentence,) for sentence in sentences]
    pairs = list(neighbours(sentences))
    for group, least in ((singles, settings.coverage), (pairs, settings.pair_coverage)):
        scored = [(coverage(asserted, evidence), evidence) for evidence in group]
        score, evidence = max(scored, key=lambda item: item[0], default=(0.0, ()))
        if evidence and score >= least:
            return Support(evidence, score)
    return None


def nearness(asserted: Claim, sentence: Sentence) -> float:
    """Return how much a sentence has of a claim that did not stand: its words and new numbers."""
    figures = share(asserted.new_numbers, frozenset(numbers(sentence.text)))
    return _shared(asserted, sentence.terms, frozenset()) + figures
