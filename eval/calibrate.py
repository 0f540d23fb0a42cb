"""Prints the evidence for the constants of retrieval and refusal: `python -m eval.calibrate`.

Works on an index of `corpus/` and the development questions; fits the weight of
rag/answerable.py by logistic regression and shows what each threshold would give.
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

from eval.questions import Question, load_questions
from rag.answerable import best_similarity, probability
from rag.config import Settings
from rag.environment import DEFAULT_ENCODER, read_environment
from rag.evidence import Findings, gather
from rag.opening import load_encoder
from rag.query import read_query
from rag.retrieve import Retriever
from rag.store import Index, open_index
from rag.types import Hit

CUTOFFS = (1, 3, 5)
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
STRENGTH = 10.0
"""Inverse regularisation of the standardised cosine: weak, there is one weight for 120 rows."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what was found for it."""

    question: Question
    hits: tuple[Hit, ...]
    found: Findings
    similarity: float


def main(directory: Path = Path("index")) -> None:
    """Print recall, then the answerability decision as it is and as it would be refitted."""
    console = Console()
    settings = Settings()
    encoder = load_encoder(DEFAULT_ENCODER, read_environment(os.environ))
    with open_index(directory) as index:
        retriever = Retriever(index, settings.retrieval)
        cases = []
        for question in track(load_questions(), "questions", transient=True):
            query = read_query(question.text, encoder)
            hits = tuple(retriever.retrieve(query))
            found = gather(query, hits, encoder, index.document)
            cases.append(Case(question, hits, found, best_similarity(found)))
        told = settings.generation.context_sentences
        console.print(
            "\n".join(recall_lines([c for c in cases if c.question.answerable], index, told))
        )
    console.print(
        "\n".join(decision_lines(cases, [probability(case.similarity) for case in cases]))
    )
    console.print("\n".join(fit_lines(cases)))


def recall_lines(cases: Sequence[Case], index: Index, told: int) -> list[str]:
    """Return how often the quote stands in the first passages and in the sentences told."""
    places = [_place(case.question, index) for case in cases]
    lines = [f"{len(cases)} answerable questions"]
    for cutoff in CUTOFFS:
        found = [
            any(_overlaps(place, hit.passage.document_id, hit.passage.start, hit.passage.end)
                for hit in case.hits[:cutoff])
            for case, place in zip(cases, places, strict=True)
        ]  # fmt: skip
        lines.append(f"passage recall@{cutoff}: {np.mean(found):.3f}")
    heard = [
        any(_overlaps(place, item.hit.passage.document_id, item.start, item.end)
            for item in case.found.context(told))
        for case, place in zip(cases, places, strict=True)
    ]  # fmt: skip
    return [*lines, f"answer among the {told} sentences told: {np.mean(heard):.3f}"]


def decision_lines(cases: Sequence[Case], certainty: Sequence[float]) -> list[str]:
    """Return what share of each kind each threshold would answer."""
    lines = ["threshold  answerable  near misses  off subject (share answered)"]
    pairs = list(zip(certainty, cases, strict=True))
    for threshold in THRESHOLDS:
        groups = (
            [sure for sure, case in pairs if _kind(case.question) == kind]
            for kind in ("answerable", "near_miss", "off_subject")
        )
        known, near, far = (float(np.mean(np.array(group) >= threshold)) for group in groups)
        lines.append(f"{threshold:9.2f}  {known:10.2f}  {near:11.2f}  {far:11.2f}")
    return lines


def fit_lines(cases: Sequence[Case]) -> list[str]:
    """Return the bias and the weight that these questions would give."""
    values: NDArray[np.float64] = np.array([[case.similarity] for case in cases])
    answerable = [case.question.answerable for case in cases]
    spread = float(values.std())
    fit = LogisticRegression(C=STRENGTH).fit(values / spread, answerable)
    bias, weight = float(fit.intercept_[0]), float(fit.coef_[0][0]) / spread
    return [f"refitted: BIAS {bias:.2f}, WEIGHT {weight:.2f}"]


def _kind(question: Question) -> str:
    """Return which of the three groups a question is in."""
    return "answerable" if question.answerable else question.kind


def _place(question: Question, index: Index) -> tuple[str, int, int]:
    """Return where the quote stands; ValueError if it stands nowhere."""
    start = index.document(question.document).text.index(question.quote)
    return question.document, start, start + len(question.quote)


def _overlaps(place: tuple[str, int, int], document: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a document shares characters with the quote."""
    return document == place[0] and start < place[2] and place[1] < end


if __name__ == "__main__":
    main()
