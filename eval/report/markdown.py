"""A report as Markdown, for a terminal or a pull request; every text of a record is escaped."""

import re
from collections.abc import Iterable, Iterator, Sequence

from eval.report import strings
from eval.report.changes import Changes
from eval.report.contents import Report
from eval.report.failures import Failure, citations
from eval.report.numbers import decimal, percent, seconds
from eval.report.tables import SMALL, Cut, Family, Row
from eval.report.wording import kind, retrieval, verdict, visible
from eval.types import Question, Record, Response

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#$!]|(?<=www)\.|:(?=//))")
"""What Markdown or a renderer's extension would take for markup, links or a formula."""

TENTHS = range(1, 11)
"""The steps of coverage at which the curve is written out."""


def document(report: Report) -> str:
    """Return the report as a Markdown text."""
    return "\n\n".join(filter(None, _parts(report))) + "\n"


def text(data: str) -> str:
    r"""Return a record's text as Markdown that shows it, on one line.

    A backslash takes its meaning from each special character. What begins a block has one
    at the start of a line alone, where no text of a record may stand.
    """
    return SPECIAL.sub(r"\\\1", " ".join(visible(data).split()))


def _parts(report: Report) -> Iterator[str]:
    """Yield the blocks of the report, top to bottom."""
    title = strings.TITLE.format(system=text(report.system))
    yield f"# {title}"
    yield f"{report.scope} · {text(report.dataset)}" if report.dataset else report.scope
    yield strings.NO_MODEL_JUDGE
    yield f"## {strings.HEADLINE}"
    yield from map(_family, report.families)
    yield strings.SMALL_STARRED.format(n=SMALL)
    yield f"## {strings.SLICES}"
    for cut in report.cuts:
        yield from _cut(cut)
    yield f"## {strings.FAILURES}"
    yield _tally(report) or strings.NO_FAILURE
    for failure in report.failures:
        yield from _failure(failure)
    yield from _risk(report)
    yield from _latency(report)
    if report.changes:
        yield from _changes(report.changes)
    yield f"## {strings.ALL}"
    yield _all(report.run.records)
    yield f"## {strings.CONDITIONS}"
    yield "\n".join(f"- **{text(name)}**\u00a0: {text(value)}" for name, value in report.conditions)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its first column to the left and the others to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def _starred(row: Row) -> str:
    """Return how many questions a figure rests on, with a star if they are few."""
    return f"{row.n}\u00a0\\*" if row.small else str(row.n)


def _family(family: Family) -> str:
    """Return the figures of one subject."""
    head = (family.title, strings.COLUMN_VALUE, strings.COLUMN_INTERVAL, strings.COLUMN_N)
    return table(
        head,
        ((text(row.label), row.value, row.interval, _starred(row)) for row in family.rows),
    )


def _cut(cut: Cut) -> Iterator[str]:
    """Yield the slices of a run by one property."""
    yield f"### {cut.title}"
    lines = ((text(line.label), *map(_cell, line.rows)) for line in cut.lines)
    yield table(("", *cut.columns), lines)


def _cell(row: Row | None) -> str:
    """Return the figure of a slice with its interval and number of questions."""
    return f"{row.value} ({row.interval}, {_starred(row)})" if row else strings.NONE


def _tally(report: Report) -> str:
    """Return how many questions failed in each way."""
    return ", ".join(f"{strings.REASONS[name]}\u00a0: {n}" for name, n in report.tally)


def _failure(failure: Failure) -> Iterator[str]:
    """Yield one failure: the question, why, what was given and what was expected."""
    record = failure.record
    question = record.question
    yield f"### {text(question.text)}"
    why = " ".join(strings.WHY[name] for name in failure.reasons)
    lines = [f"**{text(question.id)}**, {text(kind(question))}. {why}"]
    lines += [f"{strings.GIVEN}\u00a0: {_given(record.response)}"]
    lines += [f"{strings.EXPECTED}\u00a0: {_expected(question)}"]
    lines += [f"{strings.EVIDENCE}\u00a0: {_quoted(g.quote, g.document)}" for g in question.gold]
    lines += [f"{strings.CITED}\u00a0: {_quoted(c.quote, c.document)}" for c in citations(record)]
    lines += filter(None, [retrieval(record)])
    yield "\n".join(f"- {line}" for line in lines)


