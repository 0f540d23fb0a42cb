"""Questions one by one and at once, with a clock that moves by what the models do."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench.ask import Asker, bench_ask, parole_asker, reached, system_asker
from eval.bench.askers import CROWDS, bench_askers
from eval.bench.machine import Rates
from eval.bench.metered import Metered, Writing
from eval.bench.weights import Limit, Weights, counted, limit_of
from eval.systems.naive import NaiveSystem
from eval.types import Question
from rag.config import AnswerabilitySettings, Settings
from rag.index.store import Index
from rag.pipeline import Assistant
from rag.types import GenerationLimits, Pieces, Retrieved, Token, Waiting, never
from tests.bench_fakes import Bench, Hands, SlowGenerator
from tests.eval_samples import question
from tests.fakes import FakeEncoder, FakeTokenizer
from tests.samples import DOCUMENTS, build_index

WILLING = Settings(answerability=AnswerabilitySettings(threshold=0.0))
STRICT = Settings(answerability=AnswerabilitySettings(threshold=1.1))
ENTRY = "L’entrée coûte 6,50 euros."
ASKED = question(text="Combien coûte l’entrée du musée ?")
LIMITS = GenerationLimits(max_new_tokens=160, deadline=120.0)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS)


def test_a_writing_is_timed_from_the_end_of_the_queue() -> None:
    clock = Hands()

    class Queued(SlowGenerator):
        def stream(self, *given: object) -> Pieces:
            clock.now += 50
            yield Waiting(1)
            yield from super().stream(*given)  # type: ignore[arg-type]  # handed on as it came

    watched = Metered(Queued(clock, 2.0, 0.5, "un deux trois quatre"), clock)
    pieces = list(watched.stream(range(30), LIMITS, never))
    assert pieces == [Waiting(1), "un ", "deux ", "trois ", "quatre "]
    assert watched.last == Writing(30, 4, 1, 50.0, 52.5, 54.0)
    assert watched.last.prompt_rate == 30 / 2.5
    assert watched.last.answer_rate == 3 / 1.5


def test_nothing_written_is_nothing_timed_and_one_piece_has_no_rate() -> None:
    clock = Hands()
    watched = Metered(SlowGenerator(clock, 1.0, 1.0, "un"), clock)
    list(watched.stream(range(3), LIMITS, lambda: True))
    assert watched.last is None
    watched = Metered(SlowGenerator(clock, 1.0, 1.0, "un"), clock)
    list(watched.stream(range(3), LIMITS, never))
    assert watched.last is not None
    assert watched.last.answer_rate is None


def test_the_product_is_timed_to_its_passages_its_first_word_and_its_end(index: Index) -> None:
    clock = Hands()
    watched = Metered(SlowGenerator(clock, 3.0, 0.25, ENTRY), clock)
    asker = parole_asker(Assistant(index, FakeEncoder(), watched, WILLING), watched, clock)
    found = asker(ASKED)
    assert found["passages"] == found["evidence"] == 0.0
    assert found["first_word"] == 3.25
    assert found["total"] == 4.0
    assert found["answer_tokens"] == 4.0
    assert found["prompt_rate"] == found["prompt_tokens"] / 3.25
    assert found["answer_rate"] == 3 / 0.75


def test_a_refusal_has_passages_and_an_end_and_no_word(index: Index) -> None:
    clock = Hands()
    watched = Metered(SlowGenerator(clock, 3.0, 0.25, ENTRY), clock)
    watched.last = Writing(1, 1, 1, 0.0, 1.0, 1.0)
    asker = parole_asker(Assistant(index, FakeEncoder(), watched, STRICT), watched, clock)
    assert asker(ASKED) == {"passages": 0.0, "total": 0.0}


def test_events_without_a_passage_or_a_word_reach_nothing() -> None:
    assert reached(Retrieved(())) == []
    assert reached(Waiting(2)) == []
    assert reached(Token("un")) == ["first_word"]


def test_the_tutorial_is_timed_by_the_same_marks(index: Index) -> None:
    clock = Hands()
    watched = Metered(SlowGenerator(clock, 8.0, 0.5, f"{ENTRY} [1]"), clock)
    found = system_asker(NaiveSystem(index, FakeEncoder(), watched), watched, clock)(ASKED)
    assert found["first_word"] == 8.5
    assert found["total"] == 10.5
    assert found["answer_tokens"] == 5.0
    assert "passages" not in found


def test_systems_are_asked_in_turn_and_compared_question_by_question() -> None:
    bench, log = Bench(), list[str]()

    def asker(name: str, *totals: float) -> Asker:
        rest = list(totals)

        def ask(asked: Question) -> dict[str, float]:
            log.append(f"{name} {asked.id}")
            total = rest.pop(0)
            return {"first_word": total / 2, "total": total, "answer_rate": total}

        return ask

    questions = [question(id="q1"), question(id="q2"), question(id="q3")]
    askers = {"parole": asker("parole", 9, 2, 4, 5), "naive": asker("naive", 9, 6, 16, 10)}
    bench_ask(askers, questions, Limit(prompt=100.0, answer=8.0), bench.stand)
    assert log == [
        "parole q1", "naive q1", "parole q1", "naive q1", "parole q2", "naive q2",
        "parole q3", "naive q3",
    ]  # fmt: skip
    values = bench.values()
    assert values["parole", "total", 0] == [2, 4, 5]
    assert values["naive", "ratio_total", 0] == [3.0, 4.0, 2.0]
    assert values["naive", "ratio_first_word", 0] == [3.0, 4.0, 2.0]
    assert values["parole", "share_of_limit_answer", 0] == [0.25, 0.5, 0.625]
    assert values["limit", "prompt_rate", 0] == [100.0]
    assert bench.progress == [("ask", done, 3) for done in (1, 2, 3)]


def test_a_question_that_was_refused_is_in_no_ratio() -> None:
    bench = Bench()
    askers = {
        "parole": lambda _asked: {"total": 0.1},
        "naive": lambda _asked: {"first_word": 1.0, "total": 2.0},
    }
    bench_ask(askers, [ASKED], Limit(1.0, 1.0), bench.stand)
    assert {name for _, name, _ in bench.values()} == {
        "prompt_rate", "answer_rate", "total", "first_word",
    }  # fmt: skip


class Counting:
    """A generator that takes its turn, as the product's gate lets it."""

    name, fingerprint = "fake", "e" * 64

    def __init__(self) -> None:
        self.tokenizer = FakeTokenizer()
        self.asked = 0

    def stream(self, *_: object) -> Pieces:
        self.asked += 1
        yield from (f"{word} " for word in ENTRY.split(" "))


