"""`--fail-under`: what breaks a limit, and the questions to blame."""

import pytest

from eval.limits import breaches, read_limit
from eval.score import ALL, MEASURES, summarise
from rag.errors import EvaluationError
from tests.eval_samples import question, record, response, said

GOOD = record()
BAD = record(
    question=question(id="faux", base_id="faux", text="Quand ?"),
    response=response(sentences=(said("Je crois que c’est en 1700."),)),
)


def broken(limit: str, *records: object) -> list[str]:
    known = [item for item in (GOOD, BAD) if item in records]
    return list(breaches([read_limit(limit, ALL)], summarise(known, MEASURES), known))


def test_a_limit_that_is_kept_says_nothing() -> None:
    assert broken("answer_inclusion=0.5", GOOD, BAD) == []


def test_one_that_is_not_names_the_questions() -> None:
    first, *others = broken("answer_inclusion=0,9", GOOD, BAD)
    assert first == "answer_inclusion\u00a0: 0,500, pour une limite de 0,900."
    assert others == ["  faux\u00a0: Quand ?"]


def test_where_lower_is_better_the_limit_is_the_greatest() -> None:
    assert broken("unmarked_share=0.6", GOOD, BAD) == []
    assert len(broken("unmarked_share=0.4", GOOD, BAD)) == 2


def test_a_measure_without_a_value_breaks_its_limit() -> None:
    (line,) = broken("refusal_recall=0.1", GOOD)
    assert "aucune valeur" in line


@pytest.mark.parametrize("text", ["justesse=0.5", "=0.5", "answer_inclusion", "answer_inclusion=x"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(EvaluationError):
        read_limit(text, ALL)
