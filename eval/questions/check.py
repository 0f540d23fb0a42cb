"""`parole eval check`: everything that an evaluator may expect of the golden questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.questions import strings as say
from eval.questions.clusters import CLUSTERS, read_clusters, split_problems, table_problems
from eval.questions.doubts import doubts
from eval.questions.frozen import frozen_problems
from eval.questions.golden import (
    BASE,
    CORPUS_TYPES,
    SPLITS,
    TextOf,
    question_files,
    read_lines,
    read_question,
)
from eval.questions.rules import row_problems, set_problems
from eval.types import Question
from rag.errors import EvaluationError

LEAST_QUESTIONS = 260
"""Base questions."""
LEAST_UNANSWERABLE = 0.28
"""Share of the base questions."""
LEAST_NEAR_MISSES = 0.5
"""Share of the unanswerable base questions."""
LEAST_VARIED = 1 / 3
"""Share of the base questions that have variants."""
HALF_TOLERANCE = 0.05
"""How far from one half of the base questions either split may be, as a share of them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions there are; all but `variants` are base questions."""

    base: int
    dev: int
    test: int
    unanswerable: int
    near_misses: int
    varied: int
    variants: int

    @classmethod
    def of(cls, questions: Sequence[Question]) -> "Counts":
        """Count questions and their variants."""
        base = [question for question in questions if question.variant == BASE]
        others = [question for question in questions if question.variant != BASE]
        near = [question for question in base if question.unanswerable_reason == "near_miss"]
        return cls(
            base=len(base),
            dev=sum(question.split == "dev" for question in base),
            test=sum(question.split == "test" for question in base),
            unanswerable=sum(not question.answerable for question in base),
            near_misses=len(near),
            varied=len({question.base_id for question in others}),
            variants=len(others),
        )

    def summary(self) -> str:
        """Return the counts in a French sentence."""
        return say.CHECK_SUMMARY.format(
            base=self.base,
            dev=self.dev,
            test=self.test,
            unanswerable=self.unanswerable,
            near_misses=self.near_misses,
            varied=self.varied,
            variants=self.variants,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: French sentences, none of them where all is well, and the counts.

    `problems` must be put right; `warnings` are for a person to look at again.
    """

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    counts: Counts


def check(folder: Path, text_of: TextOf) -> Checked:
    """Check the questions of a folder (`*.jsonl`), its table of clusters and what was frozen.

    Lines that cannot be read are told alone: what else is wrong may follow from them.

    Raises:
        EvaluationError: a file cannot be read at all, there is no file of questions, or the
            table of clusters or of frozen files is malformed.
    """
    questions: list[Question] = []
    unread: list[str] = []
    for line in (line for path in question_files(folder) for line in read_lines(path)):
        try:
            questions.append(read_question(line, text_of))
        except EvaluationError as error:
            unread.append(str(error))
    counts = Counts.of(questions)
    if unread:
        return Checked(tuple(unread), (), counts)
    problems = [problem for question in questions for problem in row_problems(question)]
    problems += set_problems(questions)
    problems += size_problems(questions, counts)
    clusters = read_clusters(folder / CLUSTERS)
    problems += table_problems(clusters, text_of)
    problems += split_problems(questions, clusters)
    problems += frozen_problems(folder)
    warnings = [doubt for question in questions for doubt in doubts(question, text_of)]
    return Checked(tuple(problems), tuple(warnings), counts)


def size_problems(questions: Sequence[Question], counts: Counts) -> Iterator[str]:
    """Yield what is missing of the questions as a whole."""
    if counts.base < LEAST_QUESTIONS:
        yield say.CHECK_TOO_FEW.format(count=counts.base, least=LEAST_QUESTIONS)
    shares = (
        (say.CHECK_UNANSWERABLE, counts.unanswerable, counts.base, LEAST_UNANSWERABLE),
        (say.CHECK_NEAR_MISSES, counts.near_misses, counts.unanswerable, LEAST_NEAR_MISSES),
        (say.CHECK_VARIANTS, counts.varied, counts.base, LEAST_VARIED),
    )
    for message, part, whole, least in shares:
        if part < least * whole:
            yield message.format(part=part, whole=whole, least=100 * least)
    if abs(counts.dev - counts.base / 2) > HALF_TOLERANCE * counts.base:
        tolerance = 100 * HALF_TOLERANCE
        yield say.CHECK_HALVES.format(dev=counts.dev, test=counts.test, tolerance=tolerance)
    present = {(question.split, question.type) for question in questions}
    for split in SPLITS:
        for kind in CORPUS_TYPES:
            if (split, kind) not in present:
                yield say.CHECK_TYPE.format(split=split, type=kind)
