"""A run in the formats of other tools."""

import json
from xml.etree import ElementTree as ET

from eval import outputs
from eval import strings as say
from eval.types import Estimate
from tests.eval_samples import question, ranked, record, response, said, unanswerable


def test_the_summary_is_plain_json() -> None:
    text = outputs.summary({"recall@5": Estimate(0.5, 0.25, 0.75, 8)})
    assert json.loads(text) == {"recall@5": {"value": 0.5, "low": 0.25, "high": 0.75, "n": 8}}


def test_an_end_that_is_not_known_is_null() -> None:
    text = outputs.summary({"token_f1": Estimate(0.5, float("nan"), float("nan"), 1)})
    assert json.loads(text)["token_f1"] == {"value": 0.5, "low": None, "high": None, "n": 1}


def test_trec_lists_the_passages_by_rank_and_ids_hold_no_blank() -> None:
    hits = (ranked("p 1", score=2.5), ranked("p2", score=-1.0))
    made = record(question=question(id="q 1"), response=response(hits=hits))
    assert outputs.trec([made], "bm25") == (
        "q%201 Q0 p%201 1 2.500000 bm25\nq%201 Q0 p2 2 -1.000000 bm25\n"
    )


def test_junit_has_a_failure_for_each_question_that_went_wrong() -> None:
    records = [
        record(),
        record(response=response(sentences=(said("En 1700."),))),
        record(response=response(refused=True)),
        record(question=unanswerable(), response=response(refused=True)),
    ]
    suite = ET.fromstring(outputs.junit(records, "parole"))  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("4", "2")
    messages = [found.get("message") for case in suite for found in case]
    assert messages == [say.JUNIT_WRONG, say.JUNIT_REFUSED]
    assert suite[0].get("classname") == "dev.date"


def test_junit_holds_any_text() -> None:
    hostile = "]]> <b>&amp;</b> \x00\x0b\ud800 fin"
    text = outputs.junit([record(response=response(sentences=(said(hostile),)))], "parole")
    failure = next(ET.fromstring(text).iter("failure"))  # noqa: S314 - our own
    assert str(failure.text).split("\n")[1] == "]]> <b>&amp;</b>  fin"
