"""Which passages hold a gold quote, whatever way a system cuts its texts."""

from eval.relevance import by_document, relevant
from eval.types import Gold, Span
from tests.eval_samples import question

NOTE = "notes/a.md"
QUOTE = Gold(NOTE, "x" * 10, 20, 30)


def found(*spans: Span, gold: tuple[Gold, ...] = (QUOTE,)) -> tuple[str, ...]:
    return relevant(question(gold=gold), by_document(spans))


def test_a_passage_that_holds_the_quote_is_relevant_up_to_its_edges() -> None:
    assert found(Span("edge", NOTE, 20, 30), Span("wide", NOTE, 0, 99)) == ("edge", "wide")


def test_one_that_holds_a_part_is_not_if_another_holds_it_whole() -> None:
    assert found(Span("part", NOTE, 0, 25), Span("whole", NOTE, 15, 40)) == ("whole",)


def test_a_quote_that_the_cut_runs_through_is_in_both_its_passages() -> None:
    spans = (Span("left", NOTE, 0, 25), Span("right", NOTE, 25, 60), Span("far", NOTE, 60, 90))
    assert found(*spans) == ("left", "right")


def test_the_same_place_in_another_document_is_not_relevant() -> None:
    assert found(Span("other", "notes/b.md", 0, 99)) == ()


def test_a_passage_with_two_quotes_counts_once() -> None:
    two = (QUOTE, Gold(NOTE, "y" * 5, 40, 45))
    assert found(Span("both", NOTE, 0, 50), gold=two) == ("both",)
