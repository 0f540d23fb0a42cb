"""From a question to a cited answer: composition only, every step lives elsewhere."""

import os
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Self

from rag import messages as say
from rag import types
from rag.check.cite import Verifier, begun_after, split_draft
from rag.clock import Clock
from rag.config import Settings
from rag.endings import Endings, Verdict
from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment, read_environment
from rag.errors import QuestionError
from rag.index.database import DocumentSummary
from rag.index.store import Index, open_index, require_encoder
from rag.opening import open_parts
from rag.receipt import receipt
from rag.search.case import Case
from rag.search.evidence import Sentence
from rag.search.finding import Finder
from rag.search.overview import asked_whole
from rag.search.reading import Reader
from rag.talk.smalltalk import hear
from rag.types import (
    Answer,
    Checked,
    Document,
    Done,
    Encoder,
    Event,
    Events,
    GenerationLimits,
    Hit,
    Retrieved,
    Token,
    Turn,
    Waiting,
    never,
)
from rag.write.gate import MAX_WAITING
from rag.write.prompt import assemble

MAX_QUESTION = 2000
"""Characters of the longest question taken: some 300 words, four times what students ask."""


class Assistant:
    """Answers questions about one index with one encoder, its reader and one generator."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        generator: types.Generator,
        settings: Settings,
        reader: Reader | None = None,
    ) -> None:
        self._index = index
        self.encoder = encoder
        """What turns texts into vectors, here and in further indexes."""
        self.settings = settings
        """What it answers with."""
        self._generator = generator
        self._wanted = settings.generation
        self._reader = reader
        self._finder = Finder(index, encoder, settings.retrieval, reader)
        self.receipt = receipt(index, encoder, generator, settings, reader)
        """The hashes that every answer carries."""
        self._endings = Endings(index, self.receipt)

    @classmethod
    def open(
        cls,
        directory: Path | str,
        *,
        encoder: str = DEFAULT_ENCODER,
        model: str = DEFAULT_GENERATOR,
        settings: Settings | None = None,
        environment: Environment | None = None,
        max_waiting: int = MAX_WAITING,
    ) -> Self:
        """Open the index in `directory` and load what answers questions about it.

        `encoder` and `model` are names of the manifest, local folders or names on the hub;
        without an `environment`, that of this process is read. `max_waiting` questions may
        wait for the one that is answered.

        Raises:
            StoreMissingError: there is no index there.
            StoreCorruptError: no generation of the index is sound.
            EncoderMismatchError: another encoder made the index.
            ModelError: a model is missing or cannot be loaded.
        """
        surroundings = environment or read_environment(os.environ)
        parts = open_parts(Path(directory), encoder, model, surroundings, max_waiting)
        wanted = settings or Settings()
        return cls(parts.index, parts.encoder, parts.generator, wanted, parts.reader)

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

    def over(self, directory: Path) -> Self:
        """Return an assistant over another index, on the same encoder and generator.

        Raises what `open` raises for an index.
        """
        with ExitStack() as stack:
            index = stack.enter_context(open_index(directory))
            require_encoder(index, self.encoder)
            stack.pop_all()
        return type(self)(index, self.encoder, self._generator, self.settings, self._reader)

    def search(self, question: str, within: Collection[str] | None = None) -> tuple[Hit, ...]:
        """Return the passages nearest to `question`, best first, and write nothing.

        Raises:
            QuestionError: the question is empty or too long.
        """
        return self._finder.find(_valid(question), within=within).hits

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        within: Collection[str] | None = None,
    ) -> Answer:
        """Return the answer to `question`, asked after the turns of `history`.

        `within` holds the ids of the only documents to look in; None is all of them.

        Raises:
            QuestionError: the question is empty or too long.
            BusyError: too many questions are waiting.
            ModelError: the generator failed.
        """
        *_, last = self.stream(question, history, within=within)
        if not isinstance(last, Done):
            raise TypeError(f"a stream must end with Done, not {last!r}")
        return last.answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
        within: Collection[str] | None = None,
    ) -> Events:
        """Yield what happens while the question is answered, Done at the end.

        Closing the iterator stops the work at once; `cancelled` ends the writing early and
        what was written until then is checked. Raises what `ask` raises.
        """
        clock, asked = Clock(), _valid(question)
        heard = hear(asked, opening=not history)
        if heard.topic:
            yield Done(self._endings.aside(asked, heard.topic, within, clock))
            return
        case = self._finder.find(heard.question, history, within)
        if whole := asked_whole(self._index, case, within):
            yield from self._tell(asked, whole, clock)
            return
        yield Retrieved(case.hits)
        case = self._finder.read(case)
        clock.mark("retrieve")
        if not self._answerable(case):
            yield Done(self._endings.refusal(asked, case, within, clock))
            return
        yield Retrieved(case.hits, case.evidence())
        verifier = Verifier(case.query.text, case.found.sentences, self.settings.support)
        draft = yield from self._write(case, verifier, cancelled, clock)
        clock.mark("generate")
        verdict = self._check(case, verifier, draft)
        clock.mark("verify")
        if verdict is None:
            yield Done(self._endings.refusal(asked, case, within, clock))
            return
        if not verdict.reason:
            rest = verdict.sentences[len(begun_after(draft)) :]
            yield from map(Checked, rest)
        told = case.found.context(self._wanted)
        yield Done(self._endings.answer(asked, case, verdict, told, clock))

    def _tell(self, asked: str, told: Sequence[Sentence], clock: Clock) -> Events:
        """Yield a text as a whole: nothing is written, its own sentences speak."""
        clock.mark("retrieve")
        answer = self._endings.whole(asked, told, clock)
        yield Retrieved(answer.hits, answer.sentences[0].citations[0])
        yield from map(Checked, answer.sentences)
        yield Done(answer)

    def _answerable(self, case: Case) -> bool:
        """Decide whether an answer is written at all."""
        threshold = self.settings.answerability.threshold
        return bool(case.found.ranked) and case.certainty >= threshold

    def _write(
        self, case: Case, verifier: Verifier, cancelled: Callable[[], bool], clock: Clock
    ) -> Generator[Event, None, str]:
        """Let the generator write, checking each sentence when the next begins; return it all."""
        draft, settled = "", 0
        limits = GenerationLimits(self._wanted.max_new_tokens, self._wanted.deadline)
        with closing(self._generator.stream(self._prompt(case), limits, cancelled)) as pieces:
            for piece in pieces:
                if isinstance(piece, Waiting):
                    yield piece
                    continue
                clock.mark("first_token")
                draft += piece
                yield Token(piece)
                new = begun_after(draft)[settled:]
                yield from (Checked(verifier.check(sentence)) for sentence in new)
                settled += len(new)
        return draft

    def _prompt(self, case: Case) -> list[int]:
        """Return the ids of what the generator is told."""
        best = case.found.context(self._wanted)
        return assemble(case.question, best, case.history, self._generator.tokenizer, self._wanted)

    def _check(self, case: Case, verifier: Verifier, draft: str) -> Verdict | None:
        """Hold the draft against the evidence; None where nothing may be said at all.

        If nothing stands that answers, the nearest sentence is quoted, behind what was written
        and may be true: the passages have all its words, and say it in no way that the check
        can follow. Where they have next to none of them, the generator found no answer either.
        """
        sentences = tuple(verifier.check(sentence) for sentence in split_draft(draft))
        said = case.said_to_it(sentences)
        answering = [sentence for sentence in said if case.answered_by(sentence.text)]
        if any(sentence.supported for sentence in answering):
            return Verdict(sentences)
        quotable = case.quotable(frozenset(case.found.context(self._wanted)))
        likely = tuple(sentence for sentence in answering if verifier.plausible(sentence.text))
        written = " ".join(sentence.text for sentence in said)
        if not quotable or not (likely or case.parts or verifier.grounded(written, quotable)):
            return None
        form = say.QUOTED_BESIDE if likely else say.QUOTED_ANSWER
        return self._endings.quoted(case, (*likely, *verifier.quotes(written, quotable, form)))


def _valid(question: str) -> str:
    """Return the question without surrounding space, or say what is wrong with it."""
    asked = question.strip()
    if not asked:
        raise QuestionError(say.QUESTION_EMPTY)
    if len(asked) > MAX_QUESTION:
        raise QuestionError(say.QUESTION_TOO_LONG.format(length=len(asked), limit=MAX_QUESTION))
    return asked
