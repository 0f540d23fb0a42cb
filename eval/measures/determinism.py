"""Whether two runs of a system on the same questions gave the same."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from eval.types import Record


def differing(a: Sequence[Record], b: Sequence[Record]) -> tuple[str, ...]:
    """Return the ids of the questions on which two runs differ in anything but seconds.

    A question that only one of the runs has differs too. The order of the records does not
    count; the ids come in that of `a`, then those that `b` alone has.
    """
    first, second = _by_id(a), _by_id(b)
    ids = dict.fromkeys(chain(first, second))
    return tuple(name for name in ids if first.get(name) != second.get(name))


def _by_id(records: Sequence[Record]) -> dict[str, Record]:
    """Return the records without their timings, by the id of their question."""
    return {
        record.question.id: replace(record, response=replace(record.response, seconds={}))
        for record in records
    }
