"""Two runs side by side, as `parole eval compare` prints them."""

from eval.measures.determinism import differing
from eval.report import strings
from eval.report.contents import Run, gather
from eval.report.markdown import changed


def comparison(before: Run, after: Run) -> str:
    """Return as Markdown what a second run changed against the first.

    Raises:
        EvaluationError: the runs are not over the same questions.
    """
    report = gather(after, before)
    other = len(differing(before.records, after.records))
    same = strings.SAME_BYTES.format(same=len(after.records) - other, all=len(after.records))
    return "\n\n".join([same, *([changed(report.changes)] if report.changes else [])])
