"""The decision before anything is written: does the corpus answer this question?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence import Findings, share
from rag.text import search_terms
from rag.types import Hit

BEST = 3
"""Sentences looked at together: an answer rarely takes more."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What retrieval tells of a question, each from 0 to 1.

    `sentence` and `passage` are the best cosines of a sentence and of a passage, `coverage`
    the share of the question's terms that the best sentences and their headings have.
    """

    sentence: float
    passage: float
    coverage: float


BIAS = -50.0
WEIGHTS = Signals(sentence=20.0, passage=35.0, coverage=3.0)
"""Logistic regression, fitted and printed by `python -m eval.calibrate`."""


def signals(question: str, hits: Sequence[Hit], found: Findings) -> Signals:
    """Read the signals of one question; all 0 where nothing was found."""
    best = [item.sentence for item in found.ranked[:BEST]]
    headings = frozenset(search_terms(" ".join(sentence.heading for sentence in best)))
    terms = headings.union(*(sentence.terms for sentence in best))
    return Signals(
        sentence=max((item.similarity for item in found.ranked), default=0.0),
        passage=max((hit.dense for hit in hits), default=0.0),
        coverage=share(frozenset(search_terms(question)), terms),
    )


def probability(read: Signals) -> float:
    """Return the probability that the corpus answers, by the logistic function."""
    logit = (
        BIAS
        + WEIGHTS.sentence * read.sentence
        + WEIGHTS.passage * read.passage
        + WEIGHTS.coverage * read.coverage
    )
    return 1.0 / (1.0 + math.exp(-logit))
