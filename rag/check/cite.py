"""The citations of an answer: each sentence that the passages carry gets the exact quote."""

import re
from collections.abc import Iterable, Sequence

from rag import messages as say
from rag.check.claims import bare, claim
from rag.check.support import find_support, grounding, nearness, plausible
from rag.config import SupportSettings
from rag.french.sentences import sentence_spans
from rag.search.evidence import Sentence
from rag.types import AnswerSentence, Citation, Section

CLOSING = "»”\N{NO-BREAK SPACE} )"
ENDS = (".", "!", "?", "…", ":")
"""What a finished sentence ends with, closing marks left aside."""

_WRITTEN_NUMBER = re.compile(r"\s*\[\d{1,3}\]")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_THIN = re.compile(r"(?<=«) | (?=[:;?!»%])")


class Verifier:
    """Checks the sentences of one answer and numbers its quotes in order of appearance."""

    def __init__(
        self, question: str, sentences: Sequence[Sentence], settings: SupportSettings
    ) -> None:
        self._question = question
        self._sentences = sentences
        self._settings = settings
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._checked: dict[str, AnswerSentence] = {}

    def check(self, text: str) -> AnswerSentence:
        """Return a sentence of the answer with its citations, or as unsupported.

        A sentence is looked at once: while the answer comes and at its end it is the same.
        """
        if text not in self._checked:
            self._checked[text] = self._look_at(text)
        return self._checked[text]

    def _look_at(self, text: str) -> AnswerSentence:
        """Hold one sentence against the evidence."""
        asserted = claim(text, self._question)
        support = find_support(asserted, self._sentences, self._settings)
        if support is None or asks(text):
            return AnswerSentence(text, supported=False)
        cited = tuple(self._cite(item, support.score) for item in support.evidence)
        return AnswerSentence(text, supported=True, citations=cited)

    def plausible(self, text: str) -> bool:
        """Tell whether what a sentence adds to the question stands together in the passages."""
        return states(text) and plausible(claim(text, self._question), self._sentences)

    def grounded(self, draft: str, candidates: Iterable[Sequence[Sentence]]) -> bool:
        """Tell whether a draft that did not stand was made of what may be quoted at all."""
        told = [sentence for some in candidates for sentence in some]
        found = grounding(claim(draft, self._question), told)
        return bare(draft) or found >= self._settings.grounding

    def quotes(
        self, draft: str, candidates: Sequence[Sequence[Sentence]], form: str = say.QUOTED_ANSWER
    ) -> list[AnswerSentence]:
        """Return as the answer itself the sentences of the corpus that are nearest to the draft.

        Args:
            draft: what was written and did not stand; it still tells what was looked at.
            candidates: sentences to choose from, best first, at least one in each list; the
                nearest of each list is quoted, none twice.
            form: what is said around the first quote.
        """
        asserted = claim(draft, self._question)
        nearest: dict[tuple[str, int], Sentence] = {}
        for some in candidates:
            new = [one for one in some if one.place not in nearest]
            told = [sentence for sentence in new if states(sentence.text)] or new
            if not told:
                continue
            best = max(told, key=lambda item: nearness(asserted, item))
            nearest[best.place] = best
        forms = [form, *[say.QUOTED_NEXT] * len(nearest)]
        return [
            AnswerSentence(
                around.format(quote=sentence.text),
                supported=True,
                citations=(self._cite(sentence, 1.0),),
            )
            for around, sentence in zip(forms, nearest.values(), strict=False)
        ]

    def _cite(self, sentence: Sentence, score: float) -> Citation:
        """Return the citation of one sentence; the same quote keeps its number."""
        place = (sentence.hit.passage.document_id, sentence.start, sentence.end)
        return cite(sentence, self._numbers.setdefault(place, len(self._numbers) + 1), score)


def cite(sentence: Sentence, n: int, score: float) -> Citation:
    """Return the exact quote of a sentence under the number `n`."""
    passage = sentence.hit.passage
    return Citation(
        n=n,
        document=passage.document_id,
        title=passage.title,
        location=location(sentence.section),
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        score=round(score, 4),
    )


def location(section: Section) -> str:
    """Return where a quote stands, for a reader: its page, its section, or nothing."""
    if section.page is not None:
        return say.LOCATION_PAGE.format(page=section.page)
    return say.LOCATION_SECTION.format(section=nested(section.title)) if section.title else ""


def nested(title: str) -> str:
    """Return a title to stand inside « », its own marks turned into “ ”."""
    return re.sub(r"«[ \u00a0\u202f]?", "“", re.sub(r"[ \u00a0\u202f]?»", "”", title))


def asks(text: str) -> bool:
    """Tell whether a sentence is a question: it asserts nothing that could be supported."""
    return text.rstrip(CLOSING).endswith("?")


def states(text: str) -> bool:
    """Tell whether a sentence says something whole: it is no question, and no heading."""
    return not asks(text) and text.rstrip(CLOSING).endswith(ENDS)


def typeset(text: str) -> str:
    """Return the text with typographic apostrophes and no-break spaces, as French wants it."""
    curved = _APOSTROPHE.sub("’", text)
    return _THIN.sub("\N{NO-BREAK SPACE}", curved)


def split_draft(draft: str) -> list[str]:
    """Return the sentences of a draft; one that the limits cut short is left out.

    The only sentence of a draft stays, cut or not: the check decides on it. Numbers in
    brackets that the generator wrote itself are taken out: only the check gives numbers.
    """
    sentences = _sentences(draft)
    cut = len(sentences) > 1 and not sentences[-1].rstrip(CLOSING).endswith(ENDS)
    return sentences[:-1] if cut else sentences


def begun_after(draft: str) -> list[str]:
    """Return the sentences of a draft in the making behind which another one has begun."""
    return _sentences(draft)[:-1]


def tidy(draft: str) -> str:
    """Return a draft well typeset and without the numbers that it came with."""
    return typeset(_WRITTEN_NUMBER.sub("", draft))


def _sentences(draft: str) -> list[str]:
    """Return all sentences of a draft, tidied."""
    text = tidy(draft)
    return [text[start:end] for start, end in sentence_spans(text)]


def compose_text(sentences: Iterable[AnswerSentence]) -> str:
    """Return the answer as one line of text, each sentence with its numbers or its mark."""
    return " ".join(f"{sentence.text} {marks(sentence)}" for sentence in sentences)


def marks(sentence: AnswerSentence) -> str:
    """Return « [1][2] », or the mark of an unsupported sentence."""
    if not sentence.supported:
        return say.UNSUPPORTED_MARK
    return "".join(f"[{citation.n}]" for citation in sentence.citations)
