"""A report as one HTML page: no script, no address, every text of a record escaped."""

from functools import partial

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eval.report import plots, strings
from eval.report.contents import Report
from eval.report.failures import citations, excerpt, reaches_gold
from eval.report.tables import SMALL
from eval.report.wording import certainty, kind, numeric, retrieval, variant, verdict, visible

OPENED = 10
"""Failures shown unfolded: what one reads before skimming."""

SECTIONS = {
    "resultats": strings.HEADLINE,
    "tranches": strings.SLICES,
    "echecs": strings.FAILURES,
    "risque": strings.RISK,
    "temps": strings.LATENCY,
    "changements": strings.CHANGES,
    "questions": strings.ALL,
    "conditions": strings.CONDITIONS,
}
"""The sections by their anchors, in the order of the page."""


def page(report: Report) -> str:
    """Return the report as a page that stands alone."""
    template = _surroundings().get_template("page.html.j2")
    return template.render(
        report=report,
        excerpt=partial(excerpt, text_of=report.text_of),
        risk=Markup(plots.risk_coverage(report.curve)) if report.curve else "",  # noqa: S704  # ours
        latency=Markup(plots.latency(report.stages)) if report.stages else "",  # noqa: S704  # ours
    )


def environment(loader: BaseLoader) -> Environment:
    """Return what templates live in: all is escaped, a name that is missing is an error."""
    return Environment(
        loader=loader, autoescape=True, finalize=_shown, undefined=StrictUndefined,
        trim_blocks=False,
    )  # fmt: skip


def _surroundings() -> Environment:
    """Return what the templates of a run's report live in."""
    made = environment(PackageLoader("eval.report", ""))
    made.globals.update(
        s=strings,
        sections=SECTIONS,
        small_note=strings.SMALL.format(n=SMALL),
        opened=OPENED,
        certainty=certainty,
        citations=citations,
        kind=kind,
        numeric=numeric,
        reaches_gold=reaches_gold,
        retrieval=retrieval,
        variant=variant,
        verdict=verdict,
    )
    return made


def _shown(value: object) -> object:
    """Return what is printed of a value: a text of a record shows its steering characters."""
    return visible(value) if type(value) is str else value
