"""How good the sources of an answer are, after ALCE (Gao et al., EMNLP 2023).

ALCE asks a language model whether a citation entails its sentence; here precision and
recall are held against gold quotes, and support against words. The quirks of its script are
gone: sentences with a number out of range leave its precision, as do all citations of a
sentence after the third and all text after the first line; empty answers leave its means.
"""

from collections.abc import Iterator

from eval.measures.normalise import tokens
from eval.types import Cited, Gold, Record, Said

SUPPORTED_SHARE = 0.8
"""The least share of a sentence's words in its quotes: the figure of the product's own check
(rag/config.py), which compares stems, not words."""

_FUNCTION_WORDS = """
    ce cet cette ces mon ton son ma ta sa mes tes ses notre votre leur nos vos leurs je tu il
    elle on nous vous ils elles me te se lui eux y en qui que quoi dont lequel laquelle celui
    celle ceux celles ceci cela ca a de dans par pour sur sous avec sans chez vers entre et ou
    mais donc or ni car comme si ne est sont etait etaient ete etre ai as ont avait avaient
    avoir eu sera seront fut furent soit t
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words, as the normaliser leaves them, that are in any French text; « pas » says something."""


def citation_precision(record: Record) -> float | None:
    """Return right citations / citations of an answer, each sentence's counted apart.

    A citation is right if it shares a character with a gold quote; a number that leads
    nowhere is a wrong one, and an answer without citation gets 0. Measured on answerable
    questions that are answered.
    """
    if not _has_gold(record):
        return None
    right = [_is_right(record, citation) for citation in _citations(record)]
    return sum(right) / len(right) if right else 0.0


def citation_recall(record: Record) -> float | None:
    """Return gold quotes that a citation shares a character with / gold quotes.

    Where any gold quote is evidence enough, one that is reached gives 1. An answer without
    citation gets 0. Measured on answerable questions that are answered.
    """
    if not _has_gold(record):
        return None
    question = record.question
    citations = list(_citations(record))
    reached = [any(_overlap(gold, citation) for citation in citations) for gold in question.gold]
    return float(any(reached)) if question.evidence == "any" else sum(reached) / len(reached)


def quote_exactness(record: Record) -> float | None:
    """Return citations whose quote stands at its offsets / citations of an answer.

    None without citation: what is not quoted is neither exact nor inexact.
    """
    if record.response.refused:
        return None
    exact = [citation.exact for citation in _citations(record)]
    return sum(exact) / len(exact) if exact else None


def supported_share(record: Record) -> float | None:
    """Return supported sentences / sentences that a user is shown in an answer."""
    return _share_of_sentences([is_supported(said) for said in _shown(record)])


def unmarked_share(record: Record) -> float | None:
    """Return unsupported sentences that are not marked so / sentences shown in an answer."""
    return _share_of_sentences([not (said.marked or is_supported(said)) for said in _shown(record)])


def is_supported(said: Said) -> bool:
    """Tell whether a sentence stands in its quotes, by the words alone.

    At least `SUPPORTED_SHARE` of its words, function words left out and each counted once,
    and all of its numbers must be among those of its exact quotes together; a quote that is
    not in the document supports nothing. A sentence of function words alone needs a quote.

    Limits: words are compared as written, so that a true paraphrase may fail, and a sentence
    that turns its quote round may pass. It is the same for every system.
    """
    quotes = [citation.quote for citation in said.citations if citation.exact]
    if not quotes:
        return False
    stated = _content(said.text)
    found = stated & _content(" ".join(quotes))
    numbers = {token for token in stated if token[0].isdigit()}
    return numbers <= found and len(found) >= SUPPORTED_SHARE * len(stated)


def _content(text: str) -> frozenset[str]:
    """Return the normalised words of a text that are no function words."""
    return frozenset(tokens(text)) - FUNCTION_WORDS


def _has_gold(record: Record) -> bool:
    """Tell whether the citations of this record can be held against gold quotes."""
    return bool(record.question.gold) and not record.response.refused


def _citations(record: Record) -> Iterator[Cited]:
    """Yield the citations of an answer, sentence by sentence."""
    return (citation for said in record.response.sentences for citation in said.citations)


def _is_right(record: Record, citation: Cited) -> bool:
    """Tell whether a citation reaches any gold quote of its question."""
    return any(_overlap(gold, citation) for gold in record.question.gold)


def _overlap(gold: Gold, citation: Cited) -> bool:
    """Tell whether a gold quote and a citation have a character of a document in common."""
    overlaps = max(gold.start, citation.start) < min(gold.end, citation.end)
    return gold.document == citation.document and overlaps


def _shown(record: Record) -> tuple[Said, ...]:
    """Return the sentences of an answer, none of a refusal."""
    return () if record.response.refused else record.response.sentences


def _share_of_sentences(verdicts: list[bool]) -> float | None:
    """Return the share of sentences of which something is true, None if there is none."""
    return sum(verdicts) / len(verdicts) if verdicts else None
