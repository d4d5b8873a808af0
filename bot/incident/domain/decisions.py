"""The decisions of an incident, what became of each, and when silence lets one stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import assert_never

from bot.incident.domain.facts import Decided, DecisionStands, DecisionWithdrawn, Objected


class DecisionState(StrEnum):
    """What became of a decision."""

    PENDING = "pending"  # it stands at the end of the time for objections
    OBJECTED = "objected"  # it is open again
    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # by another decision

    @property
    def is_undecided(self) -> bool:
        """Whether it does not stand yet, and may still stand."""
        return self in (DecisionState.PENDING, DecisionState.OBJECTED)

    @property
    def is_over(self) -> bool:
        """Whether it does not count any more."""
        return self in (DecisionState.WITHDRAWN, DecisionState.REPLACED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision and what became of it.

    Attributes:
        way_back: how it can be undone.
        by: the person who recorded it.
        at: when it was recorded (UTC).
        until: the end of the time for objections (UTC).
        objection: the reason of a strong objection; empty if nobody objected.
        objected_by: the person who objected; empty if nobody did.
        replaced_by: the number of the decision that replaced it; None if none did.
    """

    number: int
    text: str
    risk: str = ""
    way_back: str = ""
    by: str
    at: datetime
    until: datetime
    state: DecisionState = DecisionState.PENDING
    objection: str = ""
    objected_by: str = ""
    replaced_by: int | None = None


Decisions = tuple[RecordedDecision, ...]


def decision_label(number: int) -> str:
    """The name of a decision for people: `D2`."""
    return f"D{number}"


def find_decision(decisions: Iterable[RecordedDecision], number: int) -> RecordedDecision | None:
    """The decision with this number; None if there is none."""
    return next((each for each in decisions if each.number == number), None)


def next_deadline(decisions: Iterable[RecordedDecision]) -> datetime | None:
    """When the next decision stands if nobody objects (UTC); None if none is pending. It may have passed already."""
    return min((each.until for each in decisions if each.state is DecisionState.PENDING), default=None)


def decisions_after(
    decisions: Decisions, fact: Decided | Objected | DecisionWithdrawn | DecisionStands
) -> Decisions:
    """The decisions after this fact."""
    match fact:
        case Decided():
            return (*_replaced(decisions, fact), _recorded(fact))
        case Objected():
            return _with(
                decisions,
                fact.number,
                partial(replace, state=DecisionState.OBJECTED, objection=fact.reason, objected_by=fact.by),
            )
        case DecisionWithdrawn():
            return _with(decisions, fact.number, partial(replace, state=DecisionState.WITHDRAWN))
        case DecisionStands():
            return _with(decisions, fact.number, partial(replace, state=DecisionState.STANDS))
        case _:
            assert_never(fact)


def _recorded(fact: Decided) -> RecordedDecision:
    return RecordedDecision(
        number=fact.number,
        text=fact.text,
        risk=fact.risk,
        way_back=fact.way_back,
        by=fact.by,
        at=fact.at,
        until=fact.until,
    )


def _replaced(decisions: Decisions, fact: Decided) -> Decisions:
    if fact.instead_of is None:
        return decisions
    return _with(
        decisions,
        fact.instead_of,
        partial(replace, state=DecisionState.REPLACED, replaced_by=fact.number),
    )


def _with(
    decisions: Decisions, number: int, change: Callable[[RecordedDecision], RecordedDecision]
) -> Decisions:
    return tuple(change(each) if each.number == number else each for each in decisions)
