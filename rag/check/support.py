"""The check of one claim: does a sentence of the passages carry it?

It must have the claim's words, its numbers, its names and its negation, and say them of the
same things (rag/check/roles.py). Nothing here asks a language model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.check.claims import ASKING, Claim
from rag.check.roles import upheld
from rag.config import SupportSettings
from rag.french.clauses import Clause, clauses
from rag.french.facts import counted, numbers
from rag.french.names import full_names
from rag.french.terms import term, terms
from rag.french.words import words
from rag.search.evidence import Sentence, neighbours, share

ADDED_WEIGHT = 0.75
"""The nouns of the question that an answer repeats are the user's own and may be others than
the document's: they count for a quarter. What it adds, and its verbs, must all be there."""

ELLIPSIS = 0.6
"""The least share of a question's terms in the evidence of an answer such as « En 2009. ».
The short answers and wrong short ones of tests/test_claims.py hold it."""

REACH = 3
"""Words behind a number of the evidence that it may count: « les 12 et 13 mars »."""

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that carry a claim, in reading order, and how fully (0 to 1)."""

    evidence: tuple[Sentence, ...]
    score: float


def coverage(asserted: Claim, evidence: Sequence[Sentence]) -> float:
    """Return how much of the claim the evidence carries, from 0 to 1.

    It is made of two shares: of all its terms, that the evidence has with its headings, and,
    with `ADDED_WEIGHT`, of those it adds to the question, that the evidence itself has: an
    answer that only echoes a title is supported by nothing. A hard check that fails gives 0:
    a number, what it counts, a name, a word that the question did not bring, or a clause that
    the evidence does not say of the same things.
    """
    if not known(asserted, evidence):
        return 0.0
    heading = terms(evidence[0].heading)
    told = [clause for item in evidence for clause in clauses(item.text)]
    stated = _stated(asserted, told)
    says = (
        asserted.added <= stated | heading
        and (not asserted.elliptic or _answers(asserted, stated | heading))
        and upheld(asserted.clauses, told, heading)
    )
    return _shared(asserted, stated, heading) if says else 0.0


def known(asserted: Claim, evidence: Sequence[Sentence]) -> bool:
    """Tell whether the evidence has all that the claim adds: its words, numbers and names.

    It may still say another thing of them.
    """
    text = " ".join(item.text for item in evidence)
    around = f"{text} {evidence[0].heading}"
    return (
        asserted.added <= terms(around)
        and _figures(asserted, text, around)
        and _named(asserted, around)
    )


def _figures(asserted: Claim, text: str, around: str) -> bool:
    """Tell whether the evidence has the claim's numbers, and has them count the same."""
    pairs = frozenset((number, term(word)) for number, word in counted(around, REACH))
    return (
        asserted.new_numbers <= frozenset(numbers(text))
        and asserted.numbers <= frozenset(numbers(around))
        and asserted.counted <= pairs
    )


def _named(asserted: Claim, around: str) -> bool:
    """Tell whether the evidence has the names of the claim.

    What the question put before a name may be missing if the evidence has the name without
    any other before it: « Donald Trump » is « Trump », but not « Ivan Trump ».
    """
    missing = asserted.names - frozenset(words(around))
    shorter = frozenset(full_names(around)) if missing else frozenset[tuple[str, ...]]()
    ends = {
        word
        for name in asserted.full_names
        for cut in range(1, len(name))
        if name[cut:] in shorter
        for word in name[:cut]
    }
    return missing <= ends & asserted.question.words


def _answers(asserted: Claim, told: frozenset[str]) -> bool:
    """Tell whether the evidence of a claim without a verb speaks of what was asked."""
    years = [number for number in asserted.new_numbers if _YEAR.fullmatch(number)]
    mistaken = bool(years) and not asserted.terms and not asserted.question.when
    return not mistaken and share(asserted.question.terms - ASKING, told) >= ELLIPSIS


def _shared(asserted: Claim, stated: frozenset[str], heading: frozenset[str]) -> float:
    """Return the weighed shares of the claim's terms and of its new ones, as `coverage` says.

    A number alone has none: what it answers to is looked at by `_answers`.
    """
    if not asserted.terms:
        return 1.0
    whole = share(asserted.terms, stated | heading)
    added = asserted.added
    return (1 - ADDED_WEIGHT) * whole + ADDED_WEIGHT * (share(added, stated) if added else whole)


def _stated(asserted: Claim, told: Sequence[Clause]) -> frozenset[str]:
    """Return the terms of the evidence; clauses that deny lend none to a claim that does not."""
    denies = any(clause.denied for clause in asserted.clauses)
    kept = (clause for clause in told if denies or not clause.denied)
    return frozenset[str]().union(*(terms(clause.text) for clause in kept))


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
    """Return how much a claim that did not stand and a sentence have in common, from 0 to 1.

    It is Dice's coefficient (1945) of their terms and numbers. A long sentence has something of
    any claim: by the claim's share alone 32 of 52 quotes to development questions were right, by
    this 37.
    """
    said = asserted.terms | asserted.numbers
    told = terms(sentence.text) | frozenset(numbers(sentence.text))
    return 2 * len(said & told) / (len(said) + len(told)) if said or told else 0.0


def grounding(asserted: Claim, sentences: Sequence[Sentence]) -> float:
    """Return the most that one sentence has of a claim: its words, and above 1 its new numbers.

    What a generator makes up, since it was told no answer, stands nowhere.
    """
    return max((_ground(asserted, sentence) for sentence in sentences), default=0.0)


def _ground(asserted: Claim, sentence: Sentence) -> float:
    """Return how much one sentence has of a claim."""
    figures = share(asserted.new_numbers, frozenset(numbers(sentence.text)))
    return _shared(asserted, terms(sentence.text), frozenset()) + figures


def plausible(asserted: Claim, sentences: Sequence[Sentence]) -> bool:
    """Tell whether one sentence or two neighbours have all that a claim adds (see `known`)."""
    groups = [*((sentence,) for sentence in sentences), *neighbours(sentences)]
    return any(known(asserted, group) for group in groups)
