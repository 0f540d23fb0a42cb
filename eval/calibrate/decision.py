"""The decision whether the corpus answers: what it does now, and how it would be refitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # no types

from eval.calibrate.cases import ANSWERABLE, KINDS, Trial
from rag.config import AnswerabilitySettings
from rag.search.answerable import FOREIGN, probability
from rag.train.assess import area

THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
STRENGTH = 10.0
"""Inverse regularisation of the standardised values: weak, there are three weights."""

PARTS = {
    "nearest sentence": (0,),
    "with value rule": (0, 2),
    "with reader": (0, 1),
    "with both": (0, 1, 2),
}
"""Columns of what the decision looks at."""

Values = NDArray[np.float64]
Collections = Mapping[str, Sequence[Trial]]
"""Base questions under the name of what they ask about."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of rag/search/answerable.py as some questions would have them."""

    bias: float
    near: float
    odds: float
    lacking: float

    def line(self) -> str:
        """Return them under the constants' names."""
        return (
            f"refitted: BIAS {self.bias:.2f}, WEIGHT {self.near:.2f}, "
            f"ODDS_WEIGHT {self.odds:.3f}, LACKING {self.lacking:.2f}"
        )


def decision_lines(collections: Collections) -> list[str]:
    """Return what share of each kind of each collection each threshold would answer."""
    groups = {
        f"{name}: {kind}": np.array([one.read.certainty for one in trials if one.kind == kind])
        for name, trials in collections.items()
        for kind in KINDS
        if any(one.kind == kind for one in trials)
    }
    lines = [f"share answered   {'   '.join(groups)}"]
    for threshold in THRESHOLDS:
        shares = [
            f"{np.mean(values >= threshold):{len(name)}.2f}" for name, values in groups.items()
        ]
        lines.append(f"{threshold:14.2f}   {'   '.join(shares)}")
    return lines


def part_lines(collections: Collections) -> list[str]:
    """Return how well each part of the decision tells the answerable, refitted without the rest.

    The measure is the area under the ROC curve: how often a question with an answer is held
    surer than one without.
    """
    every = {name: _table(trials) for name, trials in collections.items()}
    lines = [f"area under the curve   {'   '.join(every)}"]
    for part, columns in PARTS.items():
        fit, spread = _regression(collections, columns)
        areas = []
        for name, trials in collections.items():
            sure = fit.decision_function(every[name][:, columns] / spread)
            known = np.array([one.kind == ANSWERABLE for one in trials])
            areas.append(f"{area(sure[known].tolist(), sure[~known].tolist()):{len(name)}.3f}")
        lines.append(f"{part:20}   {'   '.join(areas)}")
    return lines


def refitted(collections: Collections) -> Fit:
    """Return the logistic regression over all questions, each collection counting the same."""
    fit, spread = _regression(collections, (0, 1, 2))
    near, odds, lacks = fit.coef_[0] / spread
    return Fit(float(fit.intercept_[0]), float(near), float(odds), float(-lacks))


def value_lines(trials: Sequence[Trial]) -> list[str]:
    """Return how many of each kind ask for a value that shows, and how many do not find one."""
    lines = ["ask for a value, and no passage found holds one:"]
    for kind in KINDS:
        asked = [one for one in trials if one.kind == kind and one.found.wanted is not None]
        lines.append(f"  {kind:11}  {len(asked):3}  {sum(one.found.lacks for one in asked):3}")
    return lines


def foreign_lines(trials: Sequence[Trial]) -> list[str]:
    """Return what an English variant's best cosine loses, and what the decision makes of it."""
    base = {one.base_id: one for one in trials if one.variant == "base"}
    pairs = [
        (one, base[one.base_id])
        for one in trials
        if one.variant == "english" and one.kind == ANSWERABLE
    ]
    loss = np.mean([french.found.near - english.found.near + FOREIGN for english, french in pairs])
    threshold = AnswerabilitySettings().threshold
    through = [
        sum(_certainty(english, -offset) >= threshold for english, _ in pairs)
        for offset in (FOREIGN, 0.0)
    ]
    return [
        f"English: {loss:.3f} of cosine lost over {len(pairs)} answerable questions",
        f"answered without FOREIGN {through[0]}, with {FOREIGN} {through[1]}",
    ]


def _regression(
    collections: Collections, columns: Sequence[int]
) -> tuple[LogisticRegression, Values]:
    """Return a fit on some columns, each divided by what is returned beside it."""
    trials = [one for some in collections.values() for one in some]
    values = _table(trials)[:, columns]
    shares = [1 / len(some) for some in collections.values() for _ in some]
    spread = values.std(axis=0)
    spread[spread == 0.0] = 1.0
    answerable = [one.kind == ANSWERABLE for one in trials]
    fit = LogisticRegression(C=STRENGTH)
    weights = np.array(shares) * len(trials) / len(collections)
    return fit.fit(values / spread, answerable, sample_weight=weights), spread


def _table(trials: Sequence[Trial]) -> Values:
    """Return what the decision looks at, shape (n, 3): cosine, odds, lacking."""
    cases = [one.read for one in trials]
    return np.array([(case.near, case.odds, case.lacks) for case in cases], np.float64)


def _certainty(trial: Trial, offset: float) -> float:
    """Return the probability of an answer if the nearest sentence were nearer."""
    case = trial.read
    return probability(case.near + offset, case.odds, lacks=case.lacks)
