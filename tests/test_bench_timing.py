"""How works take turns, what is kept of them, and what becomes of it."""

import json

import pytest

from eval.bench.ledger import Ledger, as_json, figure
from eval.bench.machine import COPIED, INNER, TOKENS, WIDTH, measure_machine
from eval.bench.timing import turns
from eval.bench.types import Measure, Results
from tests.bench_fakes import Bench, Hands

TOTAL = Measure("ask", "parole", "total")


def test_works_take_turns_and_the_first_turn_does_not_count() -> None:
    clock, log = Hands(), list[str]()
    works = {"A": clock.work(log, "A", 9, 1, 2), "B": clock.work(log, "B", 9, 4, 6)}
    found = list(turns(works, ["x", "y"], clock))
    assert log == ["A", "B", "A", "B", "A", "B"]
    assert found == [{"A": 1, "B": 4}, {"A": 2, "B": 6}]


def test_each_work_gets_each_item_and_the_first_one_twice() -> None:
    got: list[tuple[str, int]] = []
    works = {"A": lambda item: got.append(("A", item)), "B": lambda item: got.append(("B", item))}
    list(turns(works, [7, 8], Hands()))
    assert got == [("A", 7), ("B", 7), ("A", 7), ("B", 7), ("A", 8), ("B", 8)]


def test_a_round_that_was_interrupted_gives_nothing_and_those_before_stay() -> None:
    clock, log = Hands(), list[str]()

    def interrupted(item: int) -> None:
        if item == 2:
            raise KeyboardInterrupt

    rounds = turns({"A": clock.work(log, "A", 3), "B": interrupted}, [1, 2], clock)
    assert next(rounds) == {"A": 3, "B": 0}
    with pytest.raises(KeyboardInterrupt):
        next(rounds)


def test_a_figure_has_the_median_the_quartiles_and_the_95th_percentile() -> None:
    found = figure(TOTAL, [4.0, 1.0, 3.0, 2.0])
    assert (found.median, found.low, found.high, found.p95) == (2.0, 1.0, 3.0, 4.0)
    assert found.values == (4.0, 1.0, 3.0, 2.0)


def test_values_are_kept_by_what_they_are_of_in_the_order_they_came() -> None:
    ledger = Ledger()
    other = Measure("ask", "naive", "total")
    for measure, value in ((other, 5.0), (TOTAL, 1.0), (other, 7.0)):
        ledger.note(measure, value)
    assert [(one.measure, one.values) for one in ledger.figures()] == [
        (other, (5.0, 7.0)),
        (TOTAL, (1.0,)),
    ]


def test_a_measure_without_a_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="'speed' has no unit"):
        Ledger().note(Measure("ask", "parole", "speed"), 1.0)


def test_the_json_has_every_value_with_its_unit() -> None:
    ledger = Ledger()
    for value in (1.5, 2.5, 2.0):
        ledger.note(TOTAL, value)
    found = json.loads(as_json(Results(ledger.figures(), {"seed": 0}, ("machine",))))
    assert found == {
        "format": 1,
        "conditions": {"seed": 0},
        "finished": ["machine"],
        "figures": [
            {
                "part": "ask", "subject": "parole", "name": "total", "scale": 0,
                "unit": "seconds", "n": 3, "values": [1.5, 2.5, 2.0], "median": 2.0,
                "low": 1.5, "high": 2.5, "p95": 2.5,
            },
        ],
    }  # fmt: skip


def test_the_machines_rates_are_amounts_over_median_seconds() -> None:
    bench, log = Bench(rounds=3), list[str]()
    works = {
        "copy": bench.clock.work(log, "copy", 9, 0.5, 0.25, 1),
        "int8": bench.clock.work(log, "int8", 9, 2, 4, 1),
    }
    rates = measure_machine(bench.stand, works)
    assert log == ["copy", "int8"] * 4
    assert rates.bandwidth == 2 * COPIED / 0.5
    assert rates.products == {"int8": TOKENS * WIDTH * INNER / 2}
    assert bench.values()["copy", "bandwidth", 0] == [
        2 * COPIED / seconds / 1e9 for seconds in (0.5, 0.25, 1)
    ]
    assert bench.progress[-1] == ("machine", 3, 3)
