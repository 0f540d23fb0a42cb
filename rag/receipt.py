"""The receipt of an answer: the hashes of all that must be equal for equal bytes."""

import hashlib
from importlib.metadata import version

from rag import answerable, messages, prompt
from rag.config import Settings
from rag.store import Index
from rag.types import Encoder, Generator, Receipt


def receipt(index: Index, encoder: Encoder, generator: Generator, settings: Settings) -> Receipt:
    """Return the receipt of every answer that these four give.

    `settings` also covers what is written in the code and shapes an answer: the prompt, the
    sentences of refusal and the weight of the answerability decision.
    """
    written = [
        settings.fingerprint(),
        prompt.SYSTEM,
        prompt.REQUEST,
        messages.REFUSAL,
        messages.QUOTED_ANSWER,
        repr((answerable.BIAS, answerable.WEIGHT)),
    ]
    return Receipt(
        corpus=index.manifest.corpus,
        index=index.manifest.index,
        models={
            "encoder": f"{encoder.name}@{encoder.fingerprint}",
            "generator": f"{generator.name}@{generator.fingerprint}",
        },
        settings=hashlib.sha256("\n".join(written).encode()).hexdigest(),
        version=version("parole"),
    )
