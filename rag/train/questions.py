"""The questions of a SQuAD file and their contexts, those of the test articles left out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import ReadError
from rag.train import strings as say
from rag.train.split import Split, split_of
from rag.types import Document, Section

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its document and where its accepted answers stand in it, each once."""

    id: str
    text: str
    document: str
    answers: Spans
    split: Split


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles, contexts and questions a part of the file has."""

    articles: int = 0
    contexts: int = 0
    questions: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return both together."""
        return Counts(
            self.articles + other.articles,
            self.contexts + other.contexts,
            self.questions + other.questions,
        )


@dataclass(slots=True)
class Questions:
    """What may be learnt from and tuned on; of the test articles there are the counts alone."""

    sha256: str
    documents: list[Document] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    counts: dict[Split, Counts] = field(default_factory=dict)

    def of(self, split: Split) -> list[Asked]:
        """Return the questions of one part, in the order of the file."""
        return [question for question in self.asked if question.split == split]


def load_questions(path: Path) -> Questions:
    """Read a file in the format of SQuAD 1.1 (Rajpurkar et al. 2016), as PIAF is.

    Each context is a document under its article's title.

    Raises:
        ReadError: the file cannot be read, lacks a field, or an answer is not in its context.
    """
    try:
        data = path.read_bytes()
        questions = Questions(hashlib.sha256(data).hexdigest())
        for number, article in enumerate(json.loads(data)["data"], start=1):
            _take_article(article, f"{number:04}", questions)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ReadError(say.SQUAD_UNREADABLE.format(file=path, error=error)) from error
    return questions


def _take_article(article: Mapping[str, Any], number: str, questions: Questions) -> None:
    """Add one article; of a test article nothing but how much there is of it."""
    split, paragraphs = split_of(article["title"]), article["paragraphs"]
    asked = sum(len(paragraph["qas"]) for paragraph in paragraphs)
    known = questions.counts.get(split, Counts())
    questions.counts[split] = known + Counts(1, len(paragraphs), asked)
    if split == "test":
        return
    for rank, paragraph in enumerate(paragraphs, start=1):
        document = _document(f"squad/{number}-{rank:03}.md", article["title"], paragraph["context"])
        questions.documents.append(document)
        questions.asked += [_asked(row, document, split) for row in paragraph["qas"]]


def _document(identity: str, title: str, text: str) -> Document:
    """Return a context as a document of one section without a title."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(identity, digest, title, text, (Section(0, ""),))


def _asked(row: Mapping[str, Any], document: Document, split: Split) -> Asked:
    """Return one question with the places of its answers; one that has none is unanswerable."""
    places = dict.fromkeys(_places(row, document))
    return Asked(str(row["id"]), row["question"].strip(), document.id, tuple(places), split)


def _places(row: Mapping[str, Any], document: Document) -> Iterator[tuple[int, int]]:
    """Yield where each answer stands: at the place given, else at the nearest one.

    In PIAF one answer of 7,569 questions stands a character beside its place.
    """
    for answer in row["answers"]:
        wanted, near = answer["text"].strip(), answer["answer_start"]
        found = [
            document.text.rfind(wanted, 0, near + len(wanted)),
            document.text.find(wanted, near),
        ]
        places = [place for place in found if wanted and place >= 0]
        if not places:
            raise ValueError(say.SQUAD_ABSENT.format(answer=wanted, id=row["id"]))
        start = min(places, key=lambda place: abs(place - near))
        yield start, start + len(wanted)
