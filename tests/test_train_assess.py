"""The measures of the reader beside what ranks sentences now, and the words they stand under."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.french.sentences import sentence_spans
from rag.index.store import Index
from rag.search.reading import Reading, Span
from rag.train import assess, strings
from rag.types import Passage
from tests.fakes import FakeEncoder
from tests.samples import DOCUMENTS, HARBOUR, build_index
from tests.test_messages import broken
from tests.train_samples import asked, asked_about, spans


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as opened:
        yield opened


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert assess.area([3.0, 2.0], [1.0, 2.0]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    assert assess.area([1.0], [1.0]) == 0.5


def test_the_best_refusal_is_a_threshold_with_its_f1() -> None:
    threshold, score, answered = assess.best_refusal([5.0, 4.0, 1.0], [0.0, 2.0, 3.0])
    assert threshold == 4.0
    assert answered == pytest.approx(2 / 3)
    assert score == pytest.approx(2 * 3 / (3 + 1 + 3))


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [("le phare rouge", "phare rouge", 0.8), ("phare", "moulin", 0.0), ("", "phare", 0.0)],
)
def test_overlap_is_the_f1_of_words(found: str, wanted: str, expected: float) -> None:
    assert assess.overlap(found.split(), wanted.split()) == pytest.approx(expected)


class FakeReader:
    """Finds the answer that it was told of, in whatever passage has it."""

    def __init__(self, *answers: str) -> None:
        self.fingerprint = "a" * 64
        self._answers = answers

    def read(self, _question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [self._read(one) for one in passages]

    def _read(self, one: Passage) -> Reading:
        sentences = [one.text[start:end] for start, end in sentence_spans(one.text)]
        here = [9.0 if any(a in text for a in self._answers) else -9.0 for text in sentences]
        answer = next((a for a in self._answers if a in one.text), "")
        start = one.start + one.text.index(answer)
        return Reading(tuple(here), Span(start, start + len(answer), max(here)), -max(here))


def test_both_systems_are_measured_on_the_same_passages(index: Index) -> None:
    questions = asked_about(index)
    made = list(assess.trials(questions, index, FakeEncoder()))
    readers = [FakeReader(answer) for answer in ("trente", "6,50 euros", "la nuit")]
    outcomes = [assess.read(one, reader) for one, reader in zip(made, readers, strict=True)]
    assert [one.in_gold for one in outcomes] == [0, 0, 0]
    assert [one.exact for one in outcomes] == [1.0, 1.0, 1.0]
    assert [(one.present or 0) > 8 for one in outcomes] == [True] * 3
    assert [(one.absent or 0) < 0 for one in outcomes] == [True] * 3
    now = [assess.current(one, index) for one in made]
    assert all(one.in_gold is not None and one.exact is None for one in now)
    assert all((one.present or 0) > 0 and (one.absent or 0) > 0 for one in now)


def test_sureness_is_measured_on_as_many_passages(index: Index) -> None:
    trial, *_ = assess.trials(asked_about(index), index, FakeEncoder())
    titles = [hit.passage.title for hit in trial.without]
    assert titles == ["Le musée du Textile", "Le port de Dunkerque"]
    assert [hit.passage.title for hit in trial.present] == [titles[0], "La boulangerie Martin"]


def test_a_question_answered_everywhere_has_no_sureness(index: Index) -> None:
    everywhere = asked("de", "Quoi ?", "port", spans(HARBOUR, "de"))
    (trial,) = assess.trials([everywhere], index, FakeEncoder())
    outcome = assess.read(trial, FakeReader("de"))
    assert (trial.without, outcome.present, outcome.absent) == ((), None, None)
    names = assess.measures([outcome])
    assert strings.ROW_GOLD in names
    assert strings.ROW_AREA not in names


def test_what_is_not_found_has_no_rank(index: Index) -> None:
    (trial,) = assess.trials(asked_about(index)[:1], index, FakeEncoder())
    missed = replace(trial, hits=tuple(h for h in trial.hits if h.passage != trial.gold.passage))
    assert assess.read(missed, FakeReader("trente")).in_hits is None
    assert assess.read(trial, FakeReader("trente")).in_hits == 0
    assert trial.gold.passage not in [hit.passage for hit in trial.without]
    assert trial.gold in trial.present


@pytest.mark.parametrize("name", [name for name in vars(strings) if name.isupper()])
def test_french_typography(name: str) -> None:
    assert broken(getattr(strings, name)) == []
