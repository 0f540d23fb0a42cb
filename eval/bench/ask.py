"""Part `ask`: a question to its whole answer, against the usual tutorial on the same models."""

from collections.abc import Callable, Mapping, Sequence

from eval.bench.metered import Metered
from eval.bench.types import Clock, Measure, Stand
from eval.bench.weights import Limit
from eval.types import Question, System
from rag.pipeline import Assistant
from rag.types import Done, Event, Retrieved, Token

OURS, LIMIT = "parole", "limit"

Asker = Callable[[Question], Mapping[str, float]]
"""Asks one question and returns what that took, by the names of measures."""


def bench_ask(
    askers: Mapping[str, Asker], questions: Sequence[Question], limit: Limit, stand: Stand
) -> None:
    """Ask every question of each system in turn; the first one once before, unmeasured.

    A ratio is taken only over questions to which both wrote something: a refusal is fast.
    """
    stand.note(Measure("ask", LIMIT, "prompt_rate"), limit.prompt)
    stand.note(Measure("ask", LIMIT, "answer_rate"), limit.answer)
    for ask in askers.values():
        ask(questions[0])
    for done, question in enumerate(questions, 1):
        taken = {name: ask(question) for name, ask in askers.items()}
        for name, found in taken.items():
            for measure, value in found.items():
                stand.note(Measure("ask", name, measure), value)
        _compare(taken, limit, stand)
        stand.progress("ask", done, len(questions))


def _compare(taken: Mapping[str, Mapping[str, float]], limit: Limit, stand: Stand) -> None:
    """Note how far the product is from the others and from the limit on one question."""
    ours = taken[OURS]
    for name, other in taken.items():
        if name != OURS and "first_word" in ours and "first_word" in other:
            for measure in ("first_word", "total"):
                ratio = other[measure] / ours[measure]
                stand.note(Measure("ask", name, f"ratio_{measure}"), ratio)
    for measure, bound in (("prompt", limit.prompt), ("answer", limit.answer)):
        if (rate := ours.get(f"{measure}_rate")) is not None:
            stand.note(Measure("ask", OURS, f"share_of_limit_{measure}"), rate / bound)


def parole_asker(assistant: Assistant, generator: Metered, clock: Clock) -> Asker:
    """Return what asks the product, whose assistant writes with this `generator`."""

    def ask(question: Question) -> Mapping[str, float]:
        generator.last = None
        start, marks = clock(), dict[str, float]()
        for event in assistant.stream(question.text, question.history):
            for name in reached(event):
                marks.setdefault(name, clock() - start)
        return {**marks, **_written(generator)}

    return ask


def reached(event: Event) -> Sequence[str]:
    """Return what a reader has with an event of an answer."""
    match event:
        case Retrieved(hits, evidence):
            return ["passages"] * bool(hits) + ["evidence"] * (evidence is not None)
        case Token():
            return ["first_word"]
        case Done():
            return ["total"]
        case _:
            return []


def system_asker(system: System, generator: Metered, clock: Clock) -> Asker:
    """Return what asks another system, which writes with this `generator`.

    Its first word is taken where the generator gives it, as if the system showed it then.
    """

    def ask(question: Question) -> Mapping[str, float]:
        generator.last = None
        start = clock()
        system.answer(question)
        total = clock() - start
        found = {"total": total, **_written(generator)}
        if generator.last is not None:
            found["first_word"] = generator.last.first - start
        return found

    return ask


def _written(generator: Metered) -> Mapping[str, float]:
    """Return what the last writing took; nothing where nothing was written."""
    last = generator.last
    if last is None:
        return {}
    rest = {} if last.answer_rate is None else {"answer_rate": last.answer_rate}
    counts = {"prompt_tokens": float(last.prompt), "answer_tokens": float(last.tokens)}
    return {**counts, "prompt_rate": last.prompt_rate, **rest}
