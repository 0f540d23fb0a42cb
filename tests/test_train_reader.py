"""Training the reader: the loop, its checkpoints, the adapter that it leaves."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from rag.errors import ModelError
from rag.french.sentences import sentence_spans
from rag.models import fingerprint
from rag.search.pairs import LAYOUT, PairTokenizer
from rag.search.reader import (
    FORMAT,
    SpanNetwork,
    SpanReader,
    body_weights,
    load_body,
    merge,
    read_adapter,
)
from rag.train import pairs
from rag.train.loop import TIMED_STEPS, Budget, Recipe, State, Trainer, Watch, run
from rag.train.lora import Shape, adapted_network, adapter_tensors, trained, write_adapter
from rag.train.pairs import Lesson, Pair, lesson
from tests.tiny_encoder import POSITIONS
from tests.train_samples import (
    dice,
    learning_folder,
    passage,
    spans,
)

SHAPE = Shape(rank=16, alpha=16)
RECIPE = Recipe(batch=10, rate=1e-2, warmup=5)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Compute on one thread: with several, such small matrices take ten times as long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return learning_folder(tmp_path_factory.mktemp("train"))


@pytest.fixture(scope="module")
def text(folder: Path) -> PairTokenizer:
    return PairTokenizer(folder, POSITIONS)


def test_the_rate_rises_and_falls_in_straight_lines() -> None:
    recipe = Recipe(rate=1.0, warmup=4)
    assert [recipe.rate_at(step, 12) for step in (0, 1, 3, 4, 8, 11)] == [
        0.25, 0.5, 1.0, 1.0, 0.5, 0.125,
    ]  # fmt: skip
    assert [recipe.rate_at(step, None) for step in (0, 3, 9)] == [0.25, 1.0, 1.0]


def test_steps_are_planned_by_what_a_step_took() -> None:
    budget = Budget(minutes=1.0, most=500)
    assert budget.planned(State(step=10, seconds=20.0), 2.0) == 30
    assert budget.planned(State(step=10, seconds=20.0), 0.01) == 500
    assert budget.planned(State(step=10, seconds=90.0), 2.0) == 10
    assert budget.planned(State(step=10), 0.0) == 500


SUBJECTS = "kwxzqjyv"
VERBS = ("dort", "rit", "lit", "boit", "sort", "part")


def synthetic() -> list[Pair]:
    """Return 40 pairs: who does something is asked by a letter; in ten it does nothing."""
    random, made = dice(1), []
    for number in range(40):
        names = random.sample(SUBJECTS, 3)
        text = " ".join(f"{name} {random.choice(VERBS)}." for name in names)
        wanted = random.choice(names)
        if number % 4 == 3:
            made.append(Pair(next(one for one in SUBJECTS if one not in names), "", text))
        else:
            made.append(Pair(wanted, "", text, spans(text, f"{wanted} ")))
    return [replace(one, spans=tuple((a, b - 1) for a, b in one.spans)) for one in made]


PAIRS = synthetic()
Lessons = Callable[[int], Iterator[Lesson]]


def lessons_of(text: PairTokenizer) -> Lessons:
    def lessons(first: int) -> Iterator[Lesson]:
        for step in range(first, 10_000):
            yield lesson(dice(step).sample(PAIRS, RECIPE.batch), text, "cpu")

    return lessons


def silent(keep: Callable[[State], None] = lambda _state: None) -> Watch:
    return Watch(lambda: 0.0, lambda _state: None, keep)


def train(trainer: Trainer, text: PairTokenizer, state: State, watch: Watch | None = None) -> State:
    return run(trainer, lessons_of(text), Budget(1.0, 10), state, watch or silent())


def new_trainer(folder: Path) -> Trainer:
    return Trainer(adapted_network(folder, SHAPE, RECIPE.seed), RECIPE, "cpu")


@pytest.fixture(scope="module")
def learnt(folder: Path, text: PairTokenizer) -> tuple[SpanNetwork, list[float]]:
    """Return a network trained on the synthetic pairs, and the loss after each step."""
    trainer, losses = new_trainer(folder), list[float]()
    watch = Watch(lambda: 0.0, lambda state: losses.append(state.loss), lambda _state: None)
    train(trainer, text, State(total=350), watch)
    return trainer.network.eval(), losses


def test_only_the_low_rank_layers_and_the_head_are_trained(folder: Path) -> None:
    network = adapted_network(folder, SHAPE, 1)
    kinds = Counter(name.split(".")[-3] if "lora" in name else name for name in trained(network))
    assert kinds == {"lora_A": 6, "lora_B": 6, "head.weight": 1, "head.bias": 1}


@torch.no_grad()
def test_before_training_the_encoder_is_as_it_was(folder: Path, text: PairTokenizer) -> None:
    network = adapted_network(folder, SHAPE, 1).eval()
    plain = SpanNetwork(load_body(folder, body_weights(folder), {})).eval()
    plain.head.load_state_dict(network.head.state_dict())
    batch = lesson(PAIRS[:4], text, "cpu").batch
    assert torch.allclose(network(batch).exp(), plain(batch).exp(), atol=1e-6)


@torch.no_grad()
def test_the_loss_falls(learnt: tuple[SpanNetwork, list[float]], text: PairTokenizer) -> None:
    network, losses = learnt
    whole = lesson(PAIRS, text, "cpu")
    assert losses[0] > 2.5
    assert losses[-1] < losses[0] / 2
    assert pairs.loss(network(whole.batch), whole.targets).item() < losses[0] / 3


def test_a_step_in_bfloat16_is_near(folder: Path, text: PairTokenizer) -> None:
    some, state = lesson(PAIRS[:10], text, "cpu"), State(total=5)
    exact = new_trainer(folder).step(some, state)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        short = new_trainer(folder).step(some, state)
    assert short == pytest.approx(exact, rel=0.05)


FACTS = {"format": FORMAT, "layout": LAYOUT, "scale": SHAPE.scale, "layers": 1}


@pytest.fixture(scope="module")
def adapter(
    folder: Path, learnt: tuple[SpanNetwork, list[float]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("adapters") / "reader.safetensors"
    write_adapter(path, learnt[0], {**FACTS, "base": fingerprint(folder)})
    return path


def test_the_right_sentence_is_found_by_the_reader_of_the_file(folder: Path, adapter: Path) -> None:
    reader = SpanReader(folder, fingerprint(folder), adapter)
    right, refused = [], []
    for pair in PAIRS:
        (found,) = reader.read(pair.question, [passage(pair.text, title="")])
        if pair.spans:
            sentences = sentence_spans(pair.text)
            best = sentences[int(np.argmax(found.sentences))]
            right.append(best[0] <= pair.spans[0][0] < best[1])
        refused.append((max(found.sentences) < 0) is not bool(pair.spans))
    assert sum(right) / len(right) >= 0.8
    assert sum(refused) / len(refused) >= 0.7


@torch.no_grad()
def test_the_merged_file_gives_what_peft_gives(
    folder: Path, learnt: tuple[SpanNetwork, list[float]], adapter: Path, text: PairTokenizer
) -> None:
    found = read_adapter(adapter, fingerprint(folder))
    merged = SpanNetwork(load_body(folder, merge(body_weights(folder), found), {})).eval()
    merged.head.load_state_dict({p: found.tensors[f"head.{p}"].float() for p in ("weight", "bias")})
    batch = lesson(PAIRS, text, "cpu").batch
    # The file has 11 significant bits of what was learnt.
    assert (merged(batch).exp() - learnt[0](batch).exp()).abs().max() < 5e-3
    sizes = {value.dtype for value in found.tensors.values()}
    assert (sizes, len(found.tensors)) == ({torch.float16}, 14)


def test_the_same_adapter_is_written_with_the_same_bytes(
    learnt: tuple[SpanNetwork, list[float]], tmp_path: Path
) -> None:
    for name in ("a", "b"):
        write_adapter(tmp_path / name, learnt[0], FACTS)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_resuming_goes_on_to_the_bit(folder: Path, text: PairTokenizer, tmp_path: Path) -> None:
    straight = new_trainer(folder)
    wanted = train(straight, text, State(total=12))
    kept: list[State] = []

    def keep(state: State) -> None:
        kept.append(state)
        first.save(tmp_path / "state.safetensors", state)

    first = new_trainer(folder)
    interrupted = islice(lessons_of(text)(0), 7)
    run(first, lambda _first: interrupted, Budget(1.0, 10), State(total=12), silent(keep))
    again = new_trainer(folder)
    state = again.restore(tmp_path / "state.safetensors")
    assert (state, state.step, state.total) == (kept[-1], 7, 12)
    assert train(again, text, state) == wanted
    ours, theirs = adapter_tensors(again.network), adapter_tensors(straight.network)
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_a_finished_training_stays_as_it_is(folder: Path, text: PairTokenizer) -> None:
    trainer = new_trainer(folder)
    before = {name: value.clone() for name, value in adapter_tensors(trainer.network).items()}
    assert train(trainer, text, State(step=3, total=3)) == State(step=3, total=3)
    assert all(torch.equal(before[n], v) for n, v in adapter_tensors(trainer.network).items())


def test_the_state_of_another_network_is_refused(
    folder: Path, text: PairTokenizer, tmp_path: Path
) -> None:
    path, trainer = tmp_path / "state.safetensors", new_trainer(folder)
    train(trainer, text, State(total=1), silent(lambda state: trainer.save(path, state)))
    other = Trainer(adapted_network(folder, Shape(rank=4, alpha=4), 1), RECIPE, "cpu")
    with pytest.raises(ModelError, match=r"state\.safetensors"):
        other.restore(path)
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(ModelError, match=r"state\.safetensors"):
        trainer.restore(path)


def test_checkpoints_follow_the_clock_and_the_plan(folder: Path, text: PairTokenizer) -> None:
    minutes, kept = iter(range(1000)), list[State]()
    watch = Watch(lambda: 60.0 * next(minutes), lambda _state: None, kept.append)
    last = run(new_trainer(folder), lessons_of(text), Budget(17.0, 100), State(), watch)
    assert [(state.step, state.total) for state in kept] == [(TIMED_STEPS, 17), (15, 17), (17, 17)]
    assert (last.step, last.seconds) == (17, 17 * 60.0)
