"""Robustness over the variants of a question, worked out by hand."""

import pytest

from eval.measures.robustness import Robustness, by_variant, robustness
from eval.types import Record
from tests import eval_samples as sample


def asked(base_id: str, variant: str, *, right: bool) -> Record:
    """Return the answer to a variant of a question."""
    identity = base_id if variant == "base" else f"{base_id}.{variant}"
    return sample.record(
        question=sample.question(id=identity, base_id=base_id, variant=variant),
        response=sample.response(text="En 1681." if right else "En 1700."),
    )


RUN = [
    asked("a", "base", right=True),
    asked("a", "typos", right=True),
    asked("a", "no_accents", right=True),
    asked("a", "english", right=False),
    asked("b", "base", right=False),
    asked("b", "typos", right=True),
    asked("b", "no_accents", right=False),
    asked("c", "typos", right=True),
    asked("d", "base", right=True),
]
"""A base that one of three variants loses, one that a variant wins, and two without pairs."""


def test_loss_worst_case_and_consistency_by_base_question() -> None:
    found = robustness(RUN)
    assert list(found) == ["a", "b"]
    assert found["a"].loss == pytest.approx(1 / 3)
    assert found["a"].consistency == pytest.approx(2 / 3)
    assert found["a"].worst == 0.0
    assert found["b"] == Robustness(loss=-1 / 2, worst=0.0, consistency=1 / 2)


def test_the_worst_case_is_right_only_if_every_wording_is() -> None:
    run = [asked("a", "base", right=True), asked("a", "typos", right=True)]
    assert robustness(run) == {"a": Robustness(loss=0.0, worst=1.0, consistency=1.0)}


def test_a_wrong_base_makes_the_worst_case_wrong_and_its_right_variant_a_gain() -> None:
    run = [asked("a", "typos", right=True), asked("a", "base", right=False)]
    assert robustness(run) == {"a": Robustness(loss=-1.0, worst=0.0, consistency=0.0)}


def test_every_kind_of_variant_is_also_held_against_the_base_alone() -> None:
    kept, lost, won = Robustness(0.0, 1.0, 1.0), Robustness(1.0, 0.0, 0.0), Robustness(-1, 0, 0)
    assert {kind: robustness(some) for kind, some in by_variant(RUN).items()} == {
        "typos": {"a": kept, "b": won},
        "no_accents": {"a": kept, "b": Robustness(0.0, 0.0, 1.0)},
        "english": {"a": lost},
    }


def test_refusing_a_variant_of_an_unanswerable_question_is_right() -> None:
    refused = sample.response(refused=True)
    base = sample.record(question=sample.unanswerable(), response=refused)
    other = sample.unanswerable(id="canal-2.typos", variant="typos")
    assert robustness([base, sample.record(question=other, response=refused)]) == {
        "canal-2": Robustness(0.0, 1.0, 1.0)
    }
    assert robustness([base, sample.record(question=other)]) == {
        "canal-2": Robustness(1.0, 0.0, 0.0)
    }


def test_a_run_without_variants_has_no_robustness() -> None:
    assert robustness([asked("d", "base", right=True)]) == {}
    assert by_variant([asked("d", "base", right=True)]) == {}
