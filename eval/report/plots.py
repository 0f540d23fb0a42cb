"""The curves of a report as inline SVG: the same figures give the same bytes."""

import io
import re
from collections.abc import Mapping, Sequence

from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter, PercentFormatter

from eval.measures.latency import Stage
from eval.measures.refusal import RiskPoint
from eval.report import strings
from eval.report.numbers import decimal

WIDTH, HEIGHT = 4.8, 3.3
"""Inches; so small that the labels can still be read on a telephone's screen."""

MARGIN = 1.25
"""How much longer the axis is than its longest bar, so that its label has room."""

THEME = {
    "#010101": "var(--ink)",
    "#020202": "var(--soft)",
    "#030303": "var(--line)",
    "#040404": "var(--accent)",
    "#050505": "var(--accent-soft)",
}
"""Stand-ins for the colours of the page, which change with its light or dark theme."""

INK, SOFT, LINE, ACCENT, ACCENT_SOFT = THEME

STROKES = ((ACCENT, "-"), (INK, "--"), (SOFT, ":"), (ACCENT, "-."))
"""Colour and dashes of each line of a figure: told apart without colours too."""

STYLE: tuple[str | dict[str, object], ...] = (
    "default",
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "parole",
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": SOFT,
        "axes.edgecolor": SOFT,
        "axes.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "grid.color": LINE,
        "axes.axisbelow": True,
    },
)
"""Text stays text; the font named is the one that comes with matplotlib, to measure it with."""


def risk_coverage(curve: Sequence[RiskPoint]) -> str:
    """Return the curve of the share of wrong answers over the share answered, as SVG.

    Args:
        curve: At least one point, coverage rising; each risk holds from the point before on.
    """
    coverage = [0.0, *(point.coverage for point in curve)]
    risk = [curve[0].risk, *(point.risk for point in curve)]
    with style.context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="tight")
        axes = figure.add_subplot()
        axes.fill_between(coverage, risk, step="pre", color=ACCENT_SOFT, linewidth=0)
        axes.step(coverage, risk, where="pre", color=ACCENT, linewidth=2)
        axes.plot(coverage[-1], risk[-1], "o", color=ACCENT, markersize=7, clip_on=False)
        axes.set(xlim=(0, 1), ylim=(0, min(1, max(0.1, *risk) * MARGIN)))
        axes.set(xlabel=strings.AXIS_COVERAGE, ylabel=strings.AXIS_RISK)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(PercentFormatter(1, decimals=0, symbol="\u00a0%"))
        axes.grid(visible=True, axis="y")
        return _inline(figure, "risk")


def latency(stages: Mapping[str, Stage]) -> str:
    """Return the median and the 95th percentile of each stage as bars, in SVG.

    Args:
        stages: At least one, by what a reader calls it; the first stands on top.
    """
    with style.context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="tight")
        axes = figure.add_subplot()
        longest = max(stage.p95 for stage in stages.values()) or 1.0
        for place, stage in enumerate(stages.values()):
            axes.barh(place, stage.p95, height=0.5, color=ACCENT_SOFT)
            axes.barh(place, stage.p50, height=0.5, color=ACCENT)
            text = f"{decimal(stage.p50, 2)} · {decimal(stage.p95, 2)}"
            axes.text(stage.p95 + longest / 50, place, text, va="center", fontsize=9, color=INK)
        axes.set_yticks(range(len(stages)), list(stages))
        axes.set(xlim=(0, longest * MARGIN), xlabel=strings.AXIS_SECONDS)
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(FuncFormatter(_tick))
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.spines["left"].set_visible(False)
        return _inline(figure, "latency")


def curves(lines: Mapping[str, Sequence[tuple[float, float]]], labels: tuple[str, str]) -> str:
    """Return lines over logarithmic axes as SVG.

    Args:
        lines: At least one, by what a reader calls it; its points, all positive, x rising.
        labels: Of the axes, x first; they also make the ids of this figure its own.
    """
    with style.context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="tight")
        axes = figure.add_subplot()
        for place, (name, points) in enumerate(lines.items()):
            color, dashes = STROKES[place % len(STROKES)]
            axes.plot(*zip(*points, strict=True), dashes, color=color, marker="o", label=name)
        axes.set(xscale="log", yscale="log", xlabel=labels[0], ylabel=labels[1])
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(_tick))
            axis.set_minor_formatter(NullFormatter())
        axes.grid(visible=True, axis="y")
        axes.legend(frameon=False, fontsize=9, labelcolor=INK)
        return _inline(figure, re.sub(r"\W", "-", "-".join(labels)))


def _tick(value: float, _place: int) -> str:
    """Return a label of the axis, with no more decimals than it needs."""
    return f"{value:g}".replace(".", ",")


def _inline(figure: Figure, name: str) -> str:
    """Return the element alone, in the page's colours, its ids made the figure's own.

    Namespaces, sizes and style sheet go too: a page needs none of them, a style sheet would
    hold for all of it, and it shall name no address.
    """
    file = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"|\s(width|height)="[\d.]+pt"', "", svg)
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    return re.sub("|".join(THEME), lambda found: THEME[found[0]], svg)
