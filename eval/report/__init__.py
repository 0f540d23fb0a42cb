"""What a run found, told to a sceptical reader: report.md and report.html in its folder."""

from eval.report.comparison import comparison
from eval.report.contents import Run
from eval.report.side_by_side import Column, side_by_side
from eval.report.write import write_report

__all__ = ["Column", "Run", "comparison", "side_by_side", "write_report"]
