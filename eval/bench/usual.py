"""The usual ways with the same weights: each library as its own documentation shows it.

The only file of the benchmark that imports them. Nothing is asked of the network, and no file
is opened in a format that can hold code.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForCausalLM, AutoTokenizer, TextIteratorStreamer

from rag import models
from rag.environment import Environment
from rag.hardware import best_device, best_dtype
from rag.index.vectors import Ids, Scores
from rag.types import Encoder, GenerationLimits, Generator, Pieces, Vectors

PATIENCE = 900.0
"""Seconds that a piece of text may take: reading a prompt in float32 takes tens of them."""

FROM_DISK = {"local_files_only": True, "use_safetensors": True}


class UsualEncoder:
    """sentence-transformers with its defaults, in float32: what `encode` does by itself."""

    def __init__(self, folder: Path, like: Encoder) -> None:
        """Load the weights that `like`, which names the model, was loaded from."""
        self.name = like.name
        self.fingerprint = like.fingerprint
        self.dimension = like.dimension
        self._model = SentenceTransformer(
            str(folder), local_files_only=True, model_kwargs={"dtype": "float32", **FROM_DISK}
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a question, shape (n, dimension)."""
        return np.asarray(self._model.encode_query(list(texts)), np.float32)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return one vector a text, shape (n, dimension); `progress` is told at the end."""
        rows = np.asarray(self._model.encode_document(list(texts)), np.float32)
        if progress is not None:
            progress(len(texts))
        return rows


class UsualGenerator:
    """transformers' `generate` on the whole model, greedy, in the best format it has here."""

    def __init__(self, folder: Path, like: Generator) -> None:
        """Load the weights that `like` was loaded from; its tokenizer renders the prompts."""
        self.name = like.name
        self.fingerprint = like.fingerprint
        self.tokenizer = like.tokenizer
        device = best_device()
        self._text: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model: Any = AutoModelForCausalLM.from_pretrained(
            folder, dtype=best_dtype(device), **FROM_DISK
        )
        self._model = model.to(device)

    def stream(
        self, prompt: Sequence[int], limits: GenerationLimits, cancelled: Callable[[], bool]
    ) -> Pieces:
        """Yield the continuation; it is neither cancelled nor bounded in time, as usual."""
        del cancelled
        ids = self._text.pad({"input_ids": [list(prompt)]}, return_tensors="pt")
        # Without a time limit the streamer would wait for ever if `generate` failed.
        streamer: Any = TextIteratorStreamer(
            self._text, skip_prompt=True, skip_special_tokens=True, timeout=PATIENCE
        )
        given = {**ids.to(self._model.device), "streamer": streamer, "do_sample": False}
        # A daemon: an interruption shall not wait for the end of the answer.
        threading.Thread(
            target=self._model.generate,
            kwargs={**given, "max_new_tokens": limits.max_new_tokens},
            daemon=True,
        ).start()
        yield from (piece for piece in streamer if piece)


class FlatIndex:
    """FAISS without any of our own code: every vector compared, numbered by its row."""

    def __init__(self, vectors: Vectors) -> None:
        """Index vectors, shape (n, dimension)."""
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def search(self, query: Scores, k: int) -> tuple[Ids, Scores]:
        """Return the rows of the `k` greatest inner products, greatest first, and these."""
        scores, rows = self._index.search(query[None], k)
        return rows[0], scores[0]


def load_usual_encoder(encoder: Encoder, environment: Environment) -> UsualEncoder:
    """Load an encoder once more, as sentence-transformers does by default."""
    return UsualEncoder(models.resolve(encoder.name, environment.cache, offline=True), encoder)


def load_usual_generator(generator: Generator, environment: Environment) -> UsualGenerator:
    """Load a generator once more, as transformers does by default."""
    folder = models.resolve(generator.name, environment.cache, offline=True)
    return UsualGenerator(folder, generator)
