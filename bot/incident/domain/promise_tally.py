"""How many promised updates came in time, without the whole history: as `promises.ledger`, for thousands of incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from bot.incident.domain import facts
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status


class PromiseStep(NamedTuple):
    """A fact that makes, keeps, moves or ends a promise. All times are in UTC.

    Attributes:
        is_update: whether it is a status update.
        next_by: by when it promised the next one, if it did.
        status: the new status, if it changed.
        severity: the new severity, if it changed or is the first.
        until: until when reminders were postponed, if they were.
    """

    at: datetime
    by: str
    is_update: bool = False
    next_by: datetime | None = None
    status: Status | None = None
    severity: Severity | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promised updates came in time, came late, or did not come."""

    kept: int = 0
    late: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        """How many were promised and have run out or were answered."""
        return self.kept + self.late + self.missed

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.kept + other.kept, self.late + other.late, self.missed + other.missed)


@dataclass(slots=True)
class PromiseState:
    """What the next due time depends on, as in `Incident`, which is much longer to compute."""

    severity: Severity
    promise_from: datetime
    status: Status = Status.TRIAGE
    next_by: datetime | None = None
    snoozed_until: datetime | None = None

    def take(self, step: PromiseStep) -> None:
        """Change as `bot.incident.domain.incident.evolve` does."""
        if step.until:
            self.snoozed_until = step.until
        elif step.is_update:
            self._begin(step.at, step.next_by)
        elif step.severity:
            self.severity = step.severity
            self._begin(step.at, None)
        else:
            status = step.status or self.status
            if self.status.is_closed and not status.is_closed:
                self._begin(step.at, None)
            self.status = status

    def _begin(self, at: datetime, next_by: datetime | None) -> None:
        self.promise_from, self.next_by, self.snoozed_until = at, next_by, None


def step_of(fact: facts.Fact) -> PromiseStep | None:
    """What a fact does to a promise; None if nothing."""
    match fact:
        case facts.Declared():
            return PromiseStep(fact.at, fact.by, severity=fact.severity)
        case facts.UpdatePosted():
            return PromiseStep(fact.at, fact.by, is_update=True, next_by=fact.next_by)
        case facts.StatusChanged():
            return PromiseStep(fact.at, fact.by, status=fact.new)
        case facts.SeverityChanged():
            return PromiseStep(fact.at, fact.by, severity=fact.new)
        case facts.Snoozed():
            return PromiseStep(fact.at, fact.by, until=fact.until)
        case _:
            return None


def steps_of(timeline: Sequence[Entry]) -> list[PromiseStep]:
    """The steps of a whole timeline."""
    ordered = sorted(timeline, key=lambda entry: entry.seq)
    return [step for entry in ordered if (step := step_of(entry.fact))]


def tally(steps: Sequence[PromiseStep], policy: Policy, now: datetime) -> Tally:
    """The promises of one incident at this time (UTC). The first step is its declaration."""
    if not steps or steps[0].severity is None:
        return Tally()
    promise, kept, late, missed = PromiseState(steps[0].severity, steps[0].at), 0, 0, 0
    for (at, _), act in groupby(steps[1:], key=lambda step: (step.at, step.by)):
        happened = list(act)
        if not promise.status.is_closed and _answers(happened):
            due_at = promised_at(promise, policy)
            if any(step.is_update for step in happened):
                kept, late = (kept + 1, late) if at <= due_at else (kept, late + 1)
            else:
                missed += due_at < at
        for step in happened:
            promise.take(step)
    if not promise.status.is_closed:
        missed += promised_at(promise, policy) < now
    return Tally(kept, late, missed)


def _answers(happened: Sequence[PromiseStep]) -> bool:
    """Whether the promise ends with this act: by an update, or without one."""
    return any(
        step.is_update or step.severity or (step.status and step.status.is_closed) for step in happened
    )
