"""The training itself: steps planned by the clock, checkpoints, and going on from one."""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from rag.errors import ModelError
from rag.hardware import best_dtype
from rag.search.reader import SpanNetwork
from rag.train import files
from rag.train import strings as say
from rag.train.lora import trained
from rag.train.pairs import Lesson, loss

TIMED_STEPS = 10
"""Steps after which the rest is planned; the first two are slower and do not count."""

UNTIMED_STEPS = 2
CHECKPOINT_MINUTES = 5.0
SMOOTHING = 0.98
"""Weight of the past in the loss that is shown."""

_PARTS = ("exp_avg", "exp_avg_sq", "step")
"""What AdamW remembers of each parameter."""

_SEED_STEP = 1_000_003
_FACTS = "parole"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the steps are taken: AdamW with a linear rise of the rate and a linear fall to 0.

    The values are those usual for LoRA on small encoders; none is tuned yet.
    """

    seed: int = 13
    batch: int = 16
    rate: float = 1e-3
    warmup: int = 50
    decay: float = 0.01
    clip: float = 1.0

    def rate_at(self, step: int, total: int | None) -> float:
        """Return the rate of a step; before the total is planned, it rises or stands still."""
        rising = min(1.0, (step + 1) / self.warmup)
        falling = 1.0 if total is None else (total - step) / max(1, total - self.warmup)
        return self.rate * max(0.0, min(rising, falling))


@dataclass(frozen=True, slots=True)
class State:
    """How far training has come: steps done, steps planned, seconds it took, loss of late."""

    step: int = 0
    total: int | None = None
    seconds: float = 0.0
    loss: float = math.nan


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train where the steps are not given: in minutes, and in steps at most."""

    minutes: float
    most: int

    def planned(self, state: State, measured: float) -> int:
        """Return how many steps to take in all, at so many measured seconds each."""
        left = max(0.0, self.minutes * 60 - state.seconds)
        more = int(left / measured) if measured > 0 else self.most
        return min(state.step + more, max(state.step, self.most))


class Trainer:
    """The network with its optimiser; a state on disk brings both back to the bit."""

    def __init__(self, network: SpanNetwork, recipe: Recipe, device: str) -> None:
        self.network = network.to(device)
        self.recipe = recipe
        self.device = device
        self._parameters = trained(network)
        self._optimiser = torch.optim.AdamW(
            self._parameters.values(), lr=recipe.rate, weight_decay=recipe.decay
        )

    def step(self, lesson: Lesson, state: State) -> float:
        """Learn from one batch and return its loss; same state and batch, same change."""
        torch.manual_seed(self.recipe.seed * _SEED_STEP + state.step)
        for group in self._optimiser.param_groups:
            group["lr"] = self.recipe.rate_at(state.step, state.total)
        self.network.train()
        with _short(self.device):
            value = loss(self.network(lesson.batch), lesson.targets)
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(value)
        torch.nn.utils.clip_grad_norm_(self._parameters.values(), self.recipe.clip)
        self._optimiser.step()
        return float(value.detach())

    def save(self, path: Path, state: State) -> None:
        """Write all that is needed to go on from here."""
        tensors = {f"value.{name}": value.detach() for name, value in self._parameters.items()}
        for name, parameter in self._parameters.items():
            known = self._optimiser.state[parameter]
            tensors |= {f"{part}.{name}": known[part] for part in _PARTS}
        kept = {name: value.cpu().contiguous() for name, value in tensors.items()}
        facts = {_FACTS: json.dumps(asdict(state))}
        files.replace(path, lambda aside: save_file(kept, aside, metadata=facts))

    def restore(self, path: Path) -> State:
        """Take up what `save` wrote and return how far it had come.

        Raises:
            ModelError: the file is damaged, or another network's.
        """
        try:
            with safe_open(path, framework="pt") as file:
                state = State(**json.loads(file.metadata()[_FACTS]))
                for name, parameter in self._parameters.items():
                    parameter.data.copy_(file.get_tensor(f"value.{name}"))
                    self._optimiser.state[parameter] = {
                        part: self._placed(part, file.get_tensor(f"{part}.{name}"))
                        for part in _PARTS
                    }
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
            raise ModelError(say.STATE_UNREADABLE.format(file=path, error=error)) from error
        return state

    def _placed(self, part: str, value: torch.Tensor) -> torch.Tensor:
        """Return what AdamW remembers where it wants it: its count of steps stays on the CPU."""
        return value if part == "step" else value.to(self.device)


@dataclass(frozen=True, slots=True)
class Watch:
    """What looks on while the steps are taken.

    `clock` gives seconds; `told` hears the state after each step; `keep` is called with it
    every `CHECKPOINT_MINUTES` and at the end.
    """

    clock: Callable[[], float]
    told: Callable[[State], None]
    keep: Callable[[State], None]


def run(
    trainer: Trainer,
    lessons: Callable[[int], Iterator[Lesson]],
    budget: Budget,
    state: State,
    watch: Watch,
) -> State:
    """Train from a state to the end of its plan and return the last state.

    Args:
        trainer: the network; it has been restored to `state` if that is not the first.
        lessons: gives the batches from a step on, without an end.
        budget: what to plan the steps by, if the state has no total yet.
        state: where to begin.
        watch: the clock, and who is told.
    """
    began = watch.clock() - state.seconds
    saved, timed = state.seconds, math.nan
    for lesson in lessons(state.step):
        if state.total is not None and state.step >= state.total:
            break
        value = trainer.step(lesson, state)
        smoothed = SMOOTHING * state.loss + (1 - SMOOTHING) * value if state.step else value
        state = State(state.step + 1, state.total, watch.clock() - began, smoothed)
        if state.step == UNTIMED_STEPS:
            timed = state.seconds
        if state.total is None and state.step == TIMED_STEPS:
            each = (state.seconds - timed) / (TIMED_STEPS - UNTIMED_STEPS)
            state = replace(state, total=budget.planned(state, each))
        watch.told(state)
        if state.total is not None and state.seconds - saved >= CHECKPOINT_MINUTES * 60:
            watch.keep(state)
            saved = state.seconds
    watch.keep(state)
    return state


def _short(device: str) -> AbstractContextManager[object]:
    """Return the context in which layers are computed in bfloat16, where that is native."""
    if best_dtype(device) is torch.float32:
        return nullcontext()
    return torch.autocast(device, dtype=torch.bfloat16)
