"""Texts to unit vectors with a sentence-transformers folder; the only file that imports it."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

from rag import messages
from rag.errors import ModelError
from rag.hardware import best_device, best_dtype
from rag.types import Vectors

_BATCH_TEXTS = 32
"""Texts encoded together: the library's own default."""

# What the libraries raise over a folder with missing, cut or contradictory files.
_LOADING_ERRORS = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    RuntimeError,
    ImportError,
    SafetensorError,
)


class SentenceEncoder:
    """A sentence-transformers model on this machine; never asks the network for anything.

    Questions and passages get the prompts `query` and `document` that the folder saves, and
    no prefix where it saves none: a folder of an E5 model must save `query: ` and `passage: `
    itself (`config_sentence_transformers.json`), as the one that Parole converts does.

    The same texts in the same order give the same bytes on the same machine. In float32 a
    text alone and in a batch agree to 1e-5; in bfloat16, taken where the processor has it,
    padding changes the rounding and they agree to 1e-2 in each coordinate.
    """

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        """Load `folder`; raises ModelError where it is no model that can be loaded here."""
        self.name = name
        self.fingerprint = fingerprint
        self._model = _load(folder)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question: float32, shape (n, dimension)."""
        return self._encode(texts, self._model.encode_query, None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return one unit vector a text: float32, shape (n, dimension).

        `progress` is told after each batch how many texts are done. Texts beyond the
        model's length (512 tokens for E5) are cut by the model.

        Raises:
            ModelError: the model gave a vector without direction.
        """
        return self._encode(texts, self._model.encode_document, progress)

    def _encode(
        self,
        texts: Sequence[str],
        encode: Callable[..., np.ndarray],
        progress: Callable[[int], None] | None,
    ) -> Vectors:
        """Encode batches of texts of like length and put the rows back in order."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Longest first: a lack of memory shows at once. Ties keep the texts' order.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        for start in range(0, len(order), _BATCH_TEXTS):
            batch = order[start : start + _BATCH_TEXTS]
            rows[batch] = encode(
                [texts[index] for index in batch],
                batch_size=_BATCH_TEXTS,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            if progress is not None:
                progress(start + len(batch))
        return self._unit(rows)

    def _unit(self, rows: Vectors) -> Vectors:
        """Scale each row to length 1 in float32, whatever the model computed in."""
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise ModelError(messages.ENCODER_BROKEN.format(name=self.name))
        rows /= lengths
        return rows


def save_sentence_transformer(
    body: Path, target: Path, prompts: Mapping[str, str], arguments: Mapping[str, Any]
) -> None:
    """Make a sentence-transformers folder `target` of the transformers folder `body`.

    Mean pooling, then normalising; `prompts` are saved as the model's own, and so are the
    `arguments` that the body's class is to be made with (the library saves none itself).
    """
    transformer = Transformer(
        str(body), model_kwargs={**_model_arguments(torch.float32), **arguments}
    )
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    model = SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=dict(prompts), device="cpu"
    )
    model.save_pretrained(str(target), create_model_card=False)
    settings_file = target / transformer.config_file_name
    settings = json.loads(settings_file.read_text(encoding="utf-8"))
    settings["model_kwargs"] = dict(arguments)
    settings_file.write_text(json.dumps(settings, indent=4) + "\n", encoding="utf-8")


def _load(folder: Path) -> SentenceTransformer:
    """Load the model of a folder on the best device; the library sets evaluation mode."""
    device = best_device()
    try:
        return SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs=_model_arguments(best_dtype(device)),
        )
    except _LOADING_ERRORS as error:
        raise ModelError(messages.ENCODER_UNUSABLE.format(folder=folder, error=error)) from error


def _model_arguments(dtype: torch.dtype) -> dict[str, Any]:
    """Return how transformers must load weights: safetensors alone, from this disk alone."""
    return {"dtype": dtype, "use_safetensors": True, "local_files_only": True}
