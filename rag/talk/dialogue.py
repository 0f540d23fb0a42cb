"""Follow-up questions: which earlier turns one leans on, and what to search for then."""

import re
from collections.abc import Sequence
from functools import reduce

from rag.french.mentions import Name, names_in
from rag.messages import REFUSAL
from rag.talk.leaning import change, content, leans
from rag.talk.smalltalk import hear
from rag.types import Turn

REMEMBERED = 8
"""Turns looked at: whoever leans on an earlier one has forgotten it too."""

_PLACES = r"(?:chez|à|a|en|aux?|dans|vers)"
_VOICES = r"(?:selon|pour|d['’]après|d['’]apres)"
_PREPOSITIONS = (_PLACES, _VOICES, r"(?:de|du|des|d['’])", "avec", "sur", "contre", "par")
_SWAPPED = re.compile(
    r"(?:(?:et|mais|and|y|e|und)\s+)?(?P<before>[^?!.,;:]*?)[\s.!?]*\Z", re.IGNORECASE
)
"""A question that is nothing but a name, and what stands before it: « Et chez Orange ? »."""


def follows_up(question: str, history: Sequence[Turn]) -> bool:
    """Tell whether the question leans on what was answered before it."""
    return bool(leaned_on(question, history))


def leaned_on(question: str, history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns that the question leans on: none, the last, or that and an earlier one.

    Where the last one is itself a follow-up, the subject stands in the turn that it began
    with. Greetings, and questions that got no answer, are not leaned on.
    """
    turns = [turn for turn in map(_answered, history[-REMEMBERED:]) if turn]
    if not turns or not leans(question):
        return ()
    first = next((turn for turn in reversed(turns) if not leans(turn.question)), turns[0])
    return (first,) if first is turns[-1] else (first, turns[-1])


def standalone(question: str, turns: Sequence[Turn]) -> str:
    """Return what to search for: the question behind those that it leans on.

    « Et chez Orange ? » takes the place of the name that stood there: behind « Qui dirige la
    communication chez Foncia ? » it asks who does so « chez Orange ».
    """
    return reduce(_with, [*(turn.question for turn in turns), change(question)])


def _answered(turn: Turn) -> Turn | None:
    """Return a turn without its courtesies, or nothing if the texts did not answer in it."""
    heard = hear(turn.question, opening=False) if turn.question.strip() else None
    if heard is None or heard.topic or turn.answer.startswith(REFUSAL):
        return None
    return Turn(heard.question, turn.answer)


def _with(before: str, question: str) -> str:
    """Return a question within what was asked before it."""
    names = list(names_in(question))
    if len(names) == 1:
        place = _place_of(names[0], question, before)
        if place:
            name = question[names[0].start : names[0].end]
            return f"{before[: place.start]}{name}{before[place.end :]}"
    return f"{before} {question}"


def _place_of(name: Name, question: str, before: str) -> Name | None:
    """Return the name whose place another one takes, if the question is nothing but that name.

    It is the last one behind a preposition of the same kind, or all that was asked for.
    """
    alone = _SWAPPED.fullmatch(f"{question[: name.start]}{question[name.end :]}")
    if alone is None or name.end < name.start:
        return None
    preposition = alone["before"].strip()
    earlier = list(names_in(before))
    if not preposition:
        only = len(earlier) == 1 and set(content(before)) <= set(earlier[0].words)
        return earlier[0] if only else None
    kind = next((one for one in _PREPOSITIONS if _is(one, preposition)), None)
    if kind is None:
        return None
    behind = re.compile(rf"(?<![^\W_]){kind}\s*\Z", re.IGNORECASE)
    fitting = (one for one in reversed(earlier) if behind.search(before[: one.start]))
    return next(fitting, None)


def _is(pattern: str, text: str) -> bool:
    """Tell whether a text is nothing but what the pattern matches."""
    return re.fullmatch(pattern, text, re.IGNORECASE) is not None
