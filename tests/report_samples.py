"""A run that fails in every way there is, for the tests of its report."""

from collections.abc import Mapping
from dataclasses import replace

from eval.report import Run
from eval.types import Estimate, Record
from tests.eval_samples import (
    DOCUMENT,
    QUOTE,
    TEXT,
    cited,
    question,
    record,
    response,
    said,
    unanswerable,
)

ELSEWHERE = cited(start=31, end=len(TEXT), quote=TEXT[31:])
WRONG = said("Le canal a été ouvert en 1700.", ELSEWHERE)
SUMMARY = {
    "answer_inclusion": Estimate(0.5, 0.25, 0.75, 40),
    "crag_score": Estimate(-0.125, -0.5, 0.25, 40),
    "seconds_p50": Estimate(1.5, 1.25, 2.0, 39),
    "forbidden": Estimate(0.0, 0.0, 0.6, 4),
}


def named(name: str, **changes: object) -> Record:
    """Return a record whose question has that id; `question` and `response` may be changed."""
    made = record(**changes)
    return replace(made, question=replace(made.question, id=name, base_id=name))


RIGHT = named("juste")
FAILING = {
    "uncited": named("uncited", response=response(sentences=(said(QUOTE),))),
    "beside": named("beside", response=response(sentences=(said(QUOTE, ELSEWHERE),))),
    "inexact": named("inexact", response=response(sentences=(said(QUOTE, cited(exact=False)),))),
    "refused": named("refused", response=response(refused=True)),
    "wrong": named("wrong", response=response(sentences=(WRONG,))),
    "answered": named("answered", question=unanswerable(), response=response()),
    "forbidden": named(
        "forbidden", question=question(forbidden=("1700",)), response=response(sentences=(WRONG,))
    ),
}
RECORDS = (RIGHT, *FAILING.values())


def run(*records: Record, summary: Mapping[str, Estimate] = SUMMARY, **manifest: object) -> Run:
    return Run(records, summary, {"system": "parole", **manifest})


def text_of(name: str) -> str:
    return {DOCUMENT: TEXT}[name]
