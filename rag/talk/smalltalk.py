"""What asks nothing of the texts: greetings, thanks, farewells, questions about Parole itself.

Small talk is only what consists of nothing else: every word of it belongs to one of the
phrases of `rag.talk.phrases`. Whatever stands beside them is a question, and the greeting before
it is left out of what is searched for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.french.words import word_list, word_spans
from rag.talk.phrases import FILLERS, OPENING, PHRASES, Topic

_ASKING = word_list(
    "qui que quoi quel quelle quels quelles comment pourquoi combien ou quand est lequel laquelle "
    "lesquels lesquelles et mais donc alors selon peux pouvez pourrais pourriez peut je dis "
    "dites explique expliquez donne parle sais savez connais as avez qu "
    "what who how why when where which is are does do did can "
    "cual quien como cuando donde por chi che cosa come quando dove perche wer was wie wann wo"
)
"""Words that begin a question right behind a greeting, without any mark between."""

_COMPILED = {topic: re.compile(phrase) for topic, phrase in PHRASES.items()}
_AT_FIRST = re.compile(OPENING)
_FILLER = re.compile(FILLERS)
_LONGEST = 12
"""Words of the longest phrase."""

_MOST = 40
"""Words looked at: whoever greets at greater length has something to ask."""

_COURTEOUS: tuple[Topic, ...] = ("greeting", "thanks")
_PLEASE = re.compile(r"s?il (?:te|vous) plait|stp|svp|please|por favor|per favore|bitte")
"""What ends a question without being a part of it; thanks do so behind a mark."""

_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_OFTEN_MISTYPED = ("bonjour", "bonsoir")
_ELIDED = re.compile(r"(?:[^\W\d_]{1,6}['’])*\Z")
_ELIDED_LETTERS = 20
"""Characters of the longest elided words, « jusqu’ » and one more, and some to spare."""

_MARK = re.compile(r"[,.!?…;:\n–—-]")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said: small talk, or a question without the courtesies around it."""

    question: str
    topic: Topic | None = None


def hear(text: str, *, opening: bool) -> Heard:
    """Tell small talk from a question.

    Args:
        text: what a user wrote, not empty.
        opening: whether nothing was asked before it.
    """
    spans = word_spans(text)
    spoken = [_mended(word) for word, _, _ in spans[:_MOST]]
    if not spoken:
        return Heard(text, "help")
    topics, read = _read(spoken)
    if read == len(spans) and topics:
        return Heard(text, next(topic for topic in PHRASES if topic in topics))
    begun = _courtesies(spoken)
    if opening and _AT_FIRST.fullmatch(" ".join(spoken[begun:])):
        return Heard(text, "help")
    return Heard(_bare(text, spans, begun))


def _read(spoken: Sequence[str]) -> tuple[set[Topic], int]:
    """Return the topics of the phrases that the words begin with, and how many words they are."""
    topics: set[Topic] = set()
    read = 0
    while read < len(spoken):
        lengths = {_length(phrase, spoken, read): topic for topic, phrase in _COMPILED.items()}
        longest = max(lengths)
        filler = _length(_FILLER, spoken, read)
        if not max(longest, filler):
            break
        if longest >= filler:
            topics.add(lengths[longest])
        read += max(longest, filler)
    return topics, read


def _length(phrase: re.Pattern[str], spoken: Sequence[str], start: int) -> int:
    """Return how many of the words from `start` on make the longest such phrase, or 0."""
    most = min(_LONGEST, len(spoken) - start)
    ends = (
        count
        for count in range(most, 0, -1)
        if phrase.fullmatch(" ".join(spoken[start : start + count]))
    )
    return next(ends, 0)


def _courtesies(spoken: Sequence[str]) -> int:
    """Return how many words of greeting, thanks or address the words begin with."""
    read = begun = 0
    while read < len(spoken):
        polite = max(_length(_COMPILED[topic], spoken, read) for topic in _COURTEOUS)
        filler = _length(_FILLER, spoken, read) if begun else 0
        if not max(polite, filler):
            break
        whole = polite or spoken[read] not in _ASKING
        read += max(polite, filler)
        begun = read if whole else begun
    return begun


def _bare(text: str, spans: Sequence[tuple[str, int, int]], begun: int) -> str:
    """Return the question without the `begun` words before it and a courtesy at its end.

    A greeting is only left out where it stands apart: « Bonjour tristesse » is a title.
    """
    if 0 < begun < len(spans) and not text[: spans[0][1]].strip():
        begin = _begin(text, spans[begun][1])
        apart = _MARK.search(text[spans[begun - 1][2] : begin])
        if apart or spans[begun][0] in _ASKING:
            text = text[begin:]
    return _without_please(text)


def _without_please(text: str) -> str:
    """Return a question without « s’il vous plaît », or « merci d’avance » behind a mark."""
    spans = word_spans(text)
    words = [word for word, _, _ in spans]
    for first in range(max(1, len(spans) - _LONGEST), len(spans)):
        begin = _begin(text, spans[first][1])
        between = text[spans[first - 1][2] : begin]
        thanks = _COMPILED["thanks"] if _MARK.search(between) else _PLEASE
        said = " ".join(words[first:])
        if _PLEASE.fullmatch(said) or thanks.fullmatch(said):
            kept = text[:begin].rstrip(" ,;:–—-\u00a0\u202f\n")
            return kept if kept.endswith(("?", "!", ".")) else kept + text[spans[-1][2] :]
    return text


def _begin(text: str, start: int) -> int:
    """Return where the word at `start` begins with what is elided before it."""
    elided = _ELIDED.search(text[max(0, start - _ELIDED_LETTERS) : start])
    return start - len(elided[0]) if elided else start


def _mended(word: str) -> str:
    """Return a word without letters drawn out, and a greeting that is one slip away as meant.

    A slip is a letter too much or too few, or two that changed places; never another letter,
    which makes another word.
    """
    word = _DRAWN_OUT.sub(r"\1", word)
    return next((meant for meant in _OFTEN_MISTYPED if _slipped(word, meant)), word)


def _slipped(word: str, meant: str) -> bool:
    """Tell whether one slip of the keyboard makes `word` of `meant`."""
    if len(word) == len(meant):
        return sorted(word) == sorted(meant) and sum(map(str.__ne__, word, meant)) <= 2  # noqa: PLR2004 - one pair
    short, long = sorted((word, meant), key=len)
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )
