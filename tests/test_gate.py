"""The queue before the model: its order, its bound, its positions."""

import threading
import time

import pytest

from rag.errors import BusyError
from rag.types import never
from rag.write.gate import Gate


def test_one_comes_through_at_a_time() -> None:
    gate = Gate(max_waiting=1)
    order: list[str] = []

    def wait() -> None:
        with gate.ticket() as ticket:
            list(ticket.wait(never))
            order.append("second")

    with gate.ticket() as first:
        assert list(first.wait(never)) == []
        waiting = threading.Thread(target=wait)
        waiting.start()
        order.append("first")
    waiting.join(timeout=10)
    assert order == ["first", "second"]


def test_a_full_queue_refuses_and_keeps_no_place() -> None:
    gate = Gate(max_waiting=0)
    with gate.ticket(), pytest.raises(BusyError, match="attendent"), gate.ticket():
        pass
    with gate.ticket() as ticket:
        assert ticket.before() == 0


def test_a_cancelled_question_leaves_the_queue() -> None:
    gate = Gate(max_waiting=1)
    with gate.ticket() as first:
        with gate.ticket() as second:
            assert list(second.wait(lambda: True)) == []
            assert second.before() == 1
        assert first.before() == 0
        with gate.ticket() as third:
            assert third.before() == 1


def test_each_position_is_told_once() -> None:
    gate = Gate(max_waiting=2)
    with gate.ticket() as first:
        assert first.before() == 0
        with gate.ticket() as between, gate.ticket() as last:
            positions = last.wait(never)
            assert next(positions) == 2
            assert between.before() == 1


def test_the_order_of_arrival_is_kept() -> None:
    gate = Gate(max_waiting=3)
    order: list[int] = []
    told: dict[int, list[int]] = {}
    placed = threading.Semaphore(0)

    def wait(number: int) -> None:
        with gate.ticket() as ticket:
            placed.release()
            told[number] = list(ticket.wait(never))
            order.append(number)
            time.sleep(0.01)

    with gate.ticket():
        waiting = []
        for number in range(3):
            waiting.append(threading.Thread(target=wait, args=[number]))
            waiting[-1].start()
            assert placed.acquire(timeout=10)
    for thread in waiting:
        thread.join(timeout=10)
    assert order == [0, 1, 2]
    assert all(positions == sorted(positions, reverse=True) for positions in told.values())
    assert told[0] in ([1], [])
