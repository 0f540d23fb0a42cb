"""Words and runs of words that look like names, by their capitals."""

import re
from collections.abc import Iterator

from rag.french.facts import ROMAN
from rag.french.sentences import sentence_spans
from rag.french.words import STOPWORDS, word_spans

_FIRST_LETTER = re.compile(r"[^\W_]")
_SPEECH = re.compile(r":\s{0,2}[«“\"]\s{0,2}\Z")
_NO_NAMES = frozenset({"mm", "mme", "mmes", "mlle", "mlles", "dr", "monsieur", "madame"})
# A sentence of at least so many words, all in capitals, is a heading: its case says nothing.
_SHOUTED_WORDS = 3


def proper_names(text: str) -> list[str]:
    """Return the folded words of `text` that look like names, in order, each once.

    A name is capitalised inside a sentence; the first word of a sentence counts only if it
    is in capitals («ONU»), has an inner one («McDonald») or is capitalised elsewhere inside
    a sentence. Function words, titles, single letters and Roman numerals are no names.
    """
    candidates = list(_capitalised(text))
    inside = {word for word, _, initial in candidates if not initial}
    names = (
        word
        for word, surface, initial in candidates
        if not initial or word in inside or any(map(str.isupper, surface[1:]))
    )
    return list(dict.fromkeys(names))


def full_names(text: str) -> list[tuple[str, ...]]:
    """Return the runs of neighbouring capitalised words of `text`, folded, in order.

    «Le discours de Jeanne Dupin» gives ("jeanne", "dupin"); function words are none of it.
    """
    runs: list[list[str]] = []
    end = -1
    for word, start, stop in word_spans(text):
        surface = text[start:stop]
        if not (surface[0].isupper() and _may_be_name(word, surface)):
            continue
        if runs and text[end:start].strip(" -\N{NO-BREAK SPACE}") == "" and end >= 0:
            runs[-1].append(word)
        else:
            runs.append([word])
        end = stop
    return [tuple(run) for run in runs]


def _capitalised(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each capitalised word: folded, as written, whether it begins a sentence."""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        spans = word_spans(sentence)
        surfaces = [sentence[a:b] for _, a, b in spans]
        if len(surfaces) >= _SHOUTED_WORDS and all(map(_shouts, surfaces)):
            continue
        first = _FIRST_LETTER.search(sentence)
        for (word, a, _), surface in zip(spans, surfaces, strict=True):
            if surface[0].isupper() and _may_be_name(word, surface):
                initial = first is not None and a == first.start()
                yield (
                    word,
                    surface,
                    initial or _SPEECH.search(sentence[max(0, a - 8) : a]) is not None,
                )


def _shouts(surface: str) -> bool:
    """Say whether a word is in capitals, or is a number."""
    return surface.upper() == surface


def _may_be_name(word: str, surface: str) -> bool:
    """Say whether a capitalised word can be a name at all."""
    common = len(word) == 1 or word in STOPWORDS or word in _NO_NAMES
    return not common and ROMAN.fullmatch(surface) is None
