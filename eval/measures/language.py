"""Whether an answer is in French; the only file that imports lingua (Apache-2.0)."""

import re
from typing import Protocol

from lingua import Language, LanguageDetectorBuilder

from eval.measures.normalise import without_marks
from eval.types import Response

# In words without capital or figure. Fewer say too little: cut after two of them, 90 % of 386
# sentences of the corpus are French to lingua, and 15 % of 400 English ones; after five 98
# and 0.3 %. Of the whole sentences that have five or more, 376 of 376 and 1 of 330 are.
_LEAST_WORDS = 5
_CUT = re.compile(r"[\s']+")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


class Identifier(Protocol):
    """Something that tells the language of a text."""

    def language(self, text: str) -> str:
        """Return its ISO 639-1 code in lower case; empty if it cannot be told."""
        ...


class LinguaIdentifier:
    """Tells French, English, Spanish, German and Italian apart; make one for a run.

    Those are the languages that French documents quote and that small models slip into. It
    takes about 150 MB of memory from its first text on.
    """

    def __init__(self) -> None:
        self._detector = LanguageDetectorBuilder.from_languages(
            Language.FRENCH,
            Language.ENGLISH,
            Language.SPANISH,
            Language.GERMAN,
            Language.ITALIAN,
        ).build()

    def language(self, text: str) -> str:
        """Return the most probable of the five, such as `fr`; empty for text without words."""
        found = self._detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""


def in_french(response: Response, identifier: Identifier) -> float | None:
    """Return 1 if an answer is in French, else 0; None for a refusal or too few words.

    The share of language-consistent answers, as in Marchisio et al. 2024 («Understanding and
    Mitigating Language Confusion in LLMs», line-level pass rate), over whole answers.
    Citations and marks are left out, with every word that has a capital or a figure, since
    names are of no language; and what stands in quotation marks too if enough is left: a
    French answer may quote an English title.
    """
    if response.refused:
        return None
    text = without_marks(response.text)
    for judged in (_plain_words(_QUOTED.sub(" ", text)), _plain_words(text)):
        if len(judged) >= _LEAST_WORDS:
            return float(identifier.language(" ".join(judged)) == "fr")
    return None


def _plain_words(text: str) -> list[str]:
    """Return the words of a text that have letters, none of them a capital, and no figure."""
    return [word for word in _CUT.split(text) if word.islower() and not any(map(str.isdigit, word))]
