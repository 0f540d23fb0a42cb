"""Questions and passages as tokens, and what their scores say of sentences."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models.convert_encoder import convert_encoder
from rag.search.pairs import PairTokenizer, heading
from rag.search.reading import FLOOR, Reading, Span, WindowScores, read_passage, weigh
from rag.types import Passage
from tests.tiny_encoder import PIECES, POSITIONS, make_values, write_packed, write_tokenizer

START, END = PIECES.index("<s>"), PIECES.index("</s>")
QUIET = -20.0


def passage(text: str, start: int = 0, title: str = "", section: str = "") -> Passage:
    return Passage(
        f"{start:015x}", "essai/a.md", title, section, None, start, start + len(text), text
    )


def ids(text: str) -> list[int]:
    """Return the tiny tokenizer's ids of lower-case words: a letter a token."""
    return [PIECES.index(char) for word in text.split() for char in f"▁{word}"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("reader")
    packed = write_packed(work / "e5-small-q4.bin", make_values())
    convert_encoder(packed, write_tokenizer(work / "tokenizer.json"), work / "dossier")
    return work / "dossier"


@pytest.fixture(scope="module")
def text(folder: Path) -> PairTokenizer:
    return PairTokenizer(folder, POSITIONS)


def test_a_pair_is_laid_out_as_xlm_r_pairs_two_texts(text: PairTokenizer) -> None:
    (window,) = text.windows("ou", "le", "la mer")
    before = [START, *ids("ou"), END, END, *ids("le")]
    assert window.ids == (*before, *ids("la mer"), END)
    assert window.first == len(before)
    letters = ["la mer"[start:end] for start, end in window.offsets if end > start]
    assert letters == ["l", "l", "a", "m", "e", "r"]


def test_a_heading_is_the_title_and_the_section() -> None:
    assert heading(passage("x", title="Le port", section="La nuit")) == "Le port — La nuit"
    assert heading(passage("x", title="Le port")) == "Le port"


@pytest.mark.parametrize("mark", ["<s>", "</s>", "<pad>", "<mask>"])
def test_no_text_becomes_a_control_token(text: PairTokenizer, mark: str) -> None:
    (window,) = text.windows(f"a{mark}", mark, f"b {mark} c")
    (plain,) = text.windows("a", "", "b c")
    assert [one for one in window.ids if PIECES[one] == mark] == [
        one for one in plain.ids if PIECES[one] == mark
    ]


def test_every_apostrophe_is_read_alike_and_offsets_stay(text: PairTokenizer) -> None:
    (typed,) = text.windows("", "", "l'eau")
    (printed,) = text.windows("", "", "l’eau")
    assert printed == typed
    assert printed.offsets[-1] == (4, 5)


def test_a_long_text_is_read_in_windows_that_overlap_and_miss_nothing(text: PairTokenizer) -> None:
    long = " ".join("abcdefghij" for _ in range(9))
    windows = text.windows("abc", "de", long)
    assert len(windows) > 2
    assert max(len(window.ids) for window in windows) == POSITIONS
    places = [{place for place in window.offsets if place[0] < place[1]} for window in windows]
    covered = {start for some in places for start, _ in some}
    assert covered >= {place for place, char in enumerate(long) if char != " "}
    assert all(first & second for first, second in pairwise(places))


def test_a_text_of_just_a_window_is_one_window(text: PairTokenizer) -> None:
    room = POSITIONS - len(text.windows("", "", "")[0].ids)
    assert len(text.windows("", "", "a" * (room - 1))) == 1
    assert len(text.windows("", "", "a" * room)) == 2


def test_question_and_heading_take_no_more_than_their_share(text: PairTokenizer) -> None:
    (window,) = text.windows("a" * 200, "b" * 200, "cc")
    assert window.ids.count(PIECES.index("a")) == POSITIONS // 4 - 1
    assert window.ids.count(PIECES.index("b")) == POSITIONS // 8 - 1
    assert window.ids[-3:] == (PIECES.index("c"), PIECES.index("c"), END)


def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        PairTokenizer(tmp_path, POSITIONS)


TWO = "aa bb. cc dd."
WORDS = ((0, 2), (3, 5), (7, 9), (10, 12))
"""Two sentences and their words' places."""


def scores(
    start: Sequence[float], end: Sequence[float], offsets: Sequence[tuple[int, int]] = WORDS
) -> WindowScores:
    return WindowScores(np.array(start, np.float64), np.array(end, np.float64), offsets)


def test_a_sentence_has_the_mass_of_the_spans_inside_it() -> None:
    start, end = np.log([0.2, 0.1, 0.2, 0.3, 0.2]), np.log([0.4, 0.1, 0.1, 0.1, 0.3])
    reading = read_passage(passage(TWO), [scores(list(start), list(end))])
    first = 0.1 * 0.1 + 0.1 * 0.1 + 0.2 * 0.1
    second = 0.3 * 0.1 + 0.3 * 0.3 + 0.2 * 0.3
    assert np.allclose(np.exp(reading.sentences), [first / 0.08, second / 0.08])
    assert np.isclose(np.exp(reading.absent), 0.2 * 0.4)


def test_the_answer_is_the_best_span_of_one_sentence_in_the_document() -> None:
    start, end = [QUIET, -4.0, -1.0, -2.0, -3.0], [QUIET, -5.0, -4.0, -6.0, -0.5]
    reading = read_passage(passage(TWO, start=100), [scores(start, end)])
    assert reading.answer == Span(107, 112, -2.0 - 0.5 - 2 * QUIET)


def test_a_span_never_ends_before_it_starts() -> None:
    start, end = [0.0, -9.0, -1.0, QUIET, QUIET], [0.0, -0.5, -9.0, QUIET, QUIET]
    reading = read_passage(passage(TWO), [scores(start, end)])
    assert (reading.answer.start, reading.answer.end) == (0, 2)


def test_a_sentence_takes_its_best_window_and_one_without_tokens_the_floor() -> None:
    first = scores([-1.0, -2.0, -2.0], [-1.0, -2.0, -2.0], WORDS[:2])
    other = scores([-3.0, -1.0], [-3.0, -1.0], WORDS[1:2])
    reading = read_passage(passage(TWO), [first, other])
    assert reading.sentences == (4.0, FLOOR)
    assert (reading.answer, reading.absent) == (Span(3, 5, 4.0), -6.0)


def reading(*sentences: float) -> Reading:
    return Reading(sentences, Span(0, 1, 0.0), -1.0)


def test_sentences_of_several_passages_make_one_ranking() -> None:
    verdict = weigh([reading(-1.0, 2.0), reading(), reading(3.0, 2.0)])
    assert [(place.passage, place.sentence) for place in verdict.ranking] == [
        (2, 0), (0, 1), (2, 1), (0, 0),
    ]  # fmt: skip
    assert (verdict.best, verdict.margin) == (3.0, 1.0)
    assert np.isclose(verdict.total, np.log(np.exp([3, 2, 2, -1]).sum()))


def test_the_probabilities_of_all_sentences_and_of_none_are_one() -> None:
    verdict = weigh([reading(0.0, 1.0), reading(-2.0)])
    none = 1 / (1 + np.exp(verdict.total))
    assert np.isclose(sum(map(verdict.probability, verdict.ranking)) + none, 1)


def test_without_a_sentence_nothing_answers() -> None:
    verdict = weigh([])
    assert (verdict.ranking, verdict.total, verdict.best, verdict.margin) == ((), FLOOR, FLOOR, 0.0)
