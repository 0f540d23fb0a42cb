"""Two lists of scores over the same candidates made into one; pure."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def standardise(scores: Scores) -> Scores:
    """Return the scores with mean 0 and standard deviation 1; all 0 when they are equal."""
    spread = float(scores.std())
    if spread == 0.0:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, np.float32)


def fuse(dense: Scores, lexical: Scores, dense_weight: float) -> Scores:
    """Return the weighted sum of two standardised score lists over the same candidates.

    The method is CombSUM over z-scores (Fox and Shaw 1993; Renda and Straccia 2003).

    Args:
        dense: similarities, shape (n,).
        lexical: BM25 scores of the same candidates, shape (n,).
        dense_weight: the share of the dense side, from 0 to 1.
    """
    fused = dense_weight * standardise(dense) + (1.0 - dense_weight) * standardise(lexical)
    return np.asarray(fused, np.float32)
