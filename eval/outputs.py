"""A run in the formats that other tools read: trec_eval's, JUnit's, plain JSON."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from xml.etree import ElementTree as ET

from eval import strings as say
from eval.measures.outcome import outcome
from eval.types import Estimate, Record

_CONTROLS = (*range(9), 11, 12, *range(14, 32))
_NOT_XML = dict.fromkeys([*_CONTROLS, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
"""Characters that XML 1.0 has no way to write."""


def summary(figures: Mapping[str, Estimate]) -> str:
    """Return `{measure: {value, low, high, n}}` as JSON; an end that is not known is null."""
    rows = {
        name: {key: None if math.isnan(value) else value for key, value in asdict(found).items()}
        for name, found in figures.items()
    }
    return f"{json.dumps(rows, indent=2)}\n"


def trec(records: Sequence[Record], system: str) -> str:
    """Return the passages found as a run of trec_eval: qid Q0 docid rank score tag.

    Ids hold no blank there: `%20` stands for one.
    """
    return "".join(
        f"{_word(record.question.id)} Q0 {_word(hit.span.id)} {rank} {hit.score:.6f} {system}\n"
        for record in records
        for rank, hit in enumerate(record.response.hits, 1)
    )


def junit(records: Sequence[Record], system: str) -> str:
    """Return a run as JUnit XML: a test a question, failed when it came out wrong."""
    failed = [record for record in records if outcome(record).right is False]
    suite = ET.Element(
        "testsuite", name=f"parole eval {system}", tests=str(len(records)),
        failures=str(len(failed)), errors="0", skipped="0",
    )  # fmt: skip
    for record in records:
        question, response = record.question, record.response
        case = ET.SubElement(
            suite, "testcase", classname=f"{question.split}.{question.type}", name=question.id,
            time=f"{response.seconds.get('total', 0.0):.3f}",
        )  # fmt: skip
        if record in failed:
            message = say.JUNIT_REFUSED if response.refused else say.JUNIT_WRONG
            failure = ET.SubElement(case, "failure", message=message)
            failure.text = f"{question.text}\n{response.text}".translate(_NOT_XML)
    ET.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suite, encoding="unicode")}\n'


def _word(text: str) -> str:
    """Return an id without blanks."""
    return "%20".join(text.split())
