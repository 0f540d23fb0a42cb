"""An answer as text for a reader and as one JSON object for a program; pure."""

import json
from collections.abc import Iterable

from rag.types import Answer, Citation, Hit
from ui.cli import strings as say
from ui.cli.terminal import STEERING
from ui.schema import as_object


def as_text(answer: Answer) -> str:
    """Return the answer, then its sources, or what to read and ask instead of a refusal.

    The reason why nothing but a quotation could be shown stands below the answer.
    """
    offered = [say.SUGGESTED.format(question=question) for question in answer.suggestions]
    if answer.aside:
        return "\n".join([answer.text, *_below(say.EXAMPLES, offered)])
    if answer.refused:
        near = _below(say.NEAREST, dict.fromkeys(_near(hit) for hit in answer.hits))
        instead = _below(say.SUGGESTIONS, offered)
        return "\n".join([f"{answer.text} {answer.reason}", *near, *instead])
    sources = {citation.n: citation for item in answer.sentences for citation in item.citations}
    lines = [line for n in sorted(sources) for line in _source(sources[n])]
    seconds = say.TIME.format(total=answer.timings.total).replace(".", ",")
    told = [answer.text, *([answer.reason] if answer.reason else [])]
    return "\n".join([*told, "", say.SOURCES, *lines, "", seconds])


def as_json(answer: Answer) -> str:
    """Return `as_object` as JSON whose steering characters are escaped, so that none is lost."""
    text = json.dumps(as_object(answer), ensure_ascii=False, indent=2)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _below(title: str, items: Iterable[str]) -> list[str]:
    """Return a list below a blank line and its title, or nothing if it is empty."""
    lines = list(items)
    return ["", title, *lines] if lines else []


def _near(hit: Hit) -> str:
    """Return one line for a passage that was near without answering."""
    passage = hit.passage
    return say.NEAR.format(title=passage.title, location=_at(passage.section))


def _source(citation: Citation) -> tuple[str, str]:
    """Return the two lines of a source: where it is and what it says."""
    place = say.CITED.format(n=citation.n, title=citation.title, location=_at(citation.location))
    return place, say.QUOTED.format(quote=citation.quote)


def _at(location: str) -> str:
    """Return the location behind a comma, or nothing."""
    return say.AT.format(location=location) if location else ""
