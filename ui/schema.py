"""Answers, passages and documents as JSON values: one stable shape for CLI and API; pure."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rag.types import Answer, AnswerSentence, Document, Hit

DIGITS = 6
"""Decimals of a score in JSON: more would show the noise of float32."""


def as_object(answer: Answer) -> dict[str, Any]:
    """Return the answer as JSON values; the same question gives the same ones but `timings`."""
    return {
        "question": answer.question,
        "text": answer.text,
        "refused": answer.refused,
        "reason": answer.reason,
        "certainty": round(answer.certainty, DIGITS),
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "hits": [hit_object(hit) for hit in answer.hits],
        "told": list(answer.told),
        "aside": answer.aside,
        "suggestions": list(answer.suggestions),
        "timings": _rounded(asdict(answer.timings), 3),
        "receipt": {
            "corpus": answer.receipt.corpus,
            "index": answer.receipt.index,
            "models": dict(answer.receipt.models),
            "settings": answer.receipt.settings,
            "version": answer.receipt.version,
        },
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a passage found, with its score."""
    return {
        "passage_id": hit.passage.id,
        "document": hit.passage.document_id,
        "title": hit.passage.title,
        "score": round(hit.score, DIGITS),
        "text": hit.passage.text,
    }


def document_object(document: Document) -> dict[str, Any]:
    """Return a whole text, with where its sections begin."""
    return {
        "document": document.id,
        "sha256": document.sha256,
        "title": document.title,
        # Pairs: Gradio takes an object with « path » and « meta » for one of its files.
        "metadata": [list(pair) for pair in document.metadata],
        "sections": [asdict(section) for section in document.sections],
        "text": document.text,
    }


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    """Return a sentence with its citations."""
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "citations": [_rounded(asdict(citation), DIGITS) for citation in sentence.citations],
    }


def _rounded(values: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """Return the values with their floats rounded."""
    return {
        key: round(value, digits) if isinstance(value, float) else value
        for key, value in values.items()
    }