def test_each_crowd_asks_as_often_as_it_has_people(index: Index) -> None:
    bench, generator = Bench(rounds=2), Counting()
    assistant = Assistant(index, FakeEncoder(), generator, WILLING)
    ticking = iter(range(1, 10**6))
    stand = replace(bench.stand, clock=lambda: float(next(ticking)))
    bench_askers(assistant, [ASKED, ASKED], stand)
    assert generator.asked == 1 + 2 * sum(CROWDS)
    values = bench.values()
    assert [len(values["parole", "wait", size]) for size in CROWDS] == [2, 8, 32]
    for size in CROWDS:
        last = values["parole", "total_last", size]
        assert values["parole", "throughput", size] == [60 * size / total for total in last]
        assert max(values["parole", "wait", size]) in values["parole", "wait_last", size]
    assert bench.progress[-1] == ("askers", 6, 6)


@pytest.mark.parametrize(
    ("names", "layers", "head"),
    [
        ({"model.embed_tokens.weight": 100, "model.layers.0.q_proj.weight": 7}, 7, 100),
        (
            {"model.embed_tokens.weight": 90, "lm_head.weight": 100, "layers.0.weight": 7},
            7,
            100,
        ),
    ],
    ids=["tied", "apart"],
)
def test_only_what_a_token_needs_is_counted(names: dict[str, int], layers: int, head: int) -> None:
    found = counted(names, "bfloat16")
    assert found == Weights(layers, head, "bfloat16")
    assert found.read == 2 * (layers + head)


def test_memory_bounds_the_answer_and_multiplication_the_prompt() -> None:
    rates = Rates(bandwidth=3000.0, products={"float32": 1.0, "int8": 500.0})
    assert limit_of(Weights(layers=100, head=50, format="int8"), rates) == Limit(5.0, 20.0)
