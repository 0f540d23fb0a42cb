"""Answers over a reader's own documents, under the titles that their owner gave the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.types import (
    Answer,
    AnswerSentence,
    Checked,
    Citation,
    Document,
    Done,
    Event,
    Hit,
    Retrieved,
)
from ui.ports import Summary

Titles = Mapping[str, str]
"""The title of each document by its id."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A summary of a document, under the title that its owner knows."""

    id: str
    title: str
    metadata: tuple[tuple[str, str], ...]
    passages: int


def titled_event(event: Event, titles: Titles) -> Event:
    """Return an event of an answer, its passages and citations under their owner's titles."""
    match event:
        case Retrieved(hits, evidence):
            return Retrieved(titled_hits(hits, titles), evidence and _citation(evidence, titles))
        case Checked(sentence):
            return Checked(_sentence(sentence, titles))
        case Done(answer):
            return Done(titled_answer(answer, titles))
        case _:
            return event


def titled_answer(answer: Answer, titles: Titles) -> Answer:
    """Return an answer, its passages and citations under their owner's titles."""
    sentences = tuple(_sentence(sentence, titles) for sentence in answer.sentences)
    return replace(answer, sentences=sentences, hits=titled_hits(answer.hits, titles))


def titled_hits(hits: Sequence[Hit], titles: Titles) -> tuple[Hit, ...]:
    """Return the passages found under their owner's titles."""
    return tuple(
        replace(hit, passage=replace(hit.passage, title=titles[hit.passage.document_id]))
        for hit in hits
    )


def titled_document(document: Document, titles: Titles) -> Document:
    """Return a document under its owner's title."""
    return replace(document, title=titles[document.id])


def titled_summaries(summaries: Sequence[Summary], titles: Titles) -> tuple[Titled, ...]:
    """Return the summaries under their owner's titles, in the order of the titles."""
    known = {summary.id: summary for summary in summaries}
    return tuple(
        Titled(key, title, known[key].metadata, known[key].passages)
        for key, title in titles.items()
    )


def _sentence(sentence: AnswerSentence, titles: Titles) -> AnswerSentence:
    """Return a sentence with its citations under their owner's titles."""
    citations = tuple(_citation(citation, titles) for citation in sentence.citations)
    return replace(sentence, citations=citations)


def _citation(citation: Citation, titles: Titles) -> Citation:
    """Return a citation under its owner's title."""
    return replace(citation, title=titles[citation.document])
