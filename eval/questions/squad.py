"""Datasets in the format of SQuAD, versions 1.1 and 2.0, as documents and questions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.questions import strings as say
from eval.questions.contexts import Context, readable, readable_line
from eval.questions.fields import Fields, decode
from eval.questions.golden import BASE, read_text
from eval.types import Gold, Question
from rag.french.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Dataset:
    """The documents of a SQuAD file, one a context, and the questions on them."""

    documents: tuple[Context, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A context as the file has it, its document, and the document's sentences."""

    context: str
    document: Context
    sentences: tuple[tuple[int, int], ...]

    def read_offset(self, offset: int) -> int:
        """Return where a character of the context stands in the document.

        Reading may have dropped characters before it; a letter after them keeps the spaces
        that would be dropped at the end.
        """
        if self.context == self.document.text:
            return offset
        return len(readable(f"{self.context[:offset]}x")) - 1


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `known` gives the document that a text already stands in."""

    documents: list[Context] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    known: dict[str, Context] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)


def load_squad(path: Path) -> Dataset:
    """Return the documents and questions of a SQuAD file (Rajpurkar et al. 2016, 2018).

    Each context is a document under its article's title; a context that comes again is the
    same document. The gold quotes are the whole sentences that an accepted answer touches. A
    question that `is_impossible` (version 2.0) is a near miss: its own context does not
    answer it, which does not prove that no other one does.

    Raises:
        EvaluationError: the file cannot be read, a field is missing or of the wrong kind, an
            id comes twice, or an answer stands nowhere in its context.
    """
    root = Fields.of(decode(read_text(path), path.name), path.name)
    reading = _Reading()
    for number, article in enumerate(root.objects("data"), start=1):
        title = readable_line(article.text("title"))
        for rank, paragraph in enumerate(article.objects("paragraphs"), start=1):
            identity = f"squad/{number:04}-{rank:03}.md"
            _read_paragraph(paragraph, identity, title, reading)
    return Dataset(tuple(reading.documents), tuple(reading.questions))


def sample(questions: Sequence[Question], n: int, seed: int) -> tuple[Question, ...]:
    """Return `n` questions, or all if there are no more, in their order.

    Those whose id and seed have the least sha256: which are drawn depends neither on their
    order nor on the version of Python, and a greater sample holds the smaller ones.
    """
    drawn = set(sorted((question.id for question in questions), key=lambda i: _rank(i, seed))[:n])
    return tuple(question for question in questions if question.id in drawn)


def _rank(identity: str, seed: int) -> str:
    """Return where a question stands in the draw."""
    return hashlib.sha256(f"{seed}:{identity}".encode()).hexdigest()


def _read_paragraph(paragraph: Fields, identity: str, title: str, reading: _Reading) -> None:
    """Add a paragraph's questions, and its context if it is new."""
    context = paragraph.filled("context")
    text = readable(context)
    if not any(char.isalnum() for char in text):
        raise paragraph.wrong("context", say.SQUAD_NO_TEXT)
    document = reading.known.setdefault(text, Context(identity, title, text))
    if document.id == identity:
        reading.documents.append(document)
    source = _Source(context, document, tuple(sentence_spans(text)))
    for row in paragraph.objects("qas"):
        if row.filled("id") in reading.ids:
            raise row.wrong("id", say.SQUAD_SAME_ID.format(id=row.text("id")))
        reading.ids.add(row.text("id"))
        reading.questions.append(_question(row, source))


def _question(row: Fields, source: _Source) -> Question:
    """Return one question, with quotes from its document."""
    impossible = "is_impossible" in row.values and row.flag("is_impossible")
    answers = () if impossible else row.objects("answers")
    if not impossible and not answers:
        raise row.wrong("answers", say.SQUAD_NO_ANSWER)
    places = [_place(answer, source) for answer in answers]
    title, text = source.document.title, source.document.text
    return Question(
        id=row.filled("id"),
        base_id=row.filled("id"),
        variant=BASE,
        split="test",
        lang="fr",
        text=row.filled("question").strip(),
        history=(),
        type="near_miss" if impossible else "simple",
        tags=(title,) if title else (),
        difficulty="medium",
        answerable=not impossible,
        unanswerable_reason="near_miss" if impossible else "",
        answers=tuple(dict.fromkeys(text[start:end] for start, end in places)),
        required=(),
        forbidden=(),
        numeric=None,
        gold=tuple(dict.fromkeys(_gold(place, source) for place in places)),
        evidence="any",
        expected="refuse" if impossible else "answer",
        written_by=say.SQUAD_AUTHOR,
        reviewed="",
    )


def _place(answer: Fields, source: _Source) -> tuple[int, int]:
    """Return from where to where an answer stands in its document.

    In PIAF one answer of 7,569 questions stands a character beside its `answer_start`, so
    that the nearest place is taken.
    """
    wanted, text = readable(answer.filled("text")), source.document.text
    near = source.read_offset(answer.count("answer_start"))
    places = (text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near))
    found = [place for place in places if wanted and place >= 0]
    if not found:
        raise answer.wrong("text", say.SQUAD_ABSENT.format(text=answer.text("text")))
    start = min(found, key=lambda place: abs(place - near))
    return start, start + len(wanted)


def _gold(place: tuple[int, int], source: _Source) -> Gold:
    """Return the whole sentences that an answer touches."""
    start, end = place
    touched = [span for span in source.sentences if span[0] < end and start < span[1]]
    first, last = touched[0][0], touched[-1][1]
    return Gold(source.document.id, source.document.text[first:last], first, last)
