"""Retrieval measures against values worked out by hand."""

from math import log2

import pytest

from eval.measures.retrieval import RETRIEVAL, retrieval
from eval.types import Record
from tests import eval_samples as sample


def ranking(*hits: str, relevant: tuple[str, ...]) -> Record:
    """Return a record whose passages were retrieved in this order."""
    found = tuple(sample.ranked(name) for name in hits)
    return sample.record(response=sample.response(hits=found), relevant=relevant)


def measured(record: Record) -> dict[str, float | None]:
    """Return all retrieval measures of a record."""
    return {name: retrieval(record, name) for name in RETRIEVAL}


def test_three_relevant_passages_of_which_two_are_found_at_ranks_2_and_5() -> None:
    record = ranking("a", "b", "c", "d", "e", "f", relevant=("b", "e", "lost"))
    best = 1 + 1 / log2(3) + 1 / log2(4)
    assert measured(record) == pytest.approx(
        {
            "recall@1": 0.0,
            "recall@3": 1 / 3,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "success@1": 0.0,
            "success@3": 1.0,
            "success@5": 1.0,
            "success@10": 1.0,
            "mrr@10": 1 / 2,
            "ndcg@10": (1 / log2(3) + 1 / log2(6)) / best,
        }
    )


def test_a_relevant_passage_in_front_is_perfect_everywhere() -> None:
    assert set(measured(ranking("a", "b", relevant=("a",))).values()) == {1.0}


def test_rank_11_is_beyond_every_measure() -> None:
    ten = tuple("abcdefghij")
    assert set(measured(ranking(*ten, "k", relevant=("k",))).values()) == {0.0}
    assert retrieval(ranking(*ten[:9], "k", relevant=("k",)), "mrr@10") == pytest.approx(1 / 10)


def test_the_order_of_the_hits_counts_and_not_their_scores() -> None:
    hits = (sample.ranked("a", score=0.1), sample.ranked("b", score=0.9))
    record = sample.record(response=sample.response(hits=hits), relevant=("b",))
    assert retrieval(record, "mrr@10") == pytest.approx(1 / 2)


def test_a_passage_that_comes_twice_counts_where_it_comes_first() -> None:
    assert retrieval(ranking("a", "a", "b", "a", relevant=("b",)), "mrr@10") == pytest.approx(1 / 2)
    assert retrieval(ranking("a", "b", "a", relevant=("a",)), "recall@1") == 1.0


def test_nothing_is_measured_on_an_unanswerable_question() -> None:
    record = sample.record(question=sample.unanswerable(), relevant=())
    assert set(measured(record).values()) == {None}


def test_nothing_is_measured_on_a_system_that_does_not_retrieve() -> None:
    assert set(measured(ranking(relevant=())).values()) == {None}


def test_finding_nothing_is_zero_where_there_was_something_to_find() -> None:
    assert set(measured(ranking(relevant=("a",))).values()) == {0.0}


def test_a_quote_that_no_passage_holds_whole_was_lost_by_cutting() -> None:
    assert set(measured(ranking("a", "b", relevant=())).values()) == {0.0}


def test_a_measure_of_another_name_is_not_known() -> None:
    with pytest.raises(KeyError, match="recall@2"):
        retrieval(sample.record(), "recall@2")
