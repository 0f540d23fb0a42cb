"""The check of an answer: each sentence is held against the sentences of the passages.

A sentence stands only when its evidence carries its words, its numbers, its names and its
negation; it then gets the exact quote. Nothing here asks a language model.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import messages as say
from rag.config import SupportSettings
from rag.evidence import Sentence, share
from rag.facts import negations, numbers, proper_names
from rag.sentences import sentence_spans
from rag.text import search_terms
from rag.types import AnswerSentence, Citation, Section
from rag.words import words

CLOSING = "»”\N{NO-BREAK SPACE} )"
ENDS = (".", "!", "?", "…", ":")
"""What a finished sentence ends with, closing marks left aside."""

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_THIN = re.compile(r"(?<=«) | (?=[:;?!»%])")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence of an answer asserts, as far as words can tell."""

    terms: frozenset[str]
    new_terms: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences that carry a claim, in reading order, and how fully (0 to 1)."""

    evidence: tuple[Sentence, ...]
    score: float


def claim(sentence: str, question: str) -> Claim:
    """Read a sentence: its terms, those the question did not bring, numbers, names, negation."""
    terms = frozenset(search_terms(sentence))
    return Claim(
        terms=terms,
        new_terms=terms - frozenset(search_terms(question)),
        numbers=frozenset(numbers(sentence)),
        names=frozenset(proper_names(sentence)),
        negated=bool(negations(sentence)),
    )


def coverage(asserted: Claim, evidence: Sequence[Sentence]) -> float:
    """Return how much of the claim the evidence carries, from 0 to 1.

    What the sentence adds to the question counts as much as all its words together: an
    answer that only echoes the question is supported by nothing. A hard check that fails
    (a number, a name or a negation that the evidence does not have) gives 0.
    """
    around = " ".join([*(item.text for item in evidence), evidence[0].heading])
    found = frozenset(search_terms(evidence[0].heading)).union(*(item.terms for item in evidence))
    whole = share(asserted.terms, found)
    score = (whole + (share(asserted.new_terms, found) if asserted.new_terms else whole)) / 2
    return score if _agrees(asserted, evidence, around) else 0.0


def _agrees(asserted: Claim, evidence: Sequence[Sentence], around: str) -> bool:
    """Tell whether numbers, names and negation of the claim are those of the evidence."""
    return (
        asserted.numbers <= frozenset(numbers(around))
        and asserted.names <= frozenset(words(around))
        and asserted.negated == any(negations(item.text) for item in evidence)
    )


def find_support(asserted: Claim, sentences: Sequence[Sentence], least: float) -> Support | None:
    """Return the shortest evidence that carries the claim: one sentence, else two neighbours.

    Args:
        asserted: the claim.
        sentences: those that may support it, in reading order.
        least: the least coverage that counts as support.
    """
    singles = [(sentence,) for sentence in sentences]
    pairs = list(pairwise_in_passage(sentences))
    for group in (singles, pairs):
        scored = [(coverage(asserted, evidence), evidence) for evidence in group]
        score, evidence = max(scored, key=lambda item: item[0], default=(0.0, ()))
        if score >= least:
            return Support(evidence, score)
    return None


def pairwise_in_passage(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield each sentence with the next one of its passage."""
    for first, second in pairwise(sentences):
        if first.hit.passage.id == second.hit.passage.id:
            yield first, second


class Verifier:
    """Checks the sentences of one answer and numbers its quotes in order of appearance."""

    def __init__(
        self, question: str, sentences: Sequence[Sentence], settings: SupportSettings
    ) -> None:
        self._question = question
        self._sentences = sentences
        self._settings = settings
        self._numbers: dict[tuple[str, int, int], int] = {}

    def check(self, text: str) -> AnswerSentence:
        """Return a sentence of the answer with its citations, or as unsupported."""
        asserted = claim(text, self._question)
        support = find_support(asserted, self._sentences, self._settings.coverage)
        if support is None or asks(text):
            return AnswerSentence(text, supported=False)
        cited = tuple(self._cite(item, support.score) for item in support.evidence)
        return AnswerSentence(text, supported=True, citations=cited)

    def quote(self, sentence: Sentence) -> AnswerSentence:
        """Return a sentence of the corpus as the answer itself, cited by its own words."""
        text = say.QUOTED_ANSWER.format(quote=sentence.text)
        return AnswerSentence(text, supported=True, citations=(self._cite(sentence, 1.0),))

    def _cite(self, sentence: Sentence, score: float) -> Citation:
        """Return the citation of one sentence; the same quote keeps its number."""
        passage = sentence.hit.passage
        place = (passage.document_id, sentence.start, sentence.end)
        return Citation(
            n=self._numbers.setdefault(place, len(self._numbers) + 1),
            document=passage.document_id,
            title=passage.title,
            location=location(Section(passage.start, passage.section, passage.page)),
            quote=sentence.text,
            start=sentence.start,
            end=sentence.end,
            score=round(score, 4),
        )


def location(section: Section) -> str:
    """Return where a quote stands, for a reader: its page, its section, or nothing."""
    if section.page is not None:
        return say.LOCATION_PAGE.format(page=section.page)
    return say.LOCATION_SECTION.format(section=section.title) if section.title else ""


def asks(text: str) -> bool:
    """Tell whether a sentence is a question: it asserts nothing that could be supported."""
    return text.rstrip(CLOSING).endswith("?")


def typeset(text: str) -> str:
    """Return the text with typographic apostrophes and no-break spaces, as French wants it."""
    curved = _APOSTROPHE.sub("’", text)
    return _THIN.sub("\N{NO-BREAK SPACE}", curved)


def split_draft(draft: str) -> list[str]:
    """Return the sentences of a draft; one that the limits cut short is left out.

    The only sentence of a draft stays, cut or not: the check decides on it.
    """
    text = typeset(draft)
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    cut = len(sentences) > 1 and not sentences[-1].rstrip(CLOSING).endswith(ENDS)
    return sentences[:-1] if cut else sentences


def compose_text(sentences: Iterable[AnswerSentence]) -> str:
    """Return the answer as one line of text, each sentence with its numbers or its mark."""
    return " ".join(f"{sentence.text} {marks(sentence)}" for sentence in sentences)


def marks(sentence: AnswerSentence) -> str:
    """Return « [1][2] », or the mark of an unsupported sentence."""
    if not sentence.supported:
        return say.UNSUPPORTED_MARK
    return "".join(f"[{citation.n}]" for citation in sentence.citations)
