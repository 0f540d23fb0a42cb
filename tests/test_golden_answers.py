"""Twelve golden questions of the development half, with the real models."""

from pathlib import Path

import pytest

from eval.measures.outcome import outcome
from eval.questions.datasets import GOLDEN, golden
from eval.relevance import by_document, relevant
from eval.score import summarise
from eval.systems.opening import SYSTEMS, Workshop
from eval.types import Record
from rag.config import Settings
from rag.environment import Environment
from rag.generate import TransformersGenerator
from rag.opening import load_encoder
from rag.store import open_index
from tests.real_models import ENCODER, models_cache

EVERY = 11
"""Of 136 base questions each eleventh is asked: twelve of all kinds, chosen by nobody."""


@pytest.fixture(scope="module")
def records(real_index: Path, generator: TransformersGenerator) -> list[Record]:
    """Return what Parole gives to the twelve questions."""
    encoder = load_encoder(ENCODER, Environment(models_cache(), offline=True))
    with open_index(real_index) as index:
        texts = lambda name: index.document(name).text  # noqa: E731 - bound to the open index
        questions = golden(GOLDEN / "dev.jsonl", texts, base_only=True).questions[5::EVERY]
        system = SYSTEMS["parole"](Workshop(index, encoder, lambda: generator, Settings()))
        spans = by_document(system.passages())
        return [Record(q, system.answer(q), relevant(q, spans)) for q in questions]


@pytest.mark.models
def test_what_holds_for_every_answer(records: list[Record]) -> None:
    summary = summarise(records)
    assert len(records) == 12
    assert summary["quote_exactness"].value == 1.0, "every quote stands where it is said to stand"
    assert summary["success@5"].value == 1.0, "the passage with the answer is among the first five"


@pytest.mark.models
def test_most_questions_end_well(records: list[Record]) -> None:
    wrong = [record.question.id for record in records if not outcome(record).right]
    assert len(wrong) <= 6, wrong
