"""Part `encode`: texts to vectors, against sentence-transformers with its defaults."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval.bench.timing import turns
from eval.bench.types import Measure, Stand
from rag.types import Encoder

OURS, USUAL = "parole", "sentence-transformers"

Encoders = Mapping[str, Encoder]
"""Both encoders by their names."""


def bench_encode(
    encoders: Encoders, texts: Sequence[str], questions: Sequence[str], stand: Stand
) -> None:
    """Encode all passages by each in turn, then the questions one by one, each by each in turn.

    Both get the same texts in the same order; the least cosine between their vectors says
    whether they still compute the same.
    """
    ours, usual = (encoders[name].encode_passages(texts) for name in (OURS, USUAL))
    agreement = float(np.sum(ours * usual, axis=1).min())
    stand.note(Measure("encode", OURS, "least_cosine"), agreement)
    works = {name: _passages(encoder, texts) for name, encoder in encoders.items()}
    whole = stand.rounds + len(questions)
    for done, took in enumerate(turns(works, range(stand.rounds), stand.clock), 1):
        for name, length in took.items():
            stand.note(Measure("encode", name, "passage_rate"), len(texts) / length)
        stand.note(Measure("encode", USUAL, "ratio_total"), took[USUAL] / took[OURS])
        stand.progress("encode", done, whole)
    asking = {name: _question(encoder) for name, encoder in encoders.items()}
    for done, took in enumerate(turns(asking, questions, stand.clock), stand.rounds + 1):
        for name, length in took.items():
            stand.note(Measure("encode", name, "query"), 1000 * length)
        stand.note(Measure("encode", USUAL, "ratio_query"), took[USUAL] / took[OURS])
        stand.progress("encode", done, whole)


def _passages(encoder: Encoder, texts: Sequence[str]) -> Callable[[int], object]:
    """Return the work of one round."""
    return lambda _round: encoder.encode_passages(texts)


def _question(encoder: Encoder) -> Callable[[str], object]:
    """Return the work of one question."""
    return lambda question: encoder.encode_queries([question])