def _given(response: Response) -> str:
    """Return the answer, each sentence that is not verified marked so."""
    if response.refused or not response.sentences:
        return text(response.text) or strings.NOTHING_SAID
    marks = ("", f" ({strings.UNVERIFIED})")
    return " ".join(f"{text(said.text)}{marks[said.marked]}" for said in response.sentences)


def _expected(question: Question) -> str:
    """Return what a right answer says."""
    if question.expected == "refuse":
        return strings.EXPECT_REFUSAL
    claims = "\u00a0; ".join(" / ".join(map(text, claim)) for claim in question.required)
    return "\u00a0; ".join(filter(None, (" / ".join(map(text, question.answers)), claims)))


def _quoted(quote: str, place: str) -> str:
    """Return a quote and the document it is of."""
    return f"«\u00a0{text(quote)}\u00a0» ({text(place)})" if place else strings.NO_PASSAGE


def _risk(report: Report) -> Iterator[str]:
    """Yield the risk–coverage curve at every tenth of the questions."""
    yield f"## {strings.RISK}"
    if not report.curve:
        yield strings.NO_CERTAINTY
        return
    found = (next((p for p in report.curve if p.coverage >= t / 10), None) for t in TENTHS)
    points = dict.fromkeys((*filter(None, found), report.curve[-1]))
    head = (strings.COLUMN_CERTAINTY, strings.COLUMN_COVERAGE, strings.COLUMN_RISK)
    yield table(
        head,
        ((decimal(p.certainty, 2), percent(p.coverage), percent(p.risk)) for p in points),
    )
    yield " ".join(report.risk)


def _latency(report: Report) -> Iterator[str]:
    """Yield the stages with their median and their 95th percentile."""
    yield f"## {strings.LATENCY}"
    head = (strings.COLUMN_STAGE, strings.COLUMN_P50, strings.COLUMN_P95, strings.COLUMN_N)
    rows = [
        (text(name), seconds(stage.p50), seconds(stage.p95), str(stage.n))
        for name, stage in report.stages.items()
    ]
    yield table(head, rows) if rows else ""
    yield " ".join(report.timing[1:] if rows else report.timing)


def changed(changes: Changes) -> str:
    """Return what changed since another run as a text of its own."""
    return "\n\n".join(_changes(changes))


def _changes(changes: Changes) -> Iterator[str]:
    """Yield what changed since the other run, with both answers."""
    yield f"## {strings.CHANGES}"
    yield text(changes.title)
    head = (strings.COLUMN_BEFORE, strings.COLUMN_AFTER, strings.COLUMN_CHANGE)
    yield table(
        (strings.COLUMN_MEASURE, *head, strings.COLUMN_P, strings.COLUMN_VERDICT),
        (
            (
                row.label,
                row.before,
                row.after,
                f"{row.change} ({row.interval}, {row.n})",
                f"{text(row.p)} ({text(row.test)})",
                strings.CHANGE_VERDICTS[row.verdict],
            )
            for row in changes.rows
        ),
    )
    yield strings.CHANGES_NOTE
    for title, pairs in changes.groups:
        yield f"### {title}"
        yield "\n".join(
            f"- **{text(pair.after.question.id)}**, {text(pair.after.question.text)}\n"
            f"  - {strings.COLUMN_BEFORE}\u00a0: {_given(pair.before.response)}\n"
            f"  - {strings.COLUMN_AFTER}\u00a0: {_given(pair.after.response)}"
            for pair in pairs
        )


def _all(records: Sequence[Record]) -> str:
    """Return each question on a line, with its verdict."""
    rows = (
        (text(r.question.id), text(r.question.text), strings.VERDICTS[verdict(r)]) for r in records
    )
    return table((strings.COLUMN_ID, strings.COLUMN_QUESTION, strings.COLUMN_VERDICT), rows)
