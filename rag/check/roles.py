"""Who does what to whom: whether clauses of the evidence say what a claim's clause says.

A claim may have every word of a sentence and say another thing: « X a formé Y » for « Y a
formé X », what is told of one for the other, « avec » for « dans », « tous » for « certains ».
"""

from collections.abc import Iterator, Sequence

from rag.french.clauses import Clause
from rag.french.facts import numbers
from rag.french.grammar import LIGHT, MODAL_TERMS, REPORTING
from rag.french.parse import Word

LOOSE = frozenset(
    frozenset(pair) for pair in (("", "de"), ("à", "de"), ("", "depuis"), ("à", "depuis"))
)
"""Prepositions that change places as a sentence is turned: « le musée de Lille », « à Lille »."""

SPARE = 4
"""A word of a clause without a verb may be the question's own if so many others that are no
names stand together; a verb may not, since it is what is said (« X bosse pour Y »)."""

Terms = frozenset[str]


def upheld(asserted: Sequence[Clause], told: Sequence[Clause], around: Terms) -> bool:
    """Tell whether every clause of a claim is said by a clause of the evidence.

    Args:
        asserted: the clauses of the claim.
        told: those of the evidence, in reading order.
        around: terms of the evidence's headings.
    """
    return all(_said(clause, told, around) for clause in asserted if not clause.source)


def _said(clause: Clause, told: Sequence[Clause], around: Terms) -> bool:
    """Tell whether the evidence says one clause: each of its predicates, of the same things."""
    telling = [item for item in told if not item.source or _reports(clause)]
    spoken = frozenset[str]().union(around, *(item.terms for item in telling))
    sources = frozenset[str]().union(*(item.terms for item in told)) - spoken
    if any(word.capital and not word.marker and word.term in sources for word in clause.words):
        return False
    predicates = _predicates(clause)
    if not predicates:
        return _together(clause, telling, around)
    return all(_carried(clause, at, telling, around) for at in predicates)


def _predicates(clause: Clause) -> list[int]:
    """Return the places of the predicates that say something of their own.

    What only carries an answer does not, nor « peut » and « doit » before another verb.
    """
    carried = [word.infinitive for word in clause.words[1:]] + [False]
    return [
        at
        for at, word in enumerate(clause.words)
        if word.predicate
        and word.term not in LIGHT
        and not (word.term in MODAL_TERMS and carried[at])
    ]


def _reports(clause: Clause) -> bool:
    """Tell whether a clause says of somebody that he said something."""
    return any(word.predicate and word.term in REPORTING for word in clause.words)


def _together(clause: Clause, told: Sequence[Clause], around: Terms) -> bool:
    """Tell whether the words of a clause stand in one clause of the evidence.

    That has to do where no verb says more than « être »; one in `SPARE` may be missing.
    """
    names = frozenset(word.term for word in clause.words if word.capital)
    for item in told:
        wanted = clause.terms - LIGHT - (clause.doers if item.pronoun else frozenset())
        found = wanted & (item.terms | around)
        missing = len(wanted) - len(found)
        if item.denied == clause.denied and missing * SPARE <= len(found - names):
            return True
    return False


def _carried(clause: Clause, at: int, told: Sequence[Clause], around: Terms) -> bool:
    """Tell whether some clause of the evidence has the predicate at `at`, and of the same."""
    wanted = clause.words[at].term
    known = frozenset[str]().union(*(item.terms for item in told))
    figures = frozenset(numbers(clause.text))
    return any(
        _agrees(clause, at, item, place)
        and _about(clause, at, item, known - around)
        and figures & frozenset(_numbers(told)) <= frozenset(_numbers(told[: index + 1]))
        for index, item in enumerate(told)
        for place, word in enumerate(item.words)
        if word.term == wanted
    )


def _numbers(told: Sequence[Clause]) -> Iterator[str]:
    """Yield the numbers of clauses; a date in front may belong to what comes after it."""
    for item in told:
        yield from numbers(item.text)


def _about(clause: Clause, at: int, item: Clause, known: Terms) -> bool:
    """Tell whether what stands behind a predicate stands in the clause that carries it.

    A pronoun there may stand for it.
    """
    behind = frozenset(word.term for word in clause.words[at + 1 :]) - LIGHT
    return item.stands_in or behind & known <= item.terms


def _agrees(clause: Clause, at: int, item: Clause, place: int) -> bool:
    """Tell whether two clauses with one predicate agree in polarity, mood, roles and words."""
    if clause.denied != item.denied or (clause.plural and item.pronoun in {"il", "elle"}):
        return False
    if item.words[place].infinitive and not clause.words[at].infinitive:
        return False
    turned = clause.words[at].passive != item.words[place].passive
    known, _ = _roles(item, place)
    return _same_roles(clause, at, item, place) and all(
        _matches(word, [other for other in item.words if other.term == word.term], turned=turned)
        for word in clause.words
        if not (known and word.term in clause.doers)
    )


def _same_roles(clause: Clause, at: int, item: Clause, place: int) -> bool:
    """Tell whether nobody does what another does, or suffers, in the evidence."""
    doers, done = _roles(clause, at)
    their_doers, their_done = _roles(item, place)
    if doers and their_doers and not doers & their_doers:
        return False
    if done & their_doers and not done & their_done:
        return False
    return not (done and their_done and not done & their_done)


def _roles(clause: Clause, at: int) -> tuple[Terms, Terms]:
    """Return the terms of who does what the predicate at `at` says, and of whom it is done to."""
    word, behind = clause.words[at], clause.words[at + 1 :]
    if not word.predicate:
        return word.beside, frozenset()
    subject = clause.doers if at == clause.verb else frozenset[str]()
    if clause.words[at].passive:
        return frozenset(word.term for word in behind if word.marker == "par"), subject
    return subject, frozenset(word.term for word in behind if not word.marker)


def _matches(word: Word, others: Sequence[Word], *, turned: bool) -> bool:
    """Tell whether a word stands as it does in one of its places in the evidence."""
    return not others or any(
        _same_quantity(word, other) and (turned or _same_marker(word, other)) for other in others
    )


def _same_quantity(word: Word, other: Word) -> bool:
    """Tell whether as much or as many are spoken of; « tous » and « plus » may be left out."""
    return word.quantity == other.quantity or (
        not word.quantity and other.quantity in {"all", "more"}
    )


def _same_marker(word: Word, other: Word) -> bool:
    """Tell whether a word stands under the same preposition, or one that may take its place."""
    return (
        word.marker == other.marker
        or word.predicate
        or other.predicate
        or frozenset((word.marker, other.marker)) in LOOSE
    )
