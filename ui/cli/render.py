"""An answer as text for a reader and as one JSON object for a program; pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rag.types import Answer, AnswerSentence, Citation, Hit
from ui.cli import strings as say
from ui.cli.terminal import STEERING

DIGITS = 6
"""Decimals of a score in JSON: more would show the noise of float32."""


def as_text(answer: Answer) -> str:
    """Return the answer, then its sources, or after a refusal the nearest passages.

    The reason why nothing but a quotation could be shown stands below the answer.
    """
    if answer.refused:
        near = dict.fromkeys(_near(hit) for hit in answer.hits)
        below = [say.NEAREST, *near] if near else []
        return "\n".join([f"{answer.text} {answer.reason}", *([""] if below else []), *below])
    sources = {citation.n: citation for item in answer.sentences for citation in item.citations}
    lines = [line for n in sorted(sources) for line in _source(sources[n])]
    seconds = say.TIME.format(total=answer.timings.total).replace(".", ",")
    told = [answer.text, *([answer.reason] if answer.reason else [])]
    return "\n".join([*told, "", say.SOURCES, *lines, "", seconds])


def as_json(answer: Answer) -> str:
    """Return `as_object` as JSON whose steering characters are escaped, so that none is lost."""
    text = json.dumps(as_object(answer), ensure_ascii=False, indent=2)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def as_object(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values; the same question gives the same ones but `timings`."""
    return {
        "question": answer.question,
        "text": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "certainty": round(answer.certainty, DIGITS),
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "hits": [_hit(hit) for hit in answer.hits],
        "timings": _rounded(asdict(answer.timings), 3),
        "receipt": {
            "corpus": answer.receipt.corpus,
            "index": answer.receipt.index,
            "models": dict(answer.receipt.models),
            "settings": answer.receipt.settings,
            "version": answer.receipt.version,
        },
    }


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


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    """Return a sentence with its citations."""
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "citations": [_rounded(asdict(citation), DIGITS) for citation in sentence.citations],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    """Return a passage found, with its score."""
    return {
        "passage_id": hit.passage.id,
        "document": hit.passage.document_id,
        "title": hit.passage.title,
        "score": round(hit.score, DIGITS),
        "text": hit.passage.text,
    }


def _rounded(values: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """Return the values with their floats rounded."""
    return {
        key: round(value, digits) if isinstance(value, float) else value
        for key, value in values.items()
    }
