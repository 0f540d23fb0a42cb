"""The two files of a report, in the folder of its run."""

from pathlib import Path

from eval.questions.golden import TextOf
from eval.report.contents import Run, gather
from eval.report.html import page
from eval.report.markdown import document

MARKDOWN, HTML = "report.md", "report.html"


def write_report(
    folder: Path, run: Run, other: Run | None = None, text_of: TextOf | None = None
) -> None:
    """Write report.md and report.html into a folder; both are made before either is written.

    The same run gives the same bytes.

    Args:
        folder: exists; files of these names in it are replaced.
        run: with at least one record, in the order in which the questions were asked.
        other: the run before, or of another system, over the same questions.
        text_of: gives the documents that gold quotes are shown in; without it they stand alone.

    Raises:
        EvaluationError: the other run is over other questions.
        ValueError: the run has no record.
    """
    report = gather(run, other, text_of)
    files = {MARKDOWN: document(report), HTML: page(report)}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
