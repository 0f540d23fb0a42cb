"""From the options of a run to its parts: each model is loaded once, when a part asks for it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from eval.bench.ask import bench_ask, parole_asker, system_asker
from eval.bench.askers import CROWDS, bench_askers
from eval.bench.encode import OURS, USUAL, bench_encode
from eval.bench.index import bench_index
from eval.bench.machine import Rates, measure_machine
from eval.bench.memory import bench_memory
from eval.bench.metered import Metered
from eval.bench.process import Launch, launched
from eval.bench.search import SIZES, bench_search
from eval.bench.start import bench_start
from eval.bench.types import Part, Stand
from eval.bench.usual import load_usual_encoder, load_usual_generator
from eval.bench.weights import Weights, limit_of, weights_of
from eval.questions.datasets import GOLDEN, golden
from eval.questions.squad import sample
from eval.systems.naive import NaiveSystem
from eval.types import Question
from rag.config import Settings
from rag.environment import Environment
from rag.index.store import Index, open_index, require_encoder
from rag.index.vectorise import searchable
from rag.opening import load_encoder, load_generator, load_reader
from rag.pipeline import Assistant
from rag.search.reading import Reader
from rag.types import Encoder, Generator

PASSAGES = 64
"""Passages that both encoders encode in each round: two batches of sentence-transformers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run measures: `largest` bounds the passages of `search`, `command` is `parole`."""

    index: Path
    corpus: Path
    encoder: str
    model: str
    questions: int
    largest: int
    seed: int
    tutorial: bool
    command: tuple[str, ...]


def _loaded_generator(name: str, environment: Environment) -> Generator:
    """Load a generator before which the greatest crowd may wait."""
    return load_generator(name, environment, max(CROWDS) - 1)


@dataclass(frozen=True, slots=True)
class Load:
    """How collaborators are made of names and of each other."""

    encoder: Callable[[str, Environment], Encoder] = load_encoder
    generator: Callable[[str, Environment], Generator] = _loaded_generator
    reader: Callable[[Encoder, Environment], Reader | None] = load_reader
    usual_encoder: Callable[[Encoder, Environment], Encoder] = load_usual_encoder
    usual_generator: Callable[[Generator, Environment], Generator] = load_usual_generator
    weights: Callable[[str, Environment], Weights] = weights_of
    rates: Callable[[Stand], Rates] = measure_machine
    launch: Launch = launched


class Workshop:
    """What the parts of one run share."""

    def __init__(
        self,
        wanted: Wanted,
        environment: Environment,
        load: Load,
        stand: Stand,
        models: dict[str, str],
    ) -> None:
        """Keep what is wanted; `models` is given name and hash of each model that is loaded."""
        self.wanted = wanted
        self.stand = stand
        self.load = load
        self.environment = environment
        self._models = models

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "index" in vars(self):
            self.index.close()

    @cached_property
    def rates(self) -> Rates:
        """What the machine can do at best; measured when first asked for."""
        return self.load.rates(self.stand)

    @cached_property
    def index(self) -> Index:
        """The index that is asked."""
        return open_index(self.wanted.index)

    @cached_property
    def encoder(self) -> Encoder:
        """The product's encoder."""
        made = self.load.encoder(self.wanted.encoder, self.environment)
        self._models["encoder"] = f"{made.name}@{made.fingerprint}"
        return made

    @cached_property
    def reader(self) -> Reader | None:
        """What the product reads passages with beside this encoder."""
        return self.load.reader(self.encoder, self.environment)

    @cached_property
    def usual_encoder(self) -> Encoder:
        """The same weights as sentence-transformers takes them."""
        return self.load.usual_encoder(self.encoder, self.environment)

    @cached_property
    def generator(self) -> Generator:
        """The product's generator."""
        require_encoder(self.index, self.encoder)
        made = self.load.generator(self.wanted.model, self.environment)
        self._models["generator"] = f"{made.name}@{made.fingerprint}"
        return made

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Base questions for development that the corpus answers, drawn by their seed."""
        texts = self.index.document
        path = GOLDEN / "dev.jsonl"
        asked = golden(path, lambda name: texts(name).text, base_only=True).questions
        known = [question for question in asked if question.answerable]
        return sample(known, self.wanted.questions, self.wanted.seed)

    def texts(self) -> list[str]:
        """Return passages of the index as they are encoded, drawn by their hash."""
        documents = self.index.documents()
        found = [searchable(p) for one in documents for p in self.index.passages(one.id)]
        return sorted(found, key=lambda text: hashlib.sha256(text.encode()).digest())[:PASSAGES]

    def parole(self, *arguments: str | Path) -> list[str]:
        """Return a command line of the product."""
        return [*self.wanted.command, *map(str, arguments)]

    def asking(self) -> list[str]:
        """Return the command line that asks the first question."""
        with_index = ("--index", self.wanted.index, "--encoder", self.wanted.encoder)
        return self.parole("ask", self.questions[0].text, *with_index, "--model", self.wanted.model)


def _ask(shop: Workshop) -> None:
    """Measure one question after the other."""
    clock = shop.stand.clock
    ours = Metered(shop.generator, clock)
    assistant = Assistant(shop.index, shop.encoder, ours, Settings(), shop.reader)
    naive = NaiveSystem(shop.index, shop.encoder, ours)
    askers = {
        "parole": parole_asker(assistant, ours, clock),
        "naive": system_asker(naive, ours, clock),
    }
    if shop.wanted.tutorial:
        usual = Metered(shop.load.usual_generator(shop.generator, shop.environment), clock)
        tutorial = NaiveSystem(shop.index, shop.usual_encoder, usual)
        askers["tutorial"] = system_asker(tutorial, usual, clock)
    limit = limit_of(shop.load.weights(shop.wanted.model, shop.environment), shop.rates)
    bench_ask(askers, shop.questions, limit, shop.stand)


def _askers(shop: Workshop) -> None:
    """Measure several questions at once."""
    assistant = Assistant(shop.index, shop.encoder, shop.generator, Settings(), shop.reader)
    bench_askers(assistant, shop.questions, shop.stand)


def _encode(shop: Workshop) -> None:
    """Measure the encoder."""
    encoders = {OURS: shop.encoder, USUAL: shop.usual_encoder}
    asked = [question.text for question in shop.questions]
    bench_encode(encoders, shop.texts(), asked, shop.stand)


def _search(shop: Workshop) -> None:
    """Measure the indexes."""
    sizes = [size for size in SIZES if size <= shop.wanted.largest]
    bench_search(sizes, shop.wanted.seed, shop.stand)


def _start(shop: Workshop) -> None:
    """Measure whole processes."""
    commands = {"help": shop.parole("--help"), "ask": shop.asking()}
    bench_start(commands, shop.load.launch, shop.stand)


def _memory(shop: Workshop) -> None:
    """Measure what processes hold."""

    def indexing(folder: Path) -> Sequence[str]:
        into = ("--index", folder / "index", "--encoder", shop.wanted.encoder)
        return shop.parole("index", shop.wanted.corpus, *into)

    commands = {"index": indexing, "ask": lambda _folder: shop.asking()}
    bench_memory(commands, shop.load.launch, shop.stand)


PARTS: Mapping[Part, Callable[[Workshop], object]] = {
    "machine": lambda shop: shop.rates,
    "start": _start,
    "memory": _memory,
    "index": lambda shop: bench_index(shop.wanted.corpus, shop.encoder, shop.stand),
    "encode": _encode,
    "search": _search,
    "ask": _ask,
    "askers": _askers,
}
"""Every part by its name, in the order of a run: those that need most memory come last."""
