"""Prints the evidence for the constants of ranking and refusal: `python -m eval.calibrate`.

Works on an index of `corpus/` and the golden questions for development, of their variants
the English ones alone. Fits the weights of rag/search/answerable.py by logistic regression,
shows what the reader adds, what each threshold would give, what the kind of value that is asked
for tells and what a question in another language loses.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # no types

from eval.questions.datasets import GOLDEN, golden
from eval.questions.golden import TextOf
from eval.types import Gold, Question
from rag.config import GenerationSettings, Settings
from rag.environment import DEFAULT_ENCODER, read_environment
from rag.index.store import open_index
from rag.opening import load_encoder, load_reader
from rag.search.answerable import FOREIGN, best_similarity, probability
from rag.search.evidence import Findings, Sentence, reread
from rag.search.finding import Finder, odds
from rag.search.reading import Reader

KINDS = ("answerable", "near_miss", "off_subject")
WEIGHTS = (0.0, 0.1, 0.25, 0.5, 1.0)
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
STRENGTH = 10.0
"""Inverse regularisation of the standardised values: weak, there are two weights for 136 rows."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what was found for it.

    `lacks`: no value of the kind that it asks for; `odds` are the reader's of each sentence.
    """

    question: Question
    found: Findings
    similarity: float
    asks: bool
    lacks: bool
    odds: Sequence[float]

    @property
    def certainty(self) -> float:
        """The probability that the corpus answers, in the corpus's own language."""
        return probability(self.similarity, lacks=self.lacks)


def main(directory: Path = Path("index")) -> None:
    """Print what the generator is told, then the decision as it is and as it would be refitted."""
    console = Console()
    settings = Settings()
    environment = read_environment(os.environ)
    encoder = load_encoder(DEFAULT_ENCODER, environment)
    reader = load_reader(encoder, environment)
    with open_index(directory) as index:
        finder = Finder(index, encoder, settings.retrieval)
        texts: TextOf = lambda name: index.document(name).text  # noqa: E731 - bound to index
        asked = golden(GOLDEN / "dev.jsonl", texts, base_only=False).questions
        wanted = [question for question in asked if question.variant in {"base", "english"}]
        cases = [
            case(finder, reader, question)
            for question in track(wanted, "questions", transient=True)
        ]
    base = [case for case in cases if case.question.variant == "base"]
    console.print("\n".join(reading_lines([case for case in base if case.question.answerable])))
    console.print("\n".join(decision_lines(base)))
    console.print("\n".join(value_lines(base)))
    console.print("\n".join(fit_lines(base)))
    console.print("\n".join(foreign_lines(cases)))


def case(finder: Finder, reader: Reader | None, question: Question) -> Case:
    """Return a question with what is found for it, and read if the corpus answers it."""
    made = finder.find(question.text, question.history)
    return Case(
        question=question,
        found=made.found,
        similarity=best_similarity(made.found),
        asks=made.wanted is not None,
        lacks=made.lacks,
        odds=odds(reader, made) if reader and _to_be_read(question) else [],
    )


def _to_be_read(question: Question) -> bool:
    """Tell whether the reader's evidence is taken from a question."""
    return question.answerable and question.variant == "base"


def reading_lines(cases: Sequence[Case]) -> list[str]:
    """Return what each weight of the reader gives, 0 being none: ranks, and what is told."""
    lines = ["reader's weight  best is right  one of 3 is right  answer told"]
    for weight in WEIGHTS:
        found = [
            reread(case.found, case.odds, weight) if weight and case.odds else case.found
            for case in cases
        ]
        right = [
            [_right(case, item.sentence) for item in ranking.ranked[:3]]
            for case, ranking in zip(cases, found, strict=True)
        ]
        first, any_of_3 = (np.mean([any(row[:n]) for row in right]) for n in (1, 3))
        told = told_line(cases, [ranking.context(GenerationSettings()) for ranking in found])
        lines.append(f"{weight:15.2f}  {first:13.3f}  {any_of_3:17.3f}  {told}")
    return lines


def foreign_lines(cases: Sequence[Case]) -> list[str]:
    """Return what an English variant's best cosine loses, and what the decision makes of it."""
    base = {case.question.base_id: case for case in cases if case.question.variant == "base"}
    pairs = [
        (case, base[case.question.base_id])
        for case in cases
        if case.question.variant == "english" and case.question.answerable
    ]
    loss = float(np.mean([french.similarity - english.similarity for english, french in pairs]))
    threshold = Settings().answerability.threshold
    through = [
        sum(probability(english.similarity + offset) >= threshold for english, _ in pairs)
        for offset in (0.0, FOREIGN)
    ]
    return [
        f"English: {loss:.3f} of cosine lost over {len(pairs)} answerable questions",
        f"answered without FOREIGN {through[0]}, with {FOREIGN} {through[1]}",
    ]


def told_line(cases: Sequence[Case], told: Sequence[Sequence[Sentence]]) -> str:
    """Return how often a gold quote stands in what the generator is told, and its length."""
    heard = [
        any(_right(case, sentence) for sentence in sentences)
        for case, sentences in zip(cases, told, strict=True)
    ]
    words = [sum(len(sentence.text.split()) for sentence in sentences) for sentences in told]
    return f"{np.mean(heard):.3f} of {len(cases)}, in {np.mean(words):.0f} words"


def value_lines(cases: Sequence[Case]) -> list[str]:
    """Return how many of each kind ask for a value that shows, and how many do not find one."""
    lines = ["ask for a value, and no passage found holds one:"]
    for kind in KINDS:
        asked = [case for case in cases if _kind(case.question) == kind and case.asks]
        lines.append(f"  {kind:11}  {len(asked):3}  {sum(case.lacks for case in asked):3}")
    return lines


def decision_lines(cases: Sequence[Case]) -> list[str]:
    """Return what share of each kind each threshold would answer."""
    lines = ["threshold  answerable  near misses  off subject (share answered)"]
    for threshold in THRESHOLDS:
        groups = (
            [case.certainty for case in cases if _kind(case.question) == kind] for kind in KINDS
        )
        known, near, far = (float(np.mean(np.array(group) >= threshold)) for group in groups)
        lines.append(f"{threshold:9.2f}  {known:10.2f}  {near:11.2f}  {far:11.2f}")
    return lines


def fit_lines(cases: Sequence[Case]) -> list[str]:
    """Return the bias and the weights that these questions would give."""
    values: NDArray[np.float64] = np.array([[case.similarity, case.lacks] for case in cases])
    answerable = [case.question.answerable for case in cases]
    spread = values.std(axis=0)
    fit = LogisticRegression(C=STRENGTH).fit(values / spread, answerable)
    weight, lost = fit.coef_[0] / spread
    return [f"refitted: BIAS {fit.intercept_[0]:.2f}, WEIGHT {weight:.2f}, LACKING {-lost:.2f}"]


def _kind(question: Question) -> str:
    """Return which of the three groups a question is in."""
    return question.unanswerable_reason or "answerable"


def _right(case: Case, sentence: Sentence) -> bool:
    """Tell whether a sentence shares characters with one of the question's gold quotes."""
    return any(_overlaps(gold, sentence) for gold in case.question.gold)


def _overlaps(gold: Gold, sentence: Sentence) -> bool:
    """Tell whether a sentence shares characters with a gold quote."""
    same = sentence.hit.passage.document_id == gold.document
    return same and sentence.start < gold.end and gold.start < sentence.end


if __name__ == "__main__":
    main()
