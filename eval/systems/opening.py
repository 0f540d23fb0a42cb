"""From a name to a system: only the models that it needs are loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.systems.bm25 import Bm25System
from eval.systems.closed_book import ClosedBookSystem
from eval.systems.common import spans
from eval.systems.dense import DenseSystem
from eval.systems.extractive import ExtractiveSystem
from eval.systems.naive import NaiveSystem
from eval.systems.parole import ParoleSystem
from eval.types import System
from rag.config import Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.search.reading import Reader
from rag.types import Encoder, Generator


@dataclass(frozen=True, slots=True)
class Workshop:
    """What systems are made of; the generator and the reader are loaded when a system asks."""

    index: Index
    encoder: Encoder
    load_generator: Callable[[], Generator]
    settings: Settings
    load_reader: Callable[[], Reader | None] = lambda: None


def _parole(shop: Workshop) -> System:
    """Return the product itself."""
    generator = shop.load_generator()
    assistant = Assistant(shop.index, shop.encoder, generator, shop.settings, shop.load_reader())
    return ParoleSystem(assistant, generator, spans(shop.index))


SYSTEMS: Mapping[str, Callable[[Workshop], System]] = {
    "parole": _parole,
    "naive": lambda shop: NaiveSystem(shop.index, shop.encoder, shop.load_generator()),
    "bm25": lambda shop: Bm25System(shop.index),
    "dense": lambda shop: DenseSystem(shop.index, shop.encoder),
    "extractive": lambda shop: ExtractiveSystem(
        shop.index, shop.encoder, shop.settings, shop.load_reader()
    ),
    "closed-book": lambda shop: ClosedBookSystem(shop.load_generator()),
}
"""Every system by the name that `--system` gives it."""
