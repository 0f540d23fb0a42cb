"""Several systems on the same questions, one column each, as `parole eval table` prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report import strings
from eval.report.markdown import table
from eval.report.tables import families
from eval.types import Estimate
from rag.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Column:
    """A run in a table: its system, the hash of its questions, its figures."""

    system: str
    questions: str
    summary: Mapping[str, Estimate]


def side_by_side(columns: Sequence[Column]) -> str:
    """Return a Markdown table: a line a measure, a column a system, value and interval in each.

    Raises:
        EvaluationError: the runs are not over the same questions.
    """
    for column in columns[1:]:
        if column.questions != columns[0].questions:
            reason = strings.TABLE_OTHER.format(one=columns[0].system, other=column.system)
            raise EvaluationError(reason)
    union = {name: found for column in columns for name, found in column.summary.items()}
    cells = [
        {row.label: f"{row.value} ({row.interval})" for family in families(column.summary)
         for row in family.rows}
        for column in columns
    ]  # fmt: skip
    return table(
        (strings.COLUMN_MEASURE, *(column.system for column in columns)),
        (
            (row.label, *(found.get(row.label, strings.NONE) for found in cells))
            for family in families(union)
            for row in family.rows
        ),
    )
