"""From a question to a cited answer: composition only, every step lives elsewhere."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from rag import messages as say
from rag.answerable import best_similarity, probability
from rag.cite import Verifier, compose_text, split_draft
from rag.config import Settings
from rag.database import DocumentSummary
from rag.dialogue import leaned_on, standalone
from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment, read_environment
from rag.errors import QuestionError
from rag.evidence import Findings, gather
from rag.opening import open_parts
from rag.prompt import assemble
from rag.query import Query, read_query
from rag.receipt import receipt
from rag.retrieve import Retriever
from rag.store import Index
from rag.types import (
    Answer,
    AnswerSentence,
    Checked,
    Document,
    Done,
    Encoder,
    Events,
    GenerationLimits,
    Generator,
    Hit,
    Pieces,
    Retrieved,
    Timings,
    Token,
    Turn,
    never,
)

MAX_QUESTION = 2000
"""Characters of the longest question taken: some 300 words, four times what students ask."""


@dataclass(slots=True)
class _Clock:
    """Seconds since the question came, noted at the end of each stage."""

    start: float = field(default_factory=time.perf_counter)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, stage: str) -> None:
        """Note that a stage has ended; only its first end counts."""
        self.marks.setdefault(stage, time.perf_counter() - self.start)

    def timings(self) -> Timings:
        """Return the length of each stage; a stage that was not reached took 0 s."""
        total = time.perf_counter() - self.start
        retrieve = self.marks.get("retrieve", total)
        generate = self.marks.get("generate", retrieve)
        verify = self.marks.get("verify", generate)
        return Timings(
            retrieve=retrieve,
            first_token=self.marks.get("first_token", 0.0),
            generate=generate - retrieve,
            verify=verify - generate,
            total=total,
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """One question with what was found for it."""

    question: str
    query: Query
    history: tuple[Turn, ...]
    hits: tuple[Hit, ...]
    found: Findings
    certainty: float


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What may be said, and why it is not what was written, if so."""

    sentences: tuple[AnswerSentence, ...]
    reason: str = ""


class Assistant:
    """Answers questions about one index with one encoder and one generator."""

    def __init__(
        self, index: Index, encoder: Encoder, generator: Generator, settings: Settings
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._generator = generator
        self._settings = settings
        self._retriever = Retriever(index, settings.retrieval)
        self.receipt = receipt(index, encoder, generator, settings)
        """The hashes that every answer carries."""

    @classmethod
    def open(
        cls,
        directory: Path | str,
        *,
        encoder: str = DEFAULT_ENCODER,
        model: str = DEFAULT_GENERATOR,
        settings: Settings | None = None,
        environment: Environment | None = None,
    ) -> Self:
        """Open the index in `directory` and load what answers questions about it.

        `encoder` and `model` are names of the manifest, local folders or names on the hub;
        without an `environment`, that of this process is read.

        Raises:
            StoreMissingError: there is no index there.
            StoreCorruptError: no generation of the index is sound.
            EncoderMismatchError: another encoder made the index.
            ModelError: a model is missing or cannot be loaded.
        """
        surroundings = environment or read_environment(os.environ)
        parts = open_parts(Path(directory), encoder, model, surroundings)
        return cls(parts.index, parts.encoder, parts.generator, settings or Settings())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index; no more questions can be asked."""
        self._index.close()

    def documents(self) -> Sequence[DocumentSummary]:
        """Return what the index knows of each of its documents."""
        return self._index.documents()

    def document(self, document_id: str) -> Document:
        """Return one document whole.

        Raises:
            KeyError: the index has no such document.
        """
        return self._index.document(document_id)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer to `question`, asked after the turns of `history`.

        Raises:
            QuestionError: the question is empty or too long.
            BusyError: too many questions are waiting.
            ModelError: the generator failed.
        """
        *_, last = self.stream(question, history)
        if not isinstance(last, Done):
            raise TypeError(f"a stream must end with Done, not {last!r}")
        return last.answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
    ) -> Events:
        """Yield what happens while the question is answered, Done at the end.

        Closing the iterator stops the work at once; `cancelled` ends the writing early and
        what was written until then is checked. Raises what `ask` raises.
        """
        clock = _Clock()
        case = self._retrieve(_valid(question), history)
        clock.mark("retrieve")
        yield Retrieved(case.hits)
        if not self._answerable(case):
            yield Done(self._answer(case, _Verdict((), say.REFUSAL_REASON), clock))
            return
        pieces: list[str] = []
        with closing(self._write(case, cancelled)) as draft:
            for piece in draft:
                clock.mark("first_token")
                pieces.append(piece)
                yield Token(piece)
        clock.mark("generate")
        verdict = self._check(case, "".join(pieces))
        clock.mark("verify")
        yield from (Checked(sentence) for sentence in verdict.sentences)
        yield Done(self._answer(case, verdict, clock))

    def _retrieve(self, question: str, history: Sequence[Turn]) -> _Case:
        """Find passages and sentences for the question as it stands in its conversation."""
        turns = leaned_on(question, history)
        query = read_query(standalone(question, turns), self._encoder)
        hits = tuple(self._retriever.retrieve(query))
        found = gather(query, hits, self._index.sentence_vectors, self._index.document)
        return _Case(question, query, turns, hits, found, probability(best_similarity(found)))

    def _answerable(self, case: _Case) -> bool:
        """Decide whether an answer is written at all."""
        threshold = self._settings.answerability.threshold
        return bool(case.found.ranked) and case.certainty >= threshold

    def _write(self, case: _Case, cancelled: Callable[[], bool]) -> Pieces:
        """Let the generator write from the best sentences."""
        wanted = self._settings.generation
        best = case.found.context(wanted.other_sentences)
        prompt = assemble(case.question, best, case.history, self._generator.tokenizer, wanted)
        limits = GenerationLimits(wanted.max_new_tokens, wanted.deadline)
        return self._generator.stream(prompt, limits, cancelled)

    def _check(self, case: _Case, draft: str) -> _Verdict:
        """Hold the draft against the evidence; quote the nearest sentence if nothing stands."""
        verifier = Verifier(case.query.text, case.found.sentences, self._settings.support)
        sentences = tuple(verifier.check(sentence) for sentence in split_draft(draft))
        if any(sentence.supported for sentence in sentences):
            return _Verdict(sentences)
        told = frozenset(case.found.context(self._settings.generation.other_sentences))
        best = [item.sentence for item in case.found.ranked if item.sentence in told]
        return _Verdict((verifier.quote(draft, best),), say.QUOTED_REASON)

    def _answer(self, case: _Case, verdict: _Verdict, clock: _Clock) -> Answer:
        """Put the answer together; without any sentence it is a refusal."""
        sentences = verdict.sentences
        return Answer(
            question=case.question,
            text=compose_text(sentences) if sentences else say.REFUSAL,
            refused=not sentences,
            reason=verdict.reason,
            certainty=case.certainty,
            sentences=sentences,
            hits=case.hits,
            timings=clock.timings(),
            receipt=self.receipt,
        )


def _valid(question: str) -> str:
    """Return the question without surrounding space, or say what is wrong with it."""
    asked = question.strip()
    if not asked:
        raise QuestionError(say.QUESTION_EMPTY)
    if len(asked) > MAX_QUESTION:
        raise QuestionError(say.QUESTION_TOO_LONG.format(length=len(asked), limit=MAX_QUESTION))
    return asked
