"""A run of the speed benchmark in Markdown, and as one HTML page with plots."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, PackageLoader
from markupsafe import Markup

from eval.bench import strings as say
from eval.bench.tables import heroes, label, sections
from eval.bench.types import Figure, Results
from eval.measures.latency import Stage
from eval.report import plots
from eval.report.contents import flat
from eval.report.html import environment
from eval.report.markdown import table, text
from eval.run import replace

BARS = ("passages", "evidence", "first_word", "total")
"""The measures of one question that are lengths of time."""

LINES = {
    "search": ("query", say.AXIS_PASSAGES, say.AXIS_MILLISECONDS),
    "askers": ("wait_last", say.AXIS_ASKERS, say.AXIS_WAIT),
}
"""The measure of a part that is drawn over its scale, with the names of both axes."""

COLUMNS = (say.COLUMN_MEDIAN, say.COLUMN_QUARTILES, say.COLUMN_P95, say.COLUMN_N)


def write_report(path: Path, results: Results) -> None:
    """Write a run's report beside `path`, in its name: `.md` and `.html`.

    The same results give the same bytes.
    """
    files = {".md": document(results), ".html": page(results)}
    for suffix, content in files.items():
        replace(path.with_suffix(suffix), content)


def document(results: Results) -> str:
    """Return the report as Markdown."""
    return "\n\n".join(_blocks(results)) + "\n"


def page(results: Results) -> str:
    """Return the report as a page that stands alone."""
    loader = ChoiceLoader([PackageLoader("eval.bench", ""), PackageLoader("eval.report", "")])
    made = environment(loader)
    drawn = {part: Markup(svg) for part, svg in drawings(results.figures).items()}  # noqa: S704  # ours
    return made.get_template("bench.html.j2").render(
        s=say,
        columns=COLUMNS,
        scope=scope(results),
        missing=missing(results),
        heroes=heroes(results.figures),
        sections=sections(results.figures),
        drawings=drawn,
        conditions=flat(results.conditions),
    )


def scope(results: Results) -> str:
    """Return the machine in one line."""
    machine = results.conditions.get("hardware")
    known = machine if isinstance(machine, Mapping) else {}
    return say.SCOPE.format(
        processor=known.get("processor"),
        cores=known.get("cores"),
        memory=str(known.get("memory_gib")).replace(".", ","),
        load=str(results.conditions.get("load")).replace(".", ","),
    )


def missing(results: Results) -> str:
    """Return which parts were not measured to their end; empty if all were."""
    asked = results.conditions.get("parts")
    wanted = asked if isinstance(asked, list) else []
    left = [say.PARTS[part][0] for part in wanted if part not in results.finished]
    return say.UNFINISHED.format(parts=", ".join(left)) if left else ""


def drawings(figures: Sequence[Figure]) -> dict[str, str]:
    """Return the plots by their part, of the parts that have one."""
    found = {part: _lines(figures, part, name) for part, (name, *_) in LINES.items()}
    drawn = {
        part: plots.curves(lines, (LINES[part][1], LINES[part][2]))
        for part, lines in found.items()
        if lines
    }
    bars = {
        "\n".join(label(one.measure).rsplit(", ", 1)): Stage(one.median, one.p95, len(one.values))
        for one in figures
        if one.measure.part == "ask" and one.measure.name in BARS
    }
    return drawn | ({"ask": plots.latency(bars)} if bars else {})


def _lines(
    figures: Sequence[Figure], part: str, name: str
) -> Mapping[str, Sequence[tuple[float, float]]]:
    """Return the medians of a measure over its scale, a line for each subject."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for found in figures:
        measure = found.measure
        if (measure.part, measure.name) == (part, name):
            subject = say.SUBJECTS.get(measure.subject, measure.subject)
            lines.setdefault(subject, []).append((measure.scale, found.median))
    return lines


def _blocks(results: Results) -> Iterator[str]:
    """Yield the blocks of the Markdown report."""
    yield f"# {say.TITLE}"
    yield text(scope(results))
    yield say.METHOD
    if missing(results):
        yield missing(results)
    for section in sections(results.figures):
        yield f"## {section.title}"
        yield section.note
        rows = ((text(r.label), r.median, r.quartiles, r.p95, r.n) for r in section.rows)
        yield table((say.COLUMN_MEASURE, *COLUMNS), rows)
    yield f"## {say.CONDITIONS}"
    known = flat(results.conditions)
    yield "\n".join(f"- **{text(name)}**\u00a0: {text(value)}" for name, value in known)
