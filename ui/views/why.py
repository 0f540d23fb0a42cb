"""« Pourquoi cette réponse ? »: the passages, the check, the receipt, and how to replay it."""

import shlex
from collections.abc import Iterable, Sequence

from rag.check.cite import location
from rag.types import Answer, AnswerSentence, Hit, Section
from ui import strings
from ui.conversation import Exchange
from ui.views.markup import decimal, escape, facts, isolated, tool

SCORE_DIGITS = 2


def why(exchange: Exchange, replay: Sequence[str] = ()) -> str:
    """Return the folded account of an answer, or nothing as long as there is none.

    `replay` holds the options that `parole ask` needs besides the question.
    """
    answer = exchange.answer
    if answer is None:
        return ""
    return (
        f'<details class="why" data-keep="why-{exchange.number}">'
        f'<summary>{escape(strings.WHY)}</summary><div class="account">'
        f"{_passages(answer)}{_checks(answer.sentences)}{_receipt(answer)}"
        f"{_replay(exchange, replay)}</div></details>"
    )


def command(question: str, replay: Sequence[str]) -> str:
    """Return the command that asks the question again, safe to paste into a shell.

    A question that begins with a dash stands behind `--`, or it would be taken for an option.
    """
    words = [*replay, "--", question] if question.startswith("-") else [question, *replay]
    return shlex.join(["parole", "ask", *words])


def _passages(answer: Answer) -> str:
    """Return the table of the passages found, best first."""
    if not answer.hits:
        return ""
    titles = (
        strings.WHY_PASSAGE,
        strings.WHY_FUSED,
        strings.WHY_DENSE,
        strings.WHY_LEXICAL,
        strings.WHY_STATE,
    )
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    rows = "".join(_row(hit, hit.passage.id in answer.told) for hit in answer.hits)
    return (
        f"<h3>{escape(strings.WHY_PASSAGES)}</h3><table><thead><tr>{head}</tr></thead>"
        f'<tbody>{rows}</tbody></table><p class="legend">{escape(strings.WHY_LEGEND)}</p>'
    )


def _row(hit: Hit, read: bool) -> str:  # noqa: FBT001 - one fact of the row
    """Return one passage with its three scores and whether it was read."""
    found = hit.passage
    where = facts([location(Section(found.start, found.section, found.page))])
    named = zip(
        (strings.WHY_FUSED, strings.WHY_DENSE, strings.WHY_LEXICAL),
        (hit.score, hit.dense, hit.lexical),
        strict=True,
    )
    scores = "".join(
        f'<td class="figure" data-label="{escape(name)}">{decimal(score, SCORE_DIGITS)}</td>'
        for name, score in named
    )
    state = strings.WHY_READ if read else strings.WHY_ASIDE
    return (
        f'<tr class="{"read" if read else "aside"}"><th scope="row">'
        f'<span class="title">{isolated(found.title)}</span>{where}</th>{scores}'
        f'<td class="state">{escape(state)}</td></tr>'
    )


def _checks(sentences: Iterable[AnswerSentence]) -> str:
    """Return what the check said of each sentence."""
    items = "".join(
        f'<li><span dir="auto">{escape(sentence.text)}</span> {_verdict(sentence)}</li>'
        for sentence in sentences
    )
    title = escape(strings.WHY_CHECKS)
    return f'<h3>{title}</h3><ol class="checks">{items}</ol>' if items else ""


def _verdict(sentence: AnswerSentence) -> str:
    """Return how far a sentence is supported and by which sources, or that it is not."""
    if not sentence.supported:
        return f'<span class="mark">{escape(strings.UNVERIFIED)}</span>'
    score = max(citation.score for citation in sentence.citations)
    names = ", ".join(strings.WHY_SOURCE.format(n=citation.n) for citation in sentence.citations)
    said = strings.WHY_SUPPORT.format(percent=round(score * 100), sources=names)
    return f'<span class="verdict">{escape(said)}</span>'


def _receipt(answer: Answer) -> str:
    """Return what must be the same for the same answer, and the times that it took."""
    percent = strings.WHY_PERCENT.format(percent=round(answer.certainty * 100))
    receipt = answer.receipt
    models = ((strings.WHY_MODELS.get(role, role), name) for role, name in receipt.models.items())
    hashes = (
        *models,
        (strings.WHY_INDEX, receipt.index),
        (strings.WHY_CORPUS, receipt.corpus),
        (strings.WHY_SETTINGS, receipt.settings),
        (strings.WHY_VERSION, receipt.version),
    )
    terms = "".join(
        f"<div><dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd></div>"
        for name, value in hashes
        if value
    )
    certainty = f"<div><dt>{escape(strings.WHY_CERTAINTY)}</dt><dd>{escape(percent)}</dd></div>"
    return (
        f"<h3>{escape(strings.WHY_RECEIPT)}</h3><dl>{'' if answer.aside else certainty}"
        f"<div><dt>{escape(strings.WHY_TIMES)}</dt><dd>{_times(answer)}</dd></div>{terms}</dl>"
    )


def _times(answer: Answer) -> str:
    """Return the seconds that each stage took."""
    times = answer.timings
    return escape(
        strings.WHY_TIMES_VALUE.format(
            retrieve=decimal(times.retrieve, 1),
            first_token=decimal(times.first_token, 1),
            generate=decimal(times.generate, 1),
            verify=decimal(times.verify, 1),
            total=decimal(times.total, 1),
        )
    )


def _replay(exchange: Exchange, options: Sequence[str]) -> str:
    """Return the command that gives the answer again, and what it cannot give.

    No command looks nowhere: where no text fitted the reader's choice, there is none.
    """
    if exchange.within == ():
        return ""
    title = f"<h3>{escape(strings.WHY_REPLAY)}</h3>"
    if exchange.own:
        return f'{title}<p class="legend">{escape(strings.WHY_REPLAY_OWN)}</p>'
    limits = [f"--document={document}" for document in exchange.within or ()]
    line = command(exchange.question, [*options, *limits])
    alone = f'<p class="legend">{escape(strings.WHY_REPLAY_ALONE)}</p>'
    return (
        f'{title}<div class="command"><code dir="ltr">{escape(line)}</code>'
        f"{tool('copy', 'copy', strings.COPY_COMMAND, text=line)}</div>"
        f"{alone if exchange.number > 1 else ''}"
    )
