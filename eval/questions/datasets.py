"""The questions of a run: golden ones over the corpus, or a dataset with its own index."""

from collections.abc import Sequence
from pathlib import Path

from eval.manifest import Dataset
from eval.questions.golden import BASE, TextOf, load_golden
from eval.questions.squad import sample
from eval.types import Question, Split
from rag.train.split import split_of

GOLDEN = Path(__file__).parents[1] / "golden"


def golden(path: Path, text_of: TextOf, *, base_only: bool) -> Dataset:
    """Return the golden questions of a file, with their variants or without.

    Raises:
        EvaluationError: the file is unsound, or a quote of it is not in the index.
    """
    questions = load_golden(path, text_of)
    kept = tuple(q for q in questions if not base_only or q.variant == BASE)
    return Dataset(f"golden/{path.stem}", kept)


def part(name: str, questions: Sequence[Question], split: Split | None) -> Dataset:
    """Return the questions on the articles of one split, or all without a `split`.

    Articles are parted as for training (rag/train/split.py): what was learnt from PIAF has
    never seen those of « test ». Their questions are asked over the texts of all articles.
    """
    kept = (one for one in questions if split in {None, split_of(" ".join(one.tags))})
    return Dataset(f"{name}/{split}" if split else name, tuple(kept))


def drawn(dataset: Dataset, n: int | None, seed: int) -> Dataset:
    """Return `n` questions of a dataset, or all without an `n`."""
    if n is None:
        return dataset
    return Dataset(dataset.name, sample(dataset.questions, n, seed), seed)
