"""Passages that Parole finds for a question and that do not answer it: hard negatives."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rag.config import ChunkSettings, RetrievalSettings
from rag.errors import StoreMissingError
from rag.french.text import search_terms
from rag.french.words import words
from rag.index.chunk import chunk
from rag.index.contents import IndexContents
from rag.index.database import StoredDocument
from rag.index.manifest import EncoderInfo
from rag.index.store import Index, open_index, writer
from rag.index.vectorise import searchable, vectorise
from rag.search.query import Query
from rag.search.retrieve import Retriever
from rag.train.files import replace
from rag.train.questions import Asked, Spans
from rag.types import Document, Encoder, Passage

DEPTH = 15
"""Passages looked at for each question."""

KEPT = 6
"""Hard negatives kept for each question, the best ranked: each epoch takes another one."""

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the passage that answers it, the answers' places in it, and negatives."""

    id: str
    question: str
    passage: Passage
    spans: Spans
    negatives: tuple[Passage, ...]


def contexts_index(
    documents: Sequence[Document], encoder: Encoder, folder: Path, progress: Progress
) -> Index:
    """Open the index of the contexts in `folder`, made at the first call and then kept.

    Raises:
        StoreError: it cannot be read or written.
    """
    try:
        return open_index(folder)
    except StoreMissingError:
        settings = ChunkSettings()
        stored = [StoredDocument(one, one.id, tuple(chunk(one, settings))) for one in documents]
        indexed = tuple(vectorise(stored, (), encoder, progress))
        with writer(folder) as target:
            contents = IndexContents(EncoderInfo.of(encoder), "train", indexed)
            target.write(contents, lambda passage: search_terms(searchable(passage)))
        return open_index(folder)


def queries(questions: Sequence[Asked], encoder: Encoder) -> list[Query]:
    """Return the questions as they are looked for, encoded together."""
    vectors = encoder.encode_queries([question.text for question in questions])
    return [
        Query(question.text, tuple(search_terms(question.text)), vector)
        for question, vector in zip(questions, vectors, strict=True)
    ]


def gold(question: Asked, index: Index) -> tuple[Passage, Spans] | None:
    """Return the first passage that holds an answer whole, and where; None without any."""
    for passage in index.passages(question.document):
        inside = [
            (start - passage.start, end - passage.start)
            for start, end in question.answers
            if passage.start <= start and end <= passage.end
        ]
        if inside:
            return passage, tuple(inside)
    return None


def holds(text: str, answers: Iterable[str]) -> bool:
    """Tell whether one of the answers stands in a text, word for word, however it is written."""
    spaced = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(answer))} " in spaced for answer in answers)


def mine(
    questions: Sequence[Asked], index: Index, encoder: Encoder, progress: Progress
) -> dict[str, list[str]]:
    """Return for each question, by its id, the ids of its hard negatives, the best ranked first.

    They are what Parole's own retrieval finds, less the question's own document, documents
    of no question here, and every passage that has one of its answers.
    """
    settings = RetrievalSettings(hits=DEPTH, hits_per_document=DEPTH)
    retriever = Retriever(index, settings)
    known = {question.document for question in questions}
    found: dict[str, list[str]] = {}
    asked = zip(questions, queries(questions, encoder), strict=True)
    for done, (question, query) in enumerate(asked, start=1):
        text = index.document(question.document).text
        answers = [text[start:end] for start, end in question.answers]
        others = known - {question.document}
        hits = [hit.passage for hit in retriever.retrieve(query)]
        fit = (it.id for it in hits if it.document_id in others and not holds(it.text, answers))
        found[question.id] = list(islice(fit, KEPT))
        progress(done, len(questions))
    return found


def mined(path: Path, mine_now: Callable[[], dict[str, list[str]]]) -> dict[str, list[str]]:
    """Return what was mined before and kept in a file, else mine now and keep it."""
    try:
        kept: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = mine_now()
        written = json.dumps(kept)
        replace(path, lambda aside: aside.write_text(written, encoding="utf-8"))
    return kept


def cases(
    questions: Sequence[Asked], index: Index, negatives: Mapping[str, Sequence[str]]
) -> list[Case]:
    """Return the questions that can be learnt from: those with an answer inside a passage."""
    made = []
    for question in questions:
        if found := gold(question, index):
            others = tuple(index.passage(int(one, 16)) for one in negatives[question.id])
            made.append(Case(question.id, question.text, *found, others))
    return made
