"""What a person should look at again in a golden question, right as it may be."""

from collections.abc import Iterator

from eval.measures.correctness import inclusion
from eval.questions import strings as say
from eval.questions.golden import TextOf
from eval.types import Question, Response
from rag.french.sentences import sentence_spans


def doubts(question: Question, text_of: TextOf) -> list[str]:
    """Return what is doubtful about a question, in French, by the ruler of the benchmark itself.

    An answer that echoes the question counts as right; one that recites the gold quotes
    counts as wrong; a quote is not made of whole sentences.
    """
    found = list(_cut(question, text_of))
    if _counts_as_right(question.text, question):
        found.append(say.DOUBT_ECHO)
    if not all(_counts_as_right(text, question) for text in _evidence(question)):
        found.append(say.DOUBT_GOLD)
    return [say.ABOUT_QUESTION.format(id=question.id, reason=doubt) for doubt in found]


def _cut(question: Question, text_of: TextOf) -> Iterator[str]:
    """Yield the quotes that begin or end inside a sentence."""
    for gold in question.gold:
        spans = sentence_spans(text_of(gold.document))
        begins = any(start == gold.start for start, _ in spans)
        ends = any(end == gold.end for _, end in spans)
        if not (begins and ends):
            yield say.DOUBT_SENTENCE.format(quote=gold.quote)


def _evidence(question: Question) -> list[str]:
    """Return the texts each of which should be enough to answer."""
    quotes = [gold.quote for gold in question.gold]
    return ["\n".join(quotes)] if quotes and question.evidence == "all" else quotes


def _counts_as_right(text: str, question: Question) -> bool:
    """Tell whether an answer that says this, and nothing else, is measured as right."""
    said = Response(
        text=text,
        draft=text,
        refused=False,
        sentences=(),
        hits=(),
        certainty=None,
        seconds={},
        tokens=0,
    )
    return inclusion(question, said) == 1
