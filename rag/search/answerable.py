"""The decision before anything is written: does the corpus answer this question?"""

import math

from rag.search.evidence import Findings

BIAS = -37.82
WEIGHT = 44.30
ODDS_WEIGHT = 0.189
"""Logistic regression on the cosine of the best sentence with the question, for e5-small, and on
the reader's log-odds that one of the best passages answers. It is fitted and printed by
`python -m eval.calibrate PIAF.json` on the golden questions for development and on as many
of PIAF as count the same: fitted on ours alone, without the reader, it refused a quarter of
PIAF's questions that have an answer. The best passage's cosine and the share of the question's
words that are found were tried beside them and got weights near 0."""

LACKING = 8.56
"""Log-odds that are lost where no passage found holds a value of the kind that is asked for,
fitted and printed with the weight."""

FOREIGN = 0.035
"""Cosine that a question loses against French texts by being asked in another language: the
mean over the 32 answerable questions of `eval/golden/dev.jsonl` that have an English variant."""


def best_similarity(found: Findings) -> float:
    """Return the cosine of the question with the sentence nearest to it; 0 without any."""
    return max((item.similarity for item in found.ranked), default=0.0)


def probability(similarity: float, odds: float = 0.0, *, lacks: bool = False) -> float:
    """Return the probability that the corpus answers, by the logistic function.

    Args:
        similarity: what `best_similarity` returns.
        odds: the reader's log-odds that one of the best passages answers.
        lacks: no passage found holds a value of the kind that is asked for.
    """
    return 1.0 / (
        1.0 + math.exp(-(BIAS + WEIGHT * similarity + ODDS_WEIGHT * odds - LACKING * lacks))
    )
