"""Questions as they are typed in haste: seeded changes of the questions to be trained on."""

import re
import unicodedata
from random import Random

from rag.french.words import STOPWORDS, word_spans

NO_MARK = 0.3
LOWER = 0.25
BARE = 0.2
SLIP = 0.15
TELEGRAPHIC = 0.12
"""Shares of questions that lose their question mark, capitals, accents or function words, or
get a slip of the fingers. Two in five stay as they were. Not tuned."""

LEAST_LETTERS = 5
"""Letters of a word in which a slip is made: a shorter one may become another word."""

LEAST_WORDS = 2
"""Words that a question must keep when its function words are dropped."""

_MARK = re.compile(r"\s*\?+\s*$")


def disturb(question: str, random: Random) -> str:
    """Return the question with each change drawn by itself; most often few or none."""
    drawn = [random.random() < share for share in (TELEGRAPHIC, SLIP, BARE, LOWER, NO_MARK)]
    telegraphic, slipped, bare, lower, unmarked = drawn
    if telegraphic:
        question = _content(question)
    if slipped:
        question = _slip(question, random)
    if bare:
        question = _without_accents(question)
    if lower:
        question = question.lower()
    return _MARK.sub("", question) if unmarked else question


def _content(question: str) -> str:
    """Return the words of content, in order; the question itself if they are too few."""
    kept = [question[a:b] for word, a, b in word_spans(question) if word not in STOPWORDS]
    return " ".join(kept) if len(kept) >= LEAST_WORDS else question


def _slip(question: str, random: Random) -> str:
    """Return the question with two neighbouring letters swapped, or one lost or doubled."""
    spans = [
        (start, end)
        for _, start, end in word_spans(question)
        if end - start >= LEAST_LETTERS and question[start:end].isalpha()
    ]
    if not spans:
        return question
    start, end = random.choice(spans)
    at = random.randrange(start + 1, end - 1)
    first, second = question[at], question[at + 1]
    put = random.choice([second + first, second, first + first + second])
    return question[:at] + put + question[at + 2 :]


def _without_accents(question: str) -> str:
    """Return the question without accents and cedillas."""
    loose = unicodedata.normalize("NFD", question)
    bare = "".join(char for char in loose if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)
