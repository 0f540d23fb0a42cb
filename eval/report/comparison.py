"""Two runs side by side, as `parole eval compare` prints them."""

from eval.report.contents import Run, gather
from eval.report.markdown import changed


def comparison(before: Run, after: Run) -> str:
    """Return as Markdown what a second run changed against the first.

    Raises:
        EvaluationError: the runs are not over the same questions.
    """
    report = gather(after, before)
    return changed(report.changes) if report.changes else ""
