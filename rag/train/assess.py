"""The reader beside what ranks sentences now, on the development articles: one table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from rich.table import Table

from rag.config import RetrievalSettings
from rag.french.sentences import sentence_spans
from rag.french.words import words
from rag.index.store import Index
from rag.search.answerable import best_similarity
from rag.search.evidence import Findings, gather
from rag.search.query import Query
from rag.search.reading import Reader, Reading, Verdict, weigh
from rag.search.retrieve import Retriever
from rag.train import strings as say
from rag.train.mining import DEPTH, gold, holds, queries
from rag.train.questions import Asked, Spans
from rag.types import Encoder, Hit, Passage

Sentences = Sequence[tuple[str, int]]
"""Sentences, the best first: the id of the passage of each, and its number there from 0."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system made of one question; ranks count from 0, None is not found.

    `in_gold` is the rank of the first right sentence in the right passage alone, `in_hits`
    that among all passages found. `present` and `absent` are how sure it was of an answer in as
    many passages with the right one and without; None where none was found without.
    """

    in_gold: int | None
    in_hits: int | None
    present: float | None
    absent: float | None
    exact: float | None = None
    overlap: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with the passages that both systems are given.

    `hits` are found for it as in an answer, `right` are the right sentences of the gold passage.
    `without` are the best found that do not have an answer; `present` are the same with the
    gold passage in the last one's place: as many, since more passages look surer.
    """

    query: Query
    gold: Hit
    right: frozenset[int]
    spans: Spans
    hits: tuple[Hit, ...]
    present: tuple[Hit, ...]
    without: tuple[Hit, ...]


def assess(
    questions: Sequence[Asked],
    index: Index,
    encoder: Encoder,
    reader: Reader,
    progress: Callable[[int, int], None],
) -> Table:
    """Return the table of both systems over the development questions."""
    made = list(trials(questions, index, encoder))
    pairs = []
    for done, trial in enumerate(made):
        pairs.append((current(trial, index), read(trial, reader)))
        progress(done + 1, len(made))
    return table([one for one, _ in pairs], [other for _, other in pairs])


def trials(questions: Sequence[Asked], index: Index, encoder: Encoder) -> Iterator[Trial]:
    """Yield what each question is asked about: passages found among all that were indexed."""
    settings = RetrievalSettings()
    retriever = Retriever(index, settings)
    further = Retriever(index, RetrievalSettings(hits=DEPTH, hits_per_document=DEPTH))
    for question, query in zip(questions, queries(questions, encoder), strict=True):
        if (found := gold(question, index)) is None:
            continue
        passage, spans = found
        answers = [passage.text[start:end] for start, end in spans]
        hits = tuple(retriever.retrieve(query))
        known = (hit for hit in hits if hit.passage.id == passage.id)
        own = next(known, Hit(passage, 0.0, 0.0, 0.0))
        free = (hit for hit in further.retrieve(query) if not holds(hit.passage.text, answers))
        without = tuple(islice(free, settings.hits))
        yield Trial(
            query=query,
            gold=own,
            right=right_sentences(passage, spans),
            spans=spans,
            hits=hits,
            present=(*without[:-1], own),
            without=without,
        )


def right_sentences(passage: Passage, spans: Spans) -> frozenset[int]:
    """Return the numbers of the sentences that an answer touches."""
    return frozenset(
        number
        for number, (start, end) in enumerate(sentence_spans(passage.text))
        if any(start < last and first < end for first, last in spans)
    )


def current(trial: Trial, index: Index) -> Outcome:
    """Return what rag/search/evidence.py and rag/search/answerable.py make of a question."""

    def found(hits: Sequence[Hit]) -> Findings:
        return gather(trial.query, hits, index.sentence_vectors, index.document)

    return Outcome(
        in_gold=_rank(trial, _evidence(found([trial.gold]))),
        in_hits=_rank(trial, _evidence(found(trial.hits))),
        present=best_similarity(found(trial.present)) if trial.without else None,
        absent=best_similarity(found(trial.without)) if trial.without else None,
    )


def read(trial: Trial, reader: Reader) -> Outcome:
    """Return what the reader makes of a question; each passage is read once."""
    passages = {hit.passage.id: hit.passage for hit in (*trial.hits, *trial.without, trial.gold)}
    readings = dict(
        zip(passages, reader.read(trial.query.text, list(passages.values())), strict=True)
    )

    def verdict(hits: Sequence[Hit]) -> Verdict:
        return weigh([readings[hit.passage.id] for hit in hits])

    answer = _answer(trial.gold.passage, readings[trial.gold.passage.id])
    text = trial.gold.passage.text
    accepted = [words(text[start:end]) for start, end in trial.spans]
    return Outcome(
        in_gold=_rank(trial, _places(verdict([trial.gold]), [trial.gold])),
        in_hits=_rank(trial, _places(verdict(trial.hits), trial.hits)),
        present=verdict(trial.present).total if trial.without else None,
        absent=verdict(trial.without).total if trial.without else None,
        exact=float(answer in accepted),
        overlap=max(overlap(answer, one) for one in accepted),
    )


