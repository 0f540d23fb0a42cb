"""A reader's own documents: the list of them, how far an addition is, what was refused."""

from collections.abc import Sequence

from ui import strings
from ui.ports import Summary
from ui.uploads.files import MEBIBYTE, Progress, Report, UploadLimits
from ui.views.markup import button, count, escape, facts, icon, isolated


def rules(limits: UploadLimits) -> str:
    """Return what may be added, how much of it, and what becomes of it."""
    room = strings.OWN_LIMITS.format(files=limits.files, megabytes=limits.file_bytes // MEBIBYTE)
    large = strings.OWN_TOO_LARGE.format(megabytes=limits.shelf_bytes // MEBIBYTE)
    return (
        f'<section class="own-rules" data-most-bytes="{limits.shelf_bytes}">'
        f"<h2>{escape(strings.OWN_TITLE)}</h2><p>{escape(strings.OWN_PRIVATE)}</p>"
        f'<p>{escape(room)}</p><p class="too-large" role="alert" hidden>{escape(large)}</p>'
        "</section>"
    )


def shelf(summaries: Sequence[Summary], report: Report | None = None) -> str:
    """Return the documents that can be asked, below what became of those just sent."""
    told = _report(report) if report else ""
    if not summaries:
        return f'{told}<p class="nothing">{escape(strings.OWN_NONE)}</p>'
    items = "".join(_document(summary) for summary in summaries)
    tally = count(len(summaries), strings.OWN_ONE, strings.OWN_MANY)
    return f'{told}<h3 class="heading">{escape(tally)}</h3><ul class="texts own">{items}</ul>'


def adding(progress: Progress) -> str:
    """Return how far an addition has come."""
    text = strings.OWN_STAGES[progress.stage].format(done=progress.done, total=progress.total)
    share = f' max="{progress.total}" value="{progress.done}"' if _measured(progress) else ""
    return (
        f'<p class="adding" role="status">{escape(text)}</p>'
        f'<progress aria-label="{escape(strings.OWN_ADDING)}"{share}></progress>'
    )


def _measured(progress: Progress) -> bool:
    """Tell whether the end of a stage is in sight."""
    return progress.stage != "wait" and progress.total > 0


def _document(summary: Summary) -> str:
    """Return one document, to be read or taken off."""
    size = count(summary.passages, strings.ONE_PASSAGE, strings.MANY_PASSAGES)
    title = button(
        "select", isolated(summary.title), "link",
        document=summary.id, start=0, end=0, place="own",
    )  # fmt: skip
    label = strings.OWN_REMOVE.format(title=summary.title)
    remove = button("remove", icon("trash"), "round", label=label, document=summary.id)
    return f"<li>{title}{facts([size])}{remove}</li>"


def _report(report: Report) -> str:
    """Return what became of the files sent."""
    if report.stopped:
        return f'<p class="note" role="status">{escape(strings.OWN_STOPPED)}</p>'
    added = count(len(report.added), strings.OWN_ADDED_ONE, strings.OWN_ADDED_MANY)
    refused = "".join(
        f"<li><strong>{isolated(one.name)}</strong>{escape(strings.OWN_BECAUSE)}"
        f"{isolated(one.reason)}</li>"
        for one in report.refused
    )
    listed = f'<ul class="refusals">{refused}</ul>' if refused else ""
    head = f"<p>{escape(added)}</p>" if report.added else ""
    title = f"<p>{escape(strings.OWN_REFUSED)}</p>" if refused else ""
    return f'<div class="note" role="status">{head}{title}{listed}</div>'
