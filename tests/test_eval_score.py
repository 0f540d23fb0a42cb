"""All measures together: of one record, of a run, with the right kind of interval."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

import pytest

from eval.score import ALL, MAIN, MEASURES, SET_MEASURES, french, score, summarise
from eval.score import summarise_variants as by_kind
from eval.types import Record
from tests import eval_samples as sample

Z2 = 1.959964**2
"""z² of a 95 % interval."""


def asked(number: int, *, base: int | None = None, **changes: Any) -> Record:
    """Return the response to a question of this number; changes are those of the response."""
    base_id = f"q{number if base is None else base}"
    question = sample.question(id=f"q{number}", base_id=base_id)
    return sample.record(question=question, response=sample.response(**changes))


def refused(number: int) -> Record:
    """Return a right refusal."""
    question = sample.unanswerable(id=f"u{number}", base_id=f"u{number}")
    return sample.record(question=question, response=sample.response(refused=True))


def test_every_measure_has_a_name_of_its_own() -> None:
    names = [measure.name for measure in ALL]
    assert len(names) == len(set(names))
    assert (names[0], MAIN) == ("answer_inclusion", "answer_inclusion")
    assert (*MEASURES, *SET_MEASURES) == ALL


def test_which_way_is_better() -> None:
    worse = {measure.name for measure in ALL if measure.better == "lower"}
    assert worse == {
        "forbidden",
        "unmarked_share",
        "risk_coverage_area",
        "variant_loss",
        "seconds_p50",
        "seconds_p95",
    }
    assert [measure.name for measure in ALL if measure.better == "neither"] == ["answer_words"]


def test_the_scores_of_a_right_and_cited_answer() -> None:
    right, none = 1.0, None
    assert score(sample.record()) == {
        "answer_inclusion": right,
        "answer_inclusion_unmarked": right,
        "answer_inclusion_accents": right,
        "required_claims": none,
        "forbidden": none,
        "numeric": none,
        "token_f1": pytest.approx(2 * 1 / (1 + 6)),
        "exact_match": 0.0,
        "answer_words": 7.0,
        "citation_precision": right,
        "citation_recall": right,
        "quote_exactness": right,
        "supported_share": right,
        "unmarked_share": 0.0,
        "refusal_precision": none,
        "refusal_recall": none,
        "answer_rate": right,
        "crag_score": right,
        **{f"{name}@{k}": right for name in ("recall", "success") for k in (1, 3, 5, 10)},
        "mrr@10": right,
        "ndcg@10": right,
    }


def test_a_right_refusal_is_measured_as_a_refusal_only() -> None:
    scores = score(refused(1))
    assert {name: value for name, value in scores.items() if value is not None} == {
        "refusal_precision": 1.0,
        "refusal_recall": 1.0,
        "crag_score": 0.0,
    }


def test_a_rate_has_wilsons_interval() -> None:
    """Three right of four questions."""
    run = [asked(1), asked(2), asked(3), asked(4, text="En 1700.")]
    found = summarise(run, MEASURES)["answer_inclusion"]
    centre = (0.75 + Z2 / 8) / (1 + Z2 / 4)
    half = sqrt(Z2) * sqrt(0.75 * 0.25 / 4 + Z2 / 64) / (1 + Z2 / 4)
    assert (found.value, found.n) == (0.75, 4)
    assert (found.low, found.high) == pytest.approx((centre - half, centre + half), abs=1e-6)


def test_variants_of_a_question_say_no_more_than_one_question() -> None:
    """Four right answers to two base questions: Wilson over two."""
    run = [asked(1), asked(2, base=1), asked(3), asked(4, base=3)]
    found = summarise(run, MEASURES)["answer_inclusion"]
    assert (found.value, found.high, found.n) == (1.0, 1.0, 4)
    assert found.low == pytest.approx(1 / (1 + Z2 / 2), abs=1e-6)


def test_what_is_no_share_is_never_taken_for_a_rate() -> None:
    """All scores are 1, which for a rate would leave a doubt below."""
    found = summarise([asked(1), asked(2)], MEASURES)["crag_score"]
    assert (found.value, found.low, found.high, found.n) == (1.0, 1.0, 1.0, 2)


def test_a_measure_without_values_is_left_out() -> None:
    found = summarise([refused(1), refused(2)])
    assert {name: (figure.value, figure.n) for name, figure in found.items()} == {
        "refusal_precision": (1.0, 2),
        "refusal_recall": (1.0, 2),
        "crag_score": (0.0, 2),
        "refusal_f1": (1.0, 2),
        "seconds_p50": (1.0, 1),
        "seconds_p95": (1.0, 1),
    }


def test_nothing_is_left_of_a_run_without_records() -> None:
    assert summarise([]) == {}


def test_the_measures_of_a_run_as_a_whole() -> None:
    """The cold first question lasts 50 s; of the others, one is refused and one is wrong."""
    slow = sample.response(seconds={"total": 50.0, "generate": 40.0})
    run = [
        replace(asked(1), response=slow),
        asked(2, seconds={"total": 2.0, "generate": 1.0}, tokens=10),
        asked(3, refused=True, seconds={"total": 1.0}),
        asked(4, text="En 1700.", certainty=0.5, seconds={"total": 3.0, "generate": 2.0}, tokens=8),
        refused(5),
    ]
    found = summarise(run, SET_MEASURES)
    assert {name: (figure.value, figure.n) for name, figure in found.items()} == {
        "refusal_f1": (pytest.approx(2 / 3), 5),
        "risk_coverage_area": (pytest.approx((0 + 0 + 1 / 3) / 3), 5),
        "seconds_p50": (1.0, 4),
        "seconds_p95": (3.0, 4),
        "tokens_per_second": (pytest.approx(18 / 3), 4),
    }


def variant(kind: str, *, right: bool) -> Record:
    """Return the answer to a variant of the one question."""
    question = sample.question(id=f"canal-1.{kind}", variant=kind)
    text = "En 1681." if right else "En 1700."
    return sample.record(question=question, response=sample.response(text=text))


def test_robustness_over_all_variants_and_by_kind() -> None:
    run = [sample.record(), variant("typos", right=True), variant("english", right=False)]
    names = ("variant_loss", "variant_worst", "variant_consistency")
    whole = summarise(run)
    assert [whole[name].value for name in names] == [0.5, 0.0, 0.5]
    kinds = by_kind(run)
    assert {kind: [found[name].value for name in names] for kind, found in kinds.items()} == {
        "typos": [0.0, 1.0, 1.0],
        "english": [1.0, 0.0, 0.0],
    }


def test_a_run_of_base_questions_has_no_robustness() -> None:
    assert by_kind([sample.record()]) == {}
    assert "variant_loss" not in summarise([sample.record()])


@dataclass(frozen=True, slots=True)
class Polyglot:
    """Takes a text with « the » for English, all others for French."""

    def language(self, text: str) -> str:
        """Return `en` or `fr`."""
        return "en" if "the" in text.split() else "fr"


def test_the_language_is_measured_with_an_identifier_that_is_given() -> None:
    measure = french(Polyglot())
    run = [asked(1), asked(2, text="It was opened in the year 1681, they say.")]
    assert [score(record, (measure,)) for record in run] == [{"in_french": 1.0}, {"in_french": 0.0}]
    assert summarise(run, (measure,))["in_french"].value == 0.5
