"""Every setting that changes an answer, frozen; made once at the edge and passed down."""

import hashlib
import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How long a passage is, in words."""

    min_words: int = 120
    max_words: int = 220


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """How passages are found.

    `dense_weight` is the share of the standardised dense score in the fused one: of the
    fusions tried on 3,188 French questions over 768 paragraphs, the sum with 0.6 had the
    best recall@1 (0.721; reciprocal rank fusion 0.686, FAISS 0.535, BM25 0.673).
    """

    candidates: int = 50
    hits: int = 5
    hits_per_document: int = 3
    dense_weight: float = 0.6


@dataclass(frozen=True, slots=True)
class GenerationSettings:
    """What the generator gets and how long it may take.

    Where a reader has ranked the sentences, the best `sentences` are told, of which the best
    `with_neighbours` bring those before and behind them; without a reader, the best passage is
    told whole, and `other_sentences` beside it. `python -m eval.calibrate` prints how often the
    answer is among them, and in how many words. `deadline` is in seconds.
    """

    sentences: int = 5
    with_neighbours: int = 2
    other_sentences: int = 2
    max_prompt_tokens: int = 1024
    max_new_tokens: int = 160
    deadline: float = 120.0


@dataclass(frozen=True, slots=True)
class SupportSettings:
    """When a sentence of the answer counts as carried by the corpus.

    `coverage` is the least share of the sentence's terms that one sentence of a passage must
    have (rag/check/support.py), `pair_coverage` that which two neighbours need: words are found
    together in two sentences far more easily. The claims of tests/test_claims.py hold both;
    from 0.7 to 0.88 none of them is judged otherwise, since verbs and what a claim adds must
    all be there.

    `grounding` is the least share that some sentence must have of a draft that did not stand, lest
    the question be refused. Of 38 such drafts to development questions 8 have less: 5 of the 10 to
    questions without an answer, and 3 of the 28 to others.
    """

    coverage: float = 0.88
    pair_coverage: float = 0.9
    grounding: float = 0.2


@dataclass(frozen=True, slots=True)
class AnswerabilitySettings:
    """The least probability of an answer in the corpus with which one is written.

    Of the golden questions for development 0.3 lets every answerable one through, and of those
    of PIAF nine in ten; of the near misses more than half, which are left to the check
    (`python -m eval.calibrate PIAF.json`). A higher one costs answers first: those are worse,
    since behind the gate the check still looks.
    """

    threshold: float = 0.3


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings together; their hash stands in every answer's receipt."""

    chunk: ChunkSettings = field(default_factory=ChunkSettings)
    retrieval: RetrievalSettings = field(default_factory=RetrievalSettings)
    answerability: AnswerabilitySettings = field(default_factory=AnswerabilitySettings)
    generation: GenerationSettings = field(default_factory=GenerationSettings)
    support: SupportSettings = field(default_factory=SupportSettings)

    def fingerprint(self) -> str:
        """Return the sha256 of the settings as canonical JSON."""
        canonical = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