def overlap(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the F1 of the words found, as in SQuAD but with French words (rag/french/words.py)."""
    shared = (Counter(found) & Counter(wanted)).total()
    return 2 * shared / (len(found) + len(wanted)) if shared else 0.0


def area(present: Sequence[float], absent: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often `present` is above `absent`, ties half."""
    below = np.sort(np.asarray(absent))
    left = np.searchsorted(below, present, side="left")
    right = np.searchsorted(below, present, side="right")
    return float((left + right).mean() / 2 / len(below))


def best_refusal(present: Sequence[float], absent: Sequence[float]) -> tuple[float, float, float]:
    """Return the threshold with the best F1 of refusing, that F1, and the share answered.

    What is below the threshold is refused; the share is of the questions with an answer.
    """
    found = []
    for threshold in sorted({*present, *absent}):
        right = sum(value < threshold for value in absent)
        wrong = sum(value < threshold for value in present)
        score = 2 * right / (right + wrong + len(absent))
        found.append((score, threshold, 1 - wrong / len(present)))
    score, threshold, answered = max(found, key=lambda one: one[0])
    return threshold, score, answered


def table(now: Sequence[Outcome], reader: Sequence[Outcome]) -> Table:
    """Return the measures of both systems side by side."""
    made = Table(title=say.TABLE_TITLE.format(questions=len(now)))
    for name in (say.TABLE_MEASURE, say.TABLE_CURRENT, say.TABLE_READER):
        made.add_column(name)
    left, right = measures(now), measures(reader)
    for name, value in right.items():
        made.add_row(name, _figure(left.get(name)), _figure(value))
    return made


def measures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return each measure of one system under its name; those it does not have are left out."""
    found = {
        say.ROW_GOLD: _share(one.in_gold == 0 for one in outcomes),
        say.ROW_FIRST: _share(one.in_hits == 0 for one in outcomes),
        say.ROW_THIRD: _share(one.in_hits in (0, 1, 2) for one in outcomes),
    }
    present = [one.present for one in outcomes if one.present is not None]
    absent = [one.absent for one in outcomes if one.absent is not None]
    if absent:
        threshold, refusal, answered = best_refusal(present, absent)
        found |= {
            say.ROW_AREA: area(present, absent),
            say.ROW_REFUSAL: refusal,
            say.ROW_ANSWERED: answered,
            say.ROW_THRESHOLD: threshold,
        }
    exact = [one.exact for one in outcomes if one.exact is not None]
    words_found = [one.overlap for one in outcomes if one.overlap is not None]
    if exact:
        found |= {say.ROW_EXACT: _share(exact), say.ROW_OVERLAP: _share(words_found)}
    return found


def _share(values: Iterable[float]) -> float:
    """Return the mean of some values."""
    return float(np.mean(list(values)))


def _figure(value: float | None) -> str:
    """Return a value as it is printed."""
    return say.NONE if value is None else f"{value:.3f}".replace(".", ",")


def _rank(trial: Trial, ranked: Sentences) -> int | None:
    """Return the rank of the first right sentence."""
    right = ((trial.gold.passage.id, number) for number in trial.right)
    wanted = frozenset(right)
    return next((rank for rank, sentence in enumerate(ranked) if sentence in wanted), None)


def _places(verdict: Verdict, hits: Sequence[Hit]) -> Sentences:
    """Return the sentences that the reader ranked."""
    return [(hits[place.passage].passage.id, place.sentence) for place in verdict.ranking]


def _evidence(found: Findings) -> Sentences:
    """Return the sentences that are ranked now."""
    order: dict[str, list[int]] = {}
    for sentence in found.sentences:
        order.setdefault(sentence.hit.passage.id, []).append(sentence.start)
    return [
        (passage, order[passage].index(item.sentence.start))
        for item in found.ranked
        for passage in [item.sentence.hit.passage.id]
    ]


def _answer(passage: Passage, reading: Reading) -> list[str]:
    """Return the words of the best span."""
    answer = reading.answer
    return words(passage.text[answer.start - passage.start : answer.end - passage.start])
