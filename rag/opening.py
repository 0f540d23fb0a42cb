"""From names to things: an index, an encoder, its reader and a generator, loaded together."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rag import models
from rag.environment import Environment
from rag.index.encode import SentenceEncoder
from rag.index.store import Index, open_index, require_encoder
from rag.search.reader import SpanReader, adapter_base
from rag.search.reading import Reader
from rag.types import Encoder, Generator
from rag.write.gate import MAX_WAITING
from rag.write.generate import TransformersGenerator

ADAPTER = Path(__file__).parent / "adapters" / "reader.safetensors"
"""What the reader has learnt, made by `make adapters`."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What an assistant is made of; there is no reader beside an encoder that it does not know."""

    index: Index
    encoder: Encoder
    generator: Generator
    reader: Reader | None


def load_encoder(reference: str, environment: Environment) -> SentenceEncoder:
    """Load an encoder by its name in the manifest, its folder or its name on the hub.

    Nothing is downloaded here: that is `parole models pull`, which tells what it does.

    Raises:
        ModelMissingError: it is not on this machine.
        ModelError: it cannot be loaded.
    """
    folder = models.resolve(reference, environment.cache, offline=True)
    return SentenceEncoder(folder, reference, models.fingerprint(folder))


def load_reader(encoder: Encoder, environment: Environment) -> SpanReader | None:
    """Load the reader that goes with an encoder; None if it was trained on another one.

    Raises:
        ModelError: it cannot be loaded.
    """
    if encoder.fingerprint != adapter_base(ADAPTER):
        return None
    folder = models.resolve(encoder.name, environment.cache, offline=True)
    return SpanReader(folder, encoder.fingerprint, ADAPTER)


def load_generator(
    reference: str, environment: Environment, max_waiting: int = MAX_WAITING
) -> TransformersGenerator:
    """Load a generator by its name in the manifest, its folder or its name on the hub.

    Nothing is downloaded here: that is `parole models pull`, which tells what it does.
    `max_waiting` prompts may wait for the one that is continued.

    Raises:
        ModelMissingError: it is not on this machine.
        ModelError: it cannot be loaded.
    """
    folder = models.resolve(reference, environment.cache, offline=True)
    return TransformersGenerator(
        folder, reference, models.fingerprint(folder), environment.cache, max_waiting
    )


def open_parts(
    directory: Path, encoder: str, model: str, environment: Environment, max_waiting: int
) -> Parts:
    """Open the index in `directory` and load the encoder that made it and a generator.

    The index and its encoder are checked first: they are found wrong in seconds, the
    generator takes longer.

    Raises:
        StoreMissingError: there is no index there.
        StoreCorruptError: no generation of the index is sound.
        EncoderMismatchError: another encoder made the index.
        ModelError: a model is missing or cannot be loaded.
    """
    with ExitStack() as stack:
        index = stack.enter_context(open_index(directory))
        loaded = load_encoder(encoder, environment)
        require_encoder(index, loaded)
        reader = load_reader(loaded, environment)
        generator = load_generator(model, environment, max_waiting)
        stack.pop_all()
    return Parts(index, loaded, generator, reader)
