"""The questions of a run: golden ones over the corpus, or a dataset with its own index."""

from collections.abc import Sequence
from pathlib import Path

from eval.manifest import Dataset
from eval.questions.golden import BASE, TextOf, load_golden
from eval.questions.squad import sample
from eval.types import Question

GOLDEN = Path(__file__).parents[1] / "golden"


def golden(path: Path, text_of: TextOf, *, base_only: bool) -> Dataset:
    """Return the golden questions of a file, with their variants or without.

    Raises:
        EvaluationError: the file is unsound, or a quote of it is not in the index.
    """
    questions = load_golden(path, text_of)
    kept = tuple(q for q in questions if not base_only or q.variant == BASE)
    return Dataset(f"golden/{path.stem}", kept)


def drawn(name: str, questions: Sequence[Question], n: int | None, seed: int) -> Dataset:
    """Return `n` questions of a dataset, or all without an `n`."""
    if n is None:
        return Dataset(name, tuple(questions))
    return Dataset(name, sample(questions, n, seed), seed)
