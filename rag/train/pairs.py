"""What the reader learns from in each epoch: questions with passages that answer or do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch

from rag.french.sentences import sentence_spans
from rag.search.pairs import PairTokenizer, Window, heading
from rag.search.reader import Batch, collate
from rag.train.mining import Case, holds
from rag.train.noise import disturb
from rag.train.questions import Spans
from rag.types import Passage

NO_HEADING = 0.15
"""Share of pairs without the passage's heading: not every title says what a text is about."""

CUT = 0.3
"""Share of the negatives that are the right passage without the sentences that answer: near
misses. The others are other passages that retrieval finds. Not tuned."""

POOL_BATCHES = 64
"""So many batches are drawn together and sorted by length before they are cut: with PIAF's
lengths next to nothing is filled up, and order stays random."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage, with the places of the answers in it; none if it has none."""

    question: str
    heading: str
    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A batch with what it should find, shape (2, n, longest): starts, ends, or «none here»."""

    batch: Batch
    targets: torch.Tensor


def epoch_pairs(cases: Sequence[Case], seed: int, epoch: int) -> list[Pair]:
    """Return the pairs of one epoch in random order: each case's passage, and a negative.

    Same seed and epoch, same pairs; another epoch types each question otherwise and takes
    another negative.
    """
    pairs = []
    for case in cases:
        random = Random(f"{seed}:{epoch}:{case.id}")  # noqa: S311 - no secret
        pairs.append(_positive(case, random))
        if negative := _negative(case, epoch, random):
            pairs.append(negative)
    Random(f"{seed}:{epoch}").shuffle(pairs)  # noqa: S311 - no secret
    return pairs


def epoch_batches(pairs: Sequence[Pair], size: int, random: Random) -> list[list[Pair]]:
    """Return pairs of like length together, `size` at a time, the batches in random order."""
    batches: list[list[Pair]] = []
    for start in range(0, len(pairs), size * POOL_BATCHES):
        pool = sorted(pairs[start : start + size * POOL_BATCHES], key=_length)
        batches += [pool[first : first + size] for first in range(0, len(pool), size)]
    random.shuffle(batches)
    return batches


def endless(cases: Sequence[Case], seed: int, size: int, first: int = 0) -> Iterator[list[Pair]]:
    """Yield batches, epoch after epoch, from the batch number `first` on; never ends.

    Raises:
        ValueError: there is no case, and so no batch.
    """
    if not cases:
        raise ValueError("there is nothing to learn from")
    epoch = 0
    while True:
        random = Random(f"{seed}:{epoch}:batches")  # noqa: S311 - no secret
        batches = epoch_batches(epoch_pairs(cases, seed, epoch), size, random)
        yield from batches[first:]
        first = max(0, first - len(batches))
        epoch += 1


def lesson(pairs: Sequence[Pair], text: PairTokenizer, device: str) -> Lesson:
    """Return pairs as tensors; of a long passage one window is taken."""
    chosen = [_window(pair, text) for pair in pairs]
    batch = collate([window for window, _ in chosen], text.padding, device)
    targets = torch.zeros((2, *batch.ids.shape), dtype=torch.bool)
    for row, (window, spans) in enumerate(chosen):
        targets[:, row, 0] = not spans
        for start, end in spans:
            targets[0, row, window.first + start] = True
            targets[1, row, window.first + end] = True
    return Lesson(batch, targets.to(device))


def loss(log_probabilities: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return the mean negative log-probability that start and end are where they may be.

    An answer that stands at several places is right at any of them: the marginal likelihood
    of Clark and Gardner (2018, section 2.2).

    Args:
        log_probabilities: what the network gives, shape (2, n, longest).
        targets: the right places, of the same shape, at least one a row.
    """
    return -log_probabilities.masked_fill(~targets, -torch.inf).logsumexp(-1).mean()


def _window(pair: Pair, text: PairTokenizer) -> tuple[Window, Spans]:
    """Return the window that holds most of the answers, and their tokens in it."""
    windows = text.windows(pair.question, pair.heading, pair.text)
    found = [(window, _token_spans(window, pair.spans)) for window in windows]
    return max(found, key=lambda one: sum(last - first + 1 for first, last in one[1]))


def _token_spans(window: Window, spans: Spans) -> Spans:
    """Return the first and last token of each span that stands in a window, whole or in part."""
    made = []
    for start, end in spans:
        inside = [n for n, (a, b) in enumerate(window.offsets) if a < end and start < b]
        if inside:
            made.append((inside[0], inside[-1]))
    return tuple(made)


def _positive(case: Case, random: Random) -> Pair:
    """Return the question with the passage that answers it."""
    passage = case.passage
    return Pair(disturb(case.question, random), _heading(passage, random), passage.text, case.spans)


def _negative(case: Case, epoch: int, random: Random) -> Pair | None:
    """Return the question with a passage that does not answer it; None if there is none."""
    question = disturb(case.question, random)
    near = random.random() < CUT or not case.negatives
    if near and (left := _without_answer(case)):
        return Pair(question, _heading(case.passage, random), left)
    if not case.negatives:
        return None
    other = case.negatives[epoch % len(case.negatives)]
    return Pair(question, _heading(other, random), other.text)


def _without_answer(case: Case) -> str:
    """Return the passage less the sentences that answer; nothing if an answer stays, or no text."""
    text = case.passage.text
    kept = [
        text[start:end]
        for start, end in sentence_spans(text)
        if not any(start < last and first < end for first, last in case.spans)
    ]
    left = " ".join(kept)
    return "" if holds(left, [text[start:end] for start, end in case.spans]) else left


def _heading(passage: Passage, random: Random) -> str:
    """Return the heading of a passage, or now and then none."""
    return "" if random.random() < NO_HEADING else heading(passage)


def _length(pair: Pair) -> int:
    """Return about how long a pair is, in characters."""
    return len(pair.question) + len(pair.heading) + len(pair.text)
