"""The pairs of an epoch, their batches, and what a batch should find."""

import math
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
import torch

from rag.search.pairs import PairTokenizer
from rag.train import pairs
from rag.train.mining import Case
from rag.train.pairs import Lesson, Pair, lesson
from tests.tiny_encoder import POSITIONS
from tests.train_samples import (
    dice,
    learning_folder,
    passage,
    spans,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learning_folder(tmp_path_factory.mktemp("train"))


@pytest.fixture(scope="module")
def text(folder: Path) -> PairTokenizer:
    return PairTokenizer(folder, POSITIONS)


def case(number: int) -> Case:
    text = f"Le phare {number} tourne. Il date de {1800 + number}. Un gardien dort."
    others = tuple(passage(f"Moulin {number}-{n}.", f"Moulin {n}") for n in range(3))
    return Case(
        f"q{number}",
        f"De quand date {number} ?",
        passage(text),
        spans(text, str(1800 + number)),
        others,
    )


CASES = [case(number) for number in range(60)]


def test_each_case_gives_a_pair_that_answers_and_one_that_does_not() -> None:
    made = pairs.epoch_pairs(CASES, seed=1, epoch=0)
    answered = [one for one in made if one.spans]
    assert (len(answered), len(made)) == (60, 120)
    assert {one.text[a:b] for one in answered for a, b in one.spans} == {
        str(1800 + number) for number in range(60)
    }
    near = [one for one in made if not one.spans and "phare" in one.text]
    assert 0.15 < len(near) / 60 < 0.45
    assert all("Il date" not in one.text and "Un gardien dort." in one.text for one in near)
    assert 0.05 < sum(one.heading == "" for one in made) / 120 < 0.3


def test_an_epoch_is_drawn_by_seed_and_number() -> None:
    assert pairs.epoch_pairs(CASES, 1, 0) == pairs.epoch_pairs(CASES, 1, 0)
    assert pairs.epoch_pairs(CASES, 1, 0) != pairs.epoch_pairs(CASES, 2, 0)
    other = {one.text for one in pairs.epoch_pairs(CASES, 1, 1) if "Moulin" in one.text}
    assert {text.split("-")[1] for text in other} == {"1."}


def test_a_case_without_a_negative_gives_a_near_miss_or_nothing() -> None:
    lone = [replace(one, negatives=()) for one in CASES]
    assert len(pairs.epoch_pairs(lone, 1, 0)) == 120
    repeated = [replace(one, passage=passage(f"{one.passage.text} En {1800 + n} donc."))
                for n, one in enumerate(lone)]  # fmt: skip
    assert len(pairs.epoch_pairs(repeated, 1, 0)) == 60


def test_batches_hold_pairs_of_like_length_and_every_pair_once() -> None:
    long = [Pair("q", "", "mot " * n) for n in range(100)]
    dice(0).shuffle(long)
    batches = pairs.epoch_batches(long, 10, dice(0))
    assert sorted(one.text for batch in batches for one in batch) == sorted(o.text for o in long)
    lengths = [[len(one.text) for one in batch] for batch in batches]
    assert max(max(batch) - min(batch) for batch in lengths) == 9 * 4
    assert lengths != sorted(lengths)


@pytest.mark.parametrize("first", [0, 5, 12, 13, 30])
def test_batches_go_on_from_any_number(first: int) -> None:
    whole = list(islice(pairs.endless(CASES, 1, 10), 40))
    assert list(islice(pairs.endless(CASES, 1, 10, first), 40 - first)) == whole[first:]


def test_nothing_gives_no_batch() -> None:
    with pytest.raises(ValueError, match="nothing"):
        next(pairs.endless([], 1, 10))


def told(found: Lesson, row: int, pair: Pair, text: PairTokenizer) -> tuple[list[str], list[str]]:
    """Return the characters where the answer may start and end; «» is nowhere."""
    (window,) = text.windows(pair.question, pair.heading, pair.text)
    places = {
        0: "",
        **{window.first + n: pair.text[a:b] for n, (a, b) in enumerate(window.offsets)},
    }
    starts, ends = (torch.nonzero(found.targets[side, row]).flatten().tolist() for side in (0, 1))
    return [places[one] for one in starts], [places[one] for one in ends]


def test_a_lesson_marks_where_answers_start_and_end(text: PairTokenizer) -> None:
    some = [Pair("ou", "le", "un bac, un phare", ((3, 6), (11, 16))), Pair("ou", "", "un bac")]
    found = lesson(some, text, "cpu")
    assert told(found, 0, some[0], text) == (["b", "p"], ["c", "e"])
    assert told(found, 1, some[1], text) == ([""], [""])
    assert found.targets.shape == (2, *found.batch.ids.shape)


def test_of_a_long_text_the_window_with_the_answer_is_taken(text: PairTokenizer) -> None:
    long = "abcdefghij " * 6 + "phare"
    found = lesson([Pair("ou", "", long, spans(long, "phare"))], text, "cpu")
    at = torch.nonzero(found.targets[0, 0]).item()
    assert found.batch.ids[0, at : at + 5].tolist() == list(
        text.windows("", "", "phare")[0].ids[4:-1]
    )


def test_the_loss_is_that_of_any_right_place() -> None:
    values = torch.log(torch.tensor([[[0.5, 0.25, 0.25]], [[0.125, 0.5, 0.375]]]))
    targets = torch.tensor([[[False, True, True]], [[False, True, False]]])
    assert pairs.loss(values, targets).item() == pytest.approx(math.log(2))
