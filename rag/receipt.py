"""The receipt of an answer: the hashes of all that must be equal for equal bytes."""

import hashlib
from importlib.metadata import version

from rag import messages
from rag.config import Settings
from rag.index.store import Index
from rag.search import answerable, case, evidence, finding
from rag.search.reading import Reader
from rag.search.retrieve import DUPLICATE_OVERLAP
from rag.talk.leaning import FOLLOW_UP_TERMS
from rag.types import Encoder, Generator, Receipt
from rag.write import prompt

_SAID = (
    "ABOUT_",
    "LISTED",
    "MISSING_",
    "NAMED",
    "OF",
    "QUESTION_OF_",
    "QUOTED_",
    "REFUSAL",
    "WHOLE_",
)
"""How the names of the sentences begin that may stand in an answer."""


def receipt(
    index: Index,
    encoder: Encoder,
    generator: Generator,
    settings: Settings,
    reader: Reader | None,
) -> Receipt:
    """Return the receipt of every answer that these five give.

    `settings` also covers the prompt, the sentences said and the constants of the decisions.
    The processor is not in it: on another one the last digits of a sum may differ.
    """
    written = [
        settings.fingerprint(),
        prompt.SYSTEM,
        prompt.REQUEST,
        *(text for name, text in sorted(vars(messages).items()) if name.startswith(_SAID)),
        repr((answerable.BIAS, answerable.WEIGHT, answerable.ODDS_WEIGHT)),
        repr((answerable.LACKING, answerable.FOREIGN)),
        repr((evidence.SENTENCE_DENSE_WEIGHT, evidence.PASSAGE_WEIGHT)),
        repr((evidence.READING_WEIGHT, evidence.SURE, finding.READ, finding.HIT_READING_WEIGHT)),
        repr((case.ANSWERING_GAP, case.QUOTABLE)),
        repr((DUPLICATE_OVERLAP, FOLLOW_UP_TERMS)),
    ]
    return Receipt(
        corpus=index.manifest.corpus,
        index=index.manifest.index,
        models={
            "encoder": f"{encoder.name}@{encoder.fingerprint}",
            "generator": f"{generator.name}@{generator.fingerprint}",
            **({"reader": reader.fingerprint} if reader else {}),
        },
        settings=hashlib.sha256("\n".join(written).encode()).hexdigest(),
        version=version("parole"),
    )
