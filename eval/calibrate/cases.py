"""Questions for development with what is found for them, and what the reader makes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.questions.datasets import GOLDEN, golden
from eval.questions.golden import TextOf
from eval.types import Question
from rag.config import RetrievalSettings
from rag.environment import Environment
from rag.index.store import Index, open_index
from rag.models import resolve
from rag.search.case import Case
from rag.search.evidence import Sentence
from rag.search.finding import READ, Finder, after_reading
from rag.search.reading import Reader, Reading
from rag.train.mining import contexts_index, holds
from rag.train.questions import Asked, load_questions
from rag.train.reader import Job
from rag.types import Encoder, Passage

ANSWERABLE, NEAR, FAR = "answerable", "near_miss", "off_subject"
KINDS = (ANSWERABLE, NEAR, FAR)
DRAWN = 300
"""Questions of a dataset that are looked at: a standard error of two hundredths at most."""

Place = tuple[str, int, int]
"""A document's id, and from where to where an answer stands in it."""

Tell = Callable[[int, int], None]
"""Told how many questions are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, where its answer stands, and what was found and read for it.

    `base_id` is shared by variants; `found` is the case before reading, `readings` those of
    its first passages.
    """

    base_id: str
    variant: str
    kind: str
    places: tuple[Place, ...]
    found: Case
    readings: Sequence[Reading]

    @property
    def read(self) -> Case:
        """The case as the product has it after reading."""
        return after_reading(self.found, self.readings) if self.readings else self.found

    def right(self, sentence: Sentence) -> bool:
        """Tell whether a sentence shares characters with an answer."""
        document = sentence.hit.passage.document_id
        return self._touched(document, sentence.start, sentence.end)

    def answers(self, passage: Passage) -> bool:
        """Tell whether a passage shares characters with an answer."""
        return self._touched(passage.document_id, passage.start, passage.end)

    def _touched(self, document: str, start: int, end: int) -> bool:
        """Tell whether a stretch of a document shares characters with an answer."""
        return any(
            document == there and start < last and first < end for there, first, last in self.places
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """Finds and reads for one index after the other."""

    encoder: Encoder
    reader: Reader
    told: Tell

    def golden(self, directory: Path) -> list[Trial]:
        """Return the golden questions for development, of their variants the English ones."""
        with open_index(directory) as index:
            texts: TextOf = lambda name: index.document(name).text  # noqa: E731 - bound to index
            asked = golden(GOLDEN / "dev.jsonl", texts, base_only=False).questions
            wanted = [one for one in asked if one.variant in {"base", "english"}]
            finder, made = self._finder(index), []
            for question in wanted:
                made.append(self._golden(finder, question))
                self.told(len(made), len(wanted))
        return made

    def dataset(self, file: Path, environment: Environment) -> list[Trial]:
        """Return development questions of a file in SQuAD format, each with its text and without.

        Without it, what is found has no answer as far as word for word can tell; a question
        that some other text answers is asked once.
        """
        questions = load_questions(file)
        dev = questions.of("dev")
        asked = [dev[int(place)] for place in np.linspace(0, len(dev) - 1, min(DRAWN, len(dev)))]
        folder = resolve(self.encoder.name, environment.cache, offline=True)
        home = Job(folder, self.encoder.fingerprint, questions.sha256).home(environment.cache)
        made: list[Trial] = []
        with contexts_index(questions.documents, self.encoder, home / "index", self.told) as index:
            finder = self._finder(index)
            for done, question in enumerate(asked, start=1):
                made += self._squad(index, finder, question)
                self.told(done, len(asked))
        return made

    def _finder(self, index: Index) -> Finder:
        """Return what finds in an index, with the product's own settings."""
        return Finder(index, self.encoder, RetrievalSettings())

    def _golden(self, finder: Finder, question: Question) -> Trial:
        """Return a golden question with what is found for it, and read."""
        case = finder.find(question.text, question.history)
        return Trial(
            base_id=question.base_id,
            variant=question.variant,
            kind=question.unanswerable_reason or ANSWERABLE,
            places=tuple((gold.document, gold.start, gold.end) for gold in question.gold),
            found=case,
            readings=self._readings(case),
        )

    def _squad(self, index: Index, finder: Finder, question: Asked) -> Iterator[Trial]:
        """Yield a question of a dataset over all its texts, then over those without its answer."""
        text = index.document(question.document).text
        answers = [text[start:end] for start, end in question.answers]
        places = tuple((question.document, start, end) for start, end in question.answers)
        others = [one.id for one in index.documents() if one.id != question.document]
        for kind, within in ((ANSWERABLE, None), (NEAR, others)):
            case = finder.find(question.text, within=within)
            if kind == NEAR and any(holds(hit.passage.text, answers) for hit in case.hits):
                return
            yield Trial(question.id, "base", kind, places, case, self._readings(case))

    def _readings(self, case: Case) -> Sequence[Reading]:
        """Return what the reader makes of the passages that it reads in the product."""
        passages = [hit.passage for hit in case.hits[:READ]]
        return self.reader.read(case.query.text, passages) if passages else []
