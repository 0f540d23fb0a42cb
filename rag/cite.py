"""The check of an answer: each sentence is held against the sentences of the passages.

A sentence stands only when its evidence carries its words, its numbers, its names and its
negation; it then gets the exact quote. Nothing here asks a language model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag import messages as say
from rag.config import SupportSettings
from rag.evidence import Evidence, EvidenceSet, share
from rag.facts import negations, numbers, proper_names
from rag.retrieve import Scores
from rag.sentences import sentence_spans
from rag.text import search_terms
from rag.types import AnswerSentence, Citation, Encoder, Section
from rag.words import words

CLOSING = "»”\N{NO-BREAK SPACE} )"
ENDS = (".", "!", "?", "…", ":")
"""What a finished sentence ends with, closing marks left aside."""


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

    evidence: tuple[Evidence, ...]
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


def coverage(asserted: Claim, evidence: Sequence[Evidence]) -> float:
    """Return how much of the claim the evidence carries, from 0 to 1.

    What the sentence adds to the question counts as much as all its words together: an
    answer that only echoes the question is supported by nothing. A hard check that fails
    (a number, a name or a negation that the evidence does not have) gives 0.
    """
    text = " ".join(item.text for item in evidence)
    around = f"{text} {evidence[0].heading}"
    if not asserted.numbers <= frozenset(numbers(around)):
        return 0.0
    if not asserted.names <= frozenset(words(around)):
        return 0.0
    if asserted.negated != any(negations(item.text) for item in evidence):
        return 0.0
    found = frozenset(search_terms(around))
    whole = share(asserted.terms, found)
    return (whole + (share(asserted.new_terms, found) if asserted.new_terms else whole)) / 2


def find_support(
    asserted: Claim, nearness: Sequence[float], found: EvidenceSet, settings: SupportSettings
) -> Support | None:
    """Return the shortest evidence that carries the claim: one sentence, else two neighbours.

    Args:
        asserted: the claim.
        nearness: cosine of the answer's sentence with each sentence of `found`.
        found: the sentences that may support it.
        settings: the least coverage and similarity that count as support.
    """
    order = sorted(range(len(nearness)), key=lambda i: (-nearness[i], i))
    near = [i for i in order if nearness[i] >= settings.similarity][: settings.candidates]
    singles = [(found.sentences[i],) for i in near]
    pairs = [pair for i in near for pair in _neighbours(i, found.sentences)]
    for group in (singles, pairs):
        scored = [(coverage(asserted, evidence), evidence) for evidence in group]
        score, evidence = max(scored, key=lambda item: item[0], default=(0.0, ()))
        if score >= settings.coverage:
            return Support(evidence, score)
    return None


def _neighbours(place: int, sentences: Sequence[Evidence]) -> list[tuple[Evidence, Evidence]]:
    """Return the sentence with the one before and with the one after it in its passage."""
    pairs = [(place - 1, place), (place, place + 1)]
    return [
        (sentences[a], sentences[b])
        for a, b in pairs
        if a >= 0
        and b < len(sentences)
        and sentences[a].hit.passage.id == sentences[b].hit.passage.id
    ]


class Verifier:
    """Checks the sentences of one answer and numbers its quotes in order of appearance."""

    def __init__(
        self, question: str, found: EvidenceSet, encoder: Encoder, settings: SupportSettings
    ) -> None:
        self._question = question
        self._found = found
        self._encoder = encoder
        self._settings = settings
        self._numbers: dict[tuple[str, int, int], int] = {}

    def check(self, sentences: Sequence[str]) -> list[AnswerSentence]:
        """Return the sentences with their citations, or as unsupported, in their order."""
        if not sentences or not self._found.sentences:
            return [AnswerSentence(text, supported=False) for text in sentences]
        nearness = self._encoder.encode_passages(sentences) @ self._found.vectors.T
        return [self._checked(text, row) for text, row in zip(sentences, nearness, strict=True)]

    def quote(self, evidence: Evidence) -> AnswerSentence:
        """Return a sentence of the corpus as the answer itself, cited by its own words."""
        text = say.QUOTED_ANSWER.format(quote=evidence.text)
        return AnswerSentence(text, supported=True, citations=(self._cite(evidence, 1.0),))

    def _checked(self, text: str, row: Scores) -> AnswerSentence:
        """Return one sentence with what supports it."""
        asserted = claim(text, self._question)
        support = find_support(asserted, row.tolist(), self._found, self._settings)
        if support is None:
            return AnswerSentence(text, supported=False)
        cited = tuple(self._cite(item, support.score) for item in support.evidence)
        return AnswerSentence(text, supported=True, citations=cited)

    def _cite(self, evidence: Evidence, score: float) -> Citation:
        """Return the citation of one sentence; the same quote keeps its number."""
        passage = evidence.hit.passage
        place = (passage.document_id, evidence.start, evidence.end)
        return Citation(
            n=self._numbers.setdefault(place, len(self._numbers) + 1),
            document=passage.document_id,
            title=passage.title,
            location=location(Section(passage.start, passage.section, passage.page)),
            quote=evidence.text,
            start=evidence.start,
            end=evidence.end,
            score=round(score, 4),
        )


def location(section: Section) -> str:
    """Return where a quote stands, for a reader: its page, its section, or nothing."""
    if section.page is not None:
        return say.LOCATION_PAGE.format(page=section.page)
    return say.LOCATION_SECTION.format(section=section.title) if section.title else ""


def split_draft(draft: str) -> list[str]:
    """Return the sentences of a draft; one that the limits cut short is left out.

    The only sentence of a draft stays, cut or not: the check decides on it.
    """
    sentences = [draft[start:end] for start, end in sentence_spans(draft)]
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
