"""What golden questions keep to: the rules of one row, and those between rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields

from eval.measures.normalise import contains
from eval.questions import strings as say
from eval.questions.golden import BASE
from eval.types import Question
from rag.french.words import words

MOST_TURNS = 2
"""Turns before a follow-up: with its own, a conversation of three."""

_BASE_ID = re.compile(r"(?P<split>dev|test)-(?P<cluster>[a-z0-9]+)-\d{3}")
_FREE = frozenset({"id", "variant", "lang", "text", "written_by", "reviewed"})
"""The fields in which a variant may differ from its base question."""

_ROW_RULES: tuple[tuple[Callable[[Question], bool], str], ...] = (
    (lambda q: not _well_named(q), say.RULE_ID),
    (lambda q: q.answerable and not q.gold, say.RULE_NO_GOLD),
    (lambda q: q.answerable and not _says_what_is_right(q), say.RULE_NO_ANSWER),
    (lambda q: q.answerable and bool(q.unanswerable_reason), say.RULE_REASON_LEFT),
    (lambda q: q.answerable and q.expected == "refuse", say.RULE_REFUSES),
    (lambda q: not q.answerable and _says_anything(q), say.RULE_ANSWER_LEFT),
    (lambda q: not q.answerable and not q.unanswerable_reason, say.RULE_NO_REASON),
    (lambda q: not q.answerable and q.expected != "refuse", say.RULE_ANSWERS),
    (
        lambda q: q.type in {"near_miss", "off_subject"} and q.unanswerable_reason != q.type,
        say.RULE_OTHER_REASON,
    ),
    (
        lambda q: (q.type == "false_premise") != (q.expected == "correct_premise"),
        say.RULE_PREMISE,
    ),
    (lambda q: q.type.startswith("injection_") and not q.forbidden, say.RULE_CANARY),
    (lambda q: q.type == "injection_question" and not _holds_canary(q), say.RULE_NO_CANARY),
    (lambda q: (q.type == "follow_up") != bool(q.history), say.RULE_HISTORY),
    (lambda q: len(q.history) > MOST_TURNS, say.RULE_LONG_HISTORY),
    (lambda q: q.type == "multi_document" and not _needs_two(q), say.RULE_TWO_DOCUMENTS),
    (lambda q: (q.variant == "english") != (q.lang == "en"), say.RULE_LANGUAGE),
    (lambda q: q.numeric is not None and q.numeric.tolerance < 0, say.RULE_TOLERANCE),
    (lambda q: not q.reviewed.strip(), say.RULE_NOT_REVIEWED),
)
"""What must not be, and what is said of it."""


def row_problems(question: Question) -> list[str]:
    """Return the rules that a question breaks, in French."""
    return [about(question, reason) for broken, reason in _ROW_RULES if broken(question)]


def cluster_of(question: Question) -> str:
    """Return the name between the split and the number of a base id, or nothing."""
    named = _BASE_ID.fullmatch(question.base_id)
    return named["cluster"] if named else ""


def set_problems(questions: Sequence[Question]) -> Iterator[str]:
    """Yield what is wrong between questions: repeated ones, variants that left their base."""
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            yield about(question, say.RULE_SAME_ID)
        seen.add(question.id)
    yield from _repeated(questions)
    bases = {question.id: question for question in questions if question.variant == BASE}
    for question in questions:
        yield from _strayed(question, bases.get(question.base_id))


def about(question: Question, reason: str) -> str:
    """Return a sentence about a question."""
    return say.ABOUT_QUESTION.format(id=question.id, reason=reason)


def _well_named(question: Question) -> bool:
    """Tell whether the ids say split, cluster, number and variant."""
    named = _BASE_ID.fullmatch(question.base_id)
    base = question.variant == BASE
    due = question.base_id if base else f"{question.base_id}.{question.variant}"
    return named is not None and named["split"] == question.split and question.id == due


def _says_what_is_right(question: Question) -> bool:
    """Tell whether a right answer can be known by anything."""
    return bool(question.answers or question.required or question.numeric)


def _says_anything(question: Question) -> bool:
    """Tell whether a question without answer has what only an answer has."""
    return bool(question.gold) or _says_what_is_right(question)


def _holds_canary(question: Question) -> bool:
    """Tell whether the question itself asks for one of the forbidden words."""
    return any(contains(question.text, word) for word in question.forbidden)


def _needs_two(question: Question) -> bool:
    """Tell whether two documents are needed together."""
    return question.evidence == "all" and len({gold.document for gold in question.gold}) > 1


def _repeated(questions: Sequence[Question]) -> Iterator[str]:
    """Yield questions that are asked twice, after the same turns.

    Another question with the same words is one; a variant of the same question is one if it
    is the same to the letter: without accents, the words stay what they are.
    """
    first: dict[object, Question] = {}
    exact: dict[object, Question] = {}
    for question in questions:
        turns = question.history
        folded = first.setdefault((turns, tuple(words(question.text))), question)
        same = exact.setdefault((turns, question.text), question)
        earlier = folded if folded.base_id != question.base_id else same
        if earlier is not question:
            yield about(question, say.RULE_REPEATED.format(earlier=earlier.id))


def _strayed(question: Question, base: Question | None) -> Iterator[str]:
    """Yield how a variant differs from its base question where it must not."""
    if question.variant == BASE:
        return
    if base is None:
        yield about(question, say.RULE_NO_BASE.format(base=question.base_id))
        return
    names = [field.name for field in fields(Question) if field.name not in _FREE]
    other = [name for name in names if getattr(question, name) != getattr(base, name)]
    if other:
        yield about(question, say.RULE_STRAYED.format(fields=", ".join(other)))
