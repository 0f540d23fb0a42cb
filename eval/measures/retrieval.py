"""How well the passages that hold the answer are found and ranked.

The figures are those of trec_eval (Buckley, NIST) and, for MRR@10, of the MS MARCO script,
both through ir-measures (MacAvaney, Macdonald and Ounis, ECIR 2022); this is the only file
that imports it. A passage is relevant when it holds a gold quote, and relevance is binary:

- recall@k: relevant passages among the first k, over all relevant ones;
- success@k: 1 if a relevant passage is among the first k, else 0;
- MRR@10: 1 / rank of the first relevant passage, 0 beyond rank 10;
- nDCG@10: Järvelin and Kekäläinen (TOIS 2002) as trec_eval computes it: the sum over the
  first 10 ranks of gain / log2(rank + 1), over the same sum for the best possible ranking.
"""

import ir_measures
from ir_measures import RR, R, ScoredDoc, Success, nDCG

from eval.types import Record

_CUTOFFS = (1, 3, 5, 10)
_MEASURES = {
    **{f"recall@{k}": R @ k for k in _CUTOFFS},
    **{f"success@{k}": Success @ k for k in _CUTOFFS},
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}

RETRIEVAL = tuple(_MEASURES)
"""The names of the measures, in the order of reports."""


def retrieval(record: Record, name: str) -> float | None:
    """Return one of the measures of `RETRIEVAL` for one question, from 0 to 1.

    The ranking is the order of the hits, whatever their scores; a passage that comes twice
    counts where it comes first. There is nothing to measure on an unanswerable question, nor
    on a system without passages: neither a hit nor a relevant passage. An answerable
    question whose quotes stand whole in no passage gets 0: cutting the text lost them.

    Raises:
        KeyError: `name` is none of `RETRIEVAL`.
    """
    measure = _MEASURES[name]
    ranking = dict.fromkeys(hit.span.id for hit in record.response.hits)
    if not record.question.answerable or not (ranking or record.relevant):
        return None
    if not ranking or not record.relevant:
        return 0.0
    run = [ScoredDoc(_QUERY, passage, -float(rank)) for rank, passage in enumerate(ranking)]
    judged = {_QUERY: dict.fromkeys(record.relevant, 1)}
    return float(ir_measures.calc_aggregate([measure], judged, run)[measure])


_QUERY = "q"
"""The name that a question has in its own run of one."""
