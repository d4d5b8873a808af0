"""Facts are applied one after another, for every subject."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.core.decider import Decider, Entry, ListColumns
from tests.conftest import NOON


@dataclass(frozen=True)
class Counted:
    """One more was counted."""

    at: datetime = NOON
    by: str = "U1"


@dataclass(frozen=True)
class Count:
    """How many were counted."""

    version: int
    number: int = 1


COUNTING: Decider[Count, Counted] = Decider(
    subject="count",
    shape=1,
    state=Count,
    facts={"Counted": Counted},
    evolve=lambda count, _: Count(count.version + 1 if count else 1),
    fold=lambda happened: Count(len(list(happened))),
    list_columns=lambda _: ListColumns(closed=False, rank=1, private=False),
    reference=lambda number: f"P-{number}",
)


def test_each_fact_changes_the_state_and_gets_the_next_timeline_number() -> None:
    count, entries = COUNTING.apply(None, [Counted(), Counted()])
    assert (count, entries) == (Count(2), [Entry(1, Counted()), Entry(2, Counted())])
    assert COUNTING.apply(count, [Counted()]) == (Count(3), [Entry(3, Counted())])


def test_a_stream_without_facts_has_no_state() -> None:
    with pytest.raises(ValueError, match="neither facts"):
        COUNTING.apply(None, [])
