"""The ledger of promised updates: which were kept, late or missed. A pure function over the timeline.

Due times follow the cadence, as reminders do: a snooze moves the due time, and a change of severity begins anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.incident.domain import facts
from bot.incident.domain.cadence import Promising, promised_at
from bot.incident.domain.policy import Policy
from bot.incident.domain.promise_tally import PromiseState, step_of
from bot.incident.domain.timeline import Entry

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class UpdatePromise:
    """One promised update.

    Attributes:
        due_at: when it was due (UTC).
        answered_at: when the update came; None if none came before the incident was closed, its severity changed, or
            the time of the ledger.
    """

    due_at: datetime
    answered_at: datetime | None

    @property
    def is_kept(self) -> bool:
        """Whether the update came in time."""
        return self.answered_at is not None and self.answered_at <= self.due_at

    @property
    def late_by(self) -> timedelta | None:
        """How late the update came; zero if it came in time, None if it did not come."""
        return None if self.answered_at is None else max(self.answered_at - self.due_at, _NOTHING)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All promised updates of an incident that were answered or have run out, in order.

    Attributes:
        longest_gap: the longest time without an update while the incident was open; None if it has no history.
    """

    promises: Sequence[UpdatePromise]
    longest_gap: timedelta | None

    @property
    def kept(self) -> int:
        """How many updates came in time."""
        return sum(promise.is_kept for promise in self.promises)

    @property
    def broken(self) -> Sequence[UpdatePromise]:
        """The promises that were not kept, in order."""
        return [promise for promise in self.promises if not promise.is_kept]


def ledger(timeline: Sequence[Entry], policy: Policy, now: datetime) -> Ledger:
    """The ledger of a whole timeline at this time (UTC)."""
    promises: list[UpdatePromise] = []
    gaps: list[timedelta] = []
    promise: PromiseState | None = None
    since = now
    ordered = sorted(
        (entry for entry in timeline if not isinstance(entry.fact, facts.Noted)), key=lambda entry: entry.seq
    )  # a note has the time of what was noted, and neither makes nor keeps a promise
    # The facts of one act have one time and one author, and are judged together: an update that also changes the
    # severity answers the promise that was due before.
    for (at, _), act in groupby(ordered, key=lambda entry: (entry.fact.at, entry.fact.by)):
        happened = [entry.fact for entry in act]
        was_open = promise is not None and not promise.status.is_closed
        if promise is None or not was_open:
            since = at
        elif any(isinstance(fact, facts.UpdatePosted) for fact in happened):
            promises.append(UpdatePromise(promised_at(promise, policy), at))
            gaps.append(at - since)
            since = at
        elif _is_over(happened):
            promises += _missed(promise, policy, at)
        for fact in happened:
            if isinstance(fact, facts.Declared):
                promise = PromiseState(fact.severity, fact.at)
            elif promise and (step := step_of(fact)):
                promise.take(step)
        if was_open and promise and promise.status.is_closed:
            gaps.append(at - since)
    if promise and not promise.status.is_closed:
        promises += _missed(promise, policy, now)
        gaps.append(now - since)
    return Ledger(promises, max(gaps, default=None))


def _is_over(happened: Sequence[facts.Fact]) -> bool:
    """Whether the promise ends without an update."""
    return any(
        isinstance(fact, facts.SeverityChanged)
        or (isinstance(fact, facts.StatusChanged) and fact.new.is_closed)
        for fact in happened
    )


def _missed(promise: Promising, policy: Policy, at: datetime) -> list[UpdatePromise]:
    """The promise that had run out at this time, if it had; one that was not due yet counts for nothing."""
    due_at = promised_at(promise, policy)
    return [UpdatePromise(due_at, None)] if due_at < at else []
