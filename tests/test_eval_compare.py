"""Two runs held against each other, worked out by hand."""

from dataclasses import replace

import pytest

from eval.compare import Pair, compare
from eval.score import MEASURES
from eval.types import Record, Response
from rag.errors import EvaluationError
from tests import eval_samples as sample

RIGHT, WRONG = sample.response(text="En 1681."), sample.response(text="En 1700.")
REFUSED = sample.response(refused=True)


def asked(name: str, response: Response, base_id: str = "") -> Record:
    """Return what was given to a question of this id."""
    question = sample.question(id=name, base_id=base_id or name)
    return sample.record(question=question, response=response)


def run(*responses: Response) -> list[Record]:
    """Return a run over questions q0, q1, …"""
    return [asked(f"q{number}", response) for number, response in enumerate(responses)]


def names(pairs: tuple[Pair, ...]) -> list[str]:
    """Return the ids of the questions of some pairs."""
    return [pair.before.question.id for pair in pairs]


def test_questions_are_fixed_broken_or_changed() -> None:
    other_right = sample.response(text="L’année 1681.")
    other_wrong = sample.response(text="En 1800.")
    a = run(WRONG, RIGHT, RIGHT, RIGHT, WRONG, REFUSED, WRONG)
    b = run(RIGHT, WRONG, RIGHT, other_right, other_wrong, RIGHT, REFUSED)
    found = compare(a, b, ())
    assert names(found.fixed) == ["q0", "q5"]
    assert names(found.broken) == ["q1"]
    assert names(found.changed) == ["q3", "q4", "q6"]
    assert found.fixed[0] == Pair(a[0], b[0])


def test_a_question_to_be_refused_is_fixed_by_refusing_it() -> None:
    before = sample.record(question=sample.unanswerable())
    after = replace(before, response=REFUSED)
    assert compare([before], [after], ()).fixed == (Pair(before, after),)
    assert compare([after], [before], ()).broken == (Pair(after, before),)


def test_the_order_of_the_second_run_does_not_matter() -> None:
    a, b = run(WRONG, RIGHT, WRONG), run(RIGHT, RIGHT, RIGHT)
    assert compare(a, b[::-1], MEASURES[:1]) == compare(a, b, MEASURES[:1])
    assert names(compare(a, b[::-1], ()).fixed) == ["q0", "q2"]


def test_five_fixed_and_one_broken_of_eight() -> None:
    """McNemar: twice the chance of at most one head in six throws, 2 × 7 / 64."""
    a = run(*[WRONG] * 5, RIGHT, RIGHT, RIGHT)
    b = run(*[RIGHT] * 5, WRONG, RIGHT, RIGHT)
    found = compare(a, b, MEASURES[:1]).differences["answer_inclusion"]
    assert (found.before, found.after, found.change.n) == (3 / 8, 7 / 8, 8)
    assert found.change.value == pytest.approx(4 / 8)
    assert found.p == pytest.approx(14 / 64)
    assert (found.adjusted_p, found.test) == (found.p, "mcnemar")


def test_variants_of_a_question_change_together() -> None:
    """Six answers to two base questions get better: one chance in four for each sign."""
    a = [asked(f"q{n}", WRONG, base_id=f"q{n // 3}") for n in range(6)]
    b = [replace(record, response=RIGHT) for record in a]
    found = compare(a, b, MEASURES[:1]).differences["answer_inclusion"]
    assert found.test == "sign_flip"
    assert found.p == pytest.approx(2 / 4)


def test_p_values_are_made_larger_for_the_number_of_measures() -> None:
    """Inclusion has 2 × 1/64 for six fixed of six; the answer rate does not change at all."""
    wanted = [
        measure for measure in MEASURES if measure.name in {"answer_inclusion", "answer_rate"}
    ]
    found = compare(run(*[WRONG] * 6), run(*[RIGHT] * 6), wanted).differences
    assert found["answer_inclusion"].p == pytest.approx(1 / 32)
    assert found["answer_inclusion"].adjusted_p == pytest.approx(2 / 32)
    assert (found["answer_rate"].p, found["answer_rate"].adjusted_p) == (1.0, 1.0)


def test_a_measure_is_taken_over_the_questions_that_have_it_in_both_runs() -> None:
    """Only q1 and q2 are answered twice; one citation of the two gets lost."""
    cited, uncited = sample.response(), sample.response(sentences=(sample.said(),))
    found = compare(run(REFUSED, cited, cited, cited), run(cited, cited, uncited, REFUSED))
    recall = found.differences["citation_recall"]
    assert (recall.before, recall.after, recall.change.n) == (1.0, 0.5, 2)
    assert "required_claims" not in found.differences


def test_the_precision_of_refusing_is_not_paired() -> None:
    """Over the questions that both refuse it would always be the same."""
    found = compare(run(REFUSED, RIGHT), run(REFUSED, REFUSED))
    assert "refusal_precision" not in found.differences
    assert found.differences["answer_rate"].change.value == -0.5


def test_runs_over_other_questions_are_refused() -> None:
    a, b = run(RIGHT, RIGHT, RIGHT), run(RIGHT)
    with pytest.raises(EvaluationError, match=r"manque 2 .* «\xa0q1\xa0»"):
        compare(a, b)
    with pytest.raises(EvaluationError, match=r"manque 2 .* «\xa0q1\xa0»"):
        compare(b, a)


def test_runs_over_an_edited_question_are_refused() -> None:
    a = run(RIGHT, RIGHT)
    edited = replace(a[1], question=replace(a[1].question, answers=("1682",)))
    with pytest.raises(EvaluationError, match=r"«\xa0q1\xa0» a été modifiée .*: 1\)"):
        compare(a, [a[0], edited])


def test_a_run_that_has_a_question_twice_is_not_compared() -> None:
    with pytest.raises(ValueError, match="2 records for 1 questions"):
        compare(run(RIGHT) * 2, run(RIGHT))


def test_two_runs_without_questions_have_nothing_to_tell() -> None:
    found = compare([], [])
    assert (found.differences, found.fixed, found.broken, found.changed) == ({}, (), (), ())
