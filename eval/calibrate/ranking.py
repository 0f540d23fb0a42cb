"""What the reader adds to the ranking of sentences and passages, weight by weight; pure."""

from collections.abc import Sequence

import numpy as np

from eval.calibrate.cases import Trial
from rag.config import GenerationSettings
from rag.search.evidence import Sentence
from rag.search.finding import after_reading

SENTENCE_WEIGHTS = (0.0, 0.1, 0.25, 0.5, 1.0)
HIT_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5)


def sentence_lines(trials: Sequence[Trial]) -> list[str]:
    """Return what each weight of the reader gives, 0 being none: ranks, and what is told."""
    lines = ["reader's weight  best is right  one of 3 is right  answer told"]
    for weight in SENTENCE_WEIGHTS:
        found = [
            after_reading(one.found, one.readings, weight=weight).found
            if weight and one.readings
            else one.found.found
            for one in trials
        ]
        right = [
            [one.right(item.sentence) for item in ranking.ranked[:3]]
            for one, ranking in zip(trials, found, strict=True)
        ]
        first, any_of_3 = (np.mean([any(row[:n]) for row in right]) for n in (1, 3))
        told = _told(trials, [ranking.context(GenerationSettings()) for ranking in found])
        lines.append(f"{weight:15.2f}  {first:13.3f}  {any_of_3:17.3f}  {told}")
    return lines


def hit_lines(name: str, trials: Sequence[Trial]) -> list[str]:
    """Return where each weight of the reader ranks the first passage with an answer."""
    lines = [f"passages of {name}, {len(trials)} questions", "weight  first  of 3  of 5    MRR"]
    for weight in HIT_WEIGHTS:
        ranks = [_rank(one, weight) for one in trials]
        shares = [np.mean([rank < n for rank in ranks]) for n in (1, 3, 5)]
        mean = np.mean([1 / (rank + 1) for rank in ranks])
        first, third, fifth = shares
        lines.append(f"{weight:6.2f}  {first:5.3f} {third:5.3f} {fifth:5.3f}  {mean:5.3f}")
    return lines


def _rank(trial: Trial, weight: float) -> float:
    """Return the rank of the first passage with an answer, from 0; infinite without one."""
    case = after_reading(trial.found, trial.readings, weight) if trial.readings else trial.found
    ranks = (rank for rank, hit in enumerate(case.hits) if trial.answers(hit.passage))
    return next(ranks, float("inf"))


def _told(trials: Sequence[Trial], told: Sequence[Sequence[Sentence]]) -> str:
    """Return how often an answer stands in what the generator is told, and its length."""
    heard = [
        any(map(trial.right, sentences)) for trial, sentences in zip(trials, told, strict=True)
    ]
    words = [sum(len(sentence.text.split()) for sentence in sentences) for sentences in told]
    return f"{np.mean(heard):.3f} of {len(trials)}, in {np.mean(words):.0f} words"
