"""A small question, answer and record for the tests of the benchmark, to be changed at will."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eval.types import Cited, Gold, Question, Ranked, Record, Response, Said, Span
from rag import messages

DOCUMENT = "corpus/canal-du-midi.md"
TEXT = "Le canal a été ouvert en 1681. Il mesure 240 kilomètres et compte 63 écluses."
QUOTE = "Le canal a été ouvert en 1681."

GOLD = Gold(document=DOCUMENT, quote=QUOTE, start=0, end=len(QUOTE))

_QUESTION = Question(
    id="canal-1",
    base_id="canal-1",
    variant="base",
    split="dev",
    lang="fr",
    text="En quelle année le canal a-t-il été ouvert ?",
    history=(),
    type="date",
    tags=(),
    difficulty="easy",
    answerable=True,
    unanswerable_reason="",
    answers=("1681",),
    required=(),
    forbidden=(),
    numeric=None,
    gold=(GOLD,),
    evidence="any",
    expected="answer",
    written_by="nous",
    reviewed="nous",
)
_SECONDS: Mapping[str, float] = {"retrieve": 0.1, "generate": 0.8, "verify": 0.1, "total": 1.0}


def question(**changes: Any) -> Question:
    """Return an answerable question about the year of a canal."""
    return replace(_QUESTION, **changes)


def unanswerable(**changes: Any) -> Question:
    """Return a question that the corpus does not answer, and that should be refused."""
    changes = {"id": "canal-2", "base_id": "canal-2", **changes}
    return question(
        **{
            "text": "Combien le canal a-t-il coûté ?",
            "type": "near miss",
            "answerable": False,
            "unanswerable_reason": "near miss",
            "answers": (),
            "gold": (),
            "expected": "refuse",
            **changes,
        }
    )


def cited(**changes: Any) -> Cited:
    """Return a citation of the gold quote, exact."""
    found = Cited(document=DOCUMENT, start=0, end=len(QUOTE), quote=QUOTE, exact=True)
    return replace(found, **changes)


def said(text: str = QUOTE, *citations: Cited, marked: bool = False) -> Said:
    """Return one sentence of an answer, without citation unless some are given."""
    return Said(text=text, marked=marked, citations=citations)


def ranked(
    identity: str = "p1",
    start: int = 0,
    end: int = len(QUOTE),
    score: float = 1.0,
    document: str = DOCUMENT,
) -> Ranked:
    """Return a retrieved passage, which holds the gold quote unless told otherwise."""
    return Ranked(span=Span(id=identity, document=document, start=start, end=end), score=score)


def response(**changes: Any) -> Response:
    """Return the right answer, cited; `text` and `sentences` follow each other.

    With `text` alone, the answer is one sentence without citation; with `sentences` alone,
    the text is made of them; with `refused=True`, it is the product's refusal.
    """
    if changes.get("refused"):
        changes = {"text": messages.REFUSAL, "sentences": (), "draft": "", "tokens": 0, **changes}
    sentences: tuple[Said, ...] = changes.get("sentences", (said(QUOTE, cited()),))
    if "text" in changes and "sentences" not in changes:
        sentences = (said(changes["text"]),)
    text = " ".join(map(_shown, sentences))
    found = Response(
        text=text,
        draft=" ".join(sentence.text for sentence in sentences),
        refused=False,
        sentences=sentences,
        hits=(ranked(),),
        certainty=0.9,
        seconds=_SECONDS,
        tokens=12,
    )
    return replace(found, **changes)


def _shown(sentence: Said) -> str:
    """Return a sentence as a user reads it, with its numbers or the mark."""
    if sentence.marked:
        return f"{sentence.text} {messages.UNSUPPORTED_MARK}"
    numbers = (f"[{number}]" for number, _ in enumerate(sentence.citations, start=1))
    return " ".join((sentence.text, *numbers))


def record(**changes: Any) -> Record:
    """Return the question with its right answer, its first passage being the relevant one."""
    return replace(Record(question=question(), response=response(), relevant=("p1",)), **changes)
