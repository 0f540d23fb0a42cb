"""A text in a few of its own sentences: the most typical one of each stretch."""

import re
from collections.abc import Collection, Sequence

import numpy as np

from rag.check.cite import states
from rag.french.words import fold
from rag.index.store import Index
from rag.search.case import Case
from rag.search.evidence import Sentence, sentences_of
from rag.talk.wholes import asks_for_whole, meant, named_in
from rag.types import Hit, Vectors

SENTENCES = 5
"""Sentences that a text is told in: as many as fit a screen with their sources."""

WORDS = range(8, 46)
"""Length of a sentence that is quoted: a shorter one says too little, a longer one is no
summary."""

_LEANING = re.compile(
    r"\W*(?:(?:il|elle|ils|elles|on|ce|cela|ca|celui|celle|ceux|celles|ces|cet|cette|lui|leurs?"
    r"|son|sa|ses|mais|et|or|donc|puis|ensuite|aussi|enfin|pourtant|cependant|toutefois|ainsi"
    r"|oui|non|voila|y|en (?:effet|outre|revanche)|de plus|par (?:ailleurs|contre|exemple)"
    r"|d'abord|d'autres?|l'un|l'une|l'autre|les (?:deux|autres|uns|memes)|tous|toutes|c'est|c'etait"
    r"|c'|s'y|pour (?:lui|elle|cela)|selon (?:lui|elle)|a ses yeux)\b)"
)
"""How a sentence begins, folded, that is not understood by itself."""


def overview(sentences: Sequence[Sentence], vectors: Vectors) -> list[Sentence]:
    """Return the few sentences that tell a text best, in their order; none of an empty text.

    The text is cut into stretches of as many sentences; of each is taken the sentence nearest
    to the mean of its stretch and of the whole text (the centroid method, Radev et al. 2004,
    one sentence a stretch, so that no part is left out). Sentences that lean on others are only
    taken where there is no other one.

    Args:
        sentences: those of the text, in its order.
        vectors: their unit vectors, shape (sentences, dimension).
    """
    usable = [place for place, one in enumerate(sentences) if states(one.text)]
    alone = [place for place in usable if _stands_alone(sentences[place].text)]
    places = alone if len(alone) >= SENTENCES else usable
    if not places:
        return []
    whole = vectors.mean(axis=0)
    chosen = []
    for stretch in np.array_split(np.array(places), min(SENTENCES, len(places))):
        typical = vectors[stretch[0] : stretch[-1] + 1].mean(axis=0)
        nearness = vectors[stretch] @ (whole + typical)
        chosen.append(sentences[int(stretch[int(np.argmax(nearness))])])
    return chosen


def asked_whole(index: Index, case: Case, within: Collection[str] | None) -> list[Sentence]:
    """Return what tells the text that a question asks for as a whole; nothing if it does not.

    Args:
        index: where the texts are.
        case: the question with what was found for it.
        within: ids of the only documents to look in; None is all of them.
    """
    if not asks_for_whole(case.question):
        return []
    titles = {one.id: one.title for one in index.documents() if within is None or one.id in within}
    found = list(dict.fromkeys(hit.passage.document_id for hit in case.hits))
    name = meant(case.query.text, titles, found)
    if name is None and found and named_in(case.query.text, index.document(found[0]).text):
        name = found[0]
    return _told(index, name) if name else []


def _told(index: Index, name: str) -> list[Sentence]:
    """Return the overview of one document."""
    document, passages = index.document(name), index.passages(name)
    hits = [Hit(passage, score=0.0, dense=0.0, lexical=0.0) for passage in passages]
    sentences = [sentence for hit in hits for sentence in sentences_of(hit, document)]
    if not sentences:
        return []
    return overview(sentences, np.concatenate([index.sentence_vectors(one) for one in passages]))


def _stands_alone(text: str) -> bool:
    """Tell whether a sentence is of a fit length and begins as one that leans on no other."""
    return len(text.split()) in WORDS and _LEANING.match(fold(text)) is None
