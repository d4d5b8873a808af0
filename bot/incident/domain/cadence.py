"""When a promise runs out, and who is reminded: pure functions of an incident, the policy and a time.

A broken promise escalates in steps. Their times are counted from the promise itself, which is the last update plus the
cadence, or the end of a snooze. Each step is a `ScheduledReminder`. It is recorded once, and then either posted as a
new reminder or shown in the present one (`needs_new_message`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Protocol

from bot.core.actor import can_be_reached
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.quiet_hours import after_quiet
from bot.incident.domain.vocabulary import Role, Severity, Status

LONGEST_GAP = timedelta(days=1)  # between two calls of the last step, unless the cadence is longer
FIRST_QUIET = Severity.SEV3  # quiet hours apply to this severity and to those below


class Promise(StrEnum):
    """What was promised: regular updates, and that somebody takes command soon."""

    UPDATE = "update"
    COMMANDER = "commander"


class EscalationStep(IntEnum):
    """The escalation step of a promise."""

    ROOM = 0  # the commander, in the war room; for an update, before it is due and again when it is
    HOLDERS = 1  # the deputy, or all role holders, in the war room
    CHANNEL = 2  # the incidents channel; for a private incident, its own people
    AGAIN = 3  # all its people again, in the war room, after gaps that double


@dataclass(frozen=True, slots=True)
class ScheduledReminder:
    """A reminder at one escalation step. The three fields together are its identity, under which it is recorded once.

    Attributes:
        slot: the time from which it is due (UTC).
    """

    promise: Promise
    slot: datetime
    rung: EscalationStep


class Promising(Protocol):
    """What the due time of the next update depends on: an incident, or as much of one."""

    @property
    def severity(self) -> Severity:
        """See `Incident`, also for the others."""

    @property
    def status(self) -> Status:
        """The present one."""

    @property
    def promise_from(self) -> datetime:
        """The time from which the due time is counted."""

    @property
    def next_by(self) -> datetime | None:
        """By when the update was promised, if sooner."""

    @property
    def snoozed_until(self) -> datetime | None:
        """Until when nobody is reminded."""


def cadence(incident: Promising, policy: Policy) -> timedelta:
    """The longest gap between two updates at the present severity and status."""
    return policy.cadence(incident.severity, mitigated=incident.status is Status.MITIGATED)


def promised_at(incident: Promising, policy: Policy) -> datetime:
    """The time by which the next status update is due (UTC)."""
    due_at = _first_due(incident, policy)
    if incident.snoozed_until:
        due_at = max(due_at, incident.snoozed_until)
    return after_quiet_hours(incident, policy, due_at)


def _first_due(incident: Promising, policy: Policy) -> datetime:
    """When the update is due if nobody snoozes it: after the cadence, or sooner if that was promised."""
    due_at = incident.promise_from + cadence(incident, policy)
    return min(due_at, incident.next_by) if incident.next_by else due_at


def after_quiet_hours(incident: Promising, policy: Policy, moment: datetime) -> datetime:
    """The moment, or the end of the quiet hours if it is in them and they apply to this severity."""
    if policy.quiet is None or incident.severity < FIRST_QUIET:
        return moment
    return after_quiet(policy.quiet, moment)


def due(incident: Incident, policy: Policy, now: datetime) -> tuple[ScheduledReminder, ...]:
    """The reminders that are due now: the latest step in the war room, and the latest in the incidents channel.

    Earlier steps that were missed are dropped. The text of a reminder is about all `promises_due`.
    """
    return due_and_next_look(incident, policy, now)[0]


def next_look(incident: Incident, policy: Policy, now: datetime) -> datetime | None:
    """The earliest time after `now` at which `due` may return something new; None if it never will."""
    return due_and_next_look(incident, policy, now)[1]


def due_and_next_look(
    incident: Incident, policy: Policy, now: datetime
) -> tuple[tuple[ScheduledReminder, ...], datetime | None]:
    """The results of `due` and `next_look` together, because the tick needs both for each of many incidents."""
    room: list[ScheduledReminder] = []
    channel: list[ScheduledReminder] = []
    ahead: list[datetime] = []
    for scheduled in _ladders(incident, policy, now):
        if scheduled.slot > now:
            ahead.append(scheduled.slot)
        else:
            (channel if scheduled.rung is EscalationStep.CHANNEL else room).append(scheduled)
    due_now = tuple(max(steps, key=_order) for steps in (room, channel) if steps)
    return due_now, min(ahead, default=None)


def promises_due(
    incident: Incident, policy: Policy, now: datetime, *, in_channel: bool = False
) -> frozenset[Promise]:
    """The promises of which people must be reminded now; with `in_channel`, only those for the incidents channel."""
    return frozenset(
        scheduled.promise
        for scheduled in _ladders(incident, policy, now)
        if scheduled.slot <= now and (scheduled.rung is EscalationStep.CHANNEL or not in_channel)
    )


def audience(incident: Incident, step: EscalationStep) -> tuple[str, ...]:
    """The people whom a reminder of this step mentions."""
    deputy = incident.holder(Role.DEPUTY)
    responsible = incident.commander or deputy or incident.declared_by
    if not can_be_reached(responsible):
        return incident.called
    if step is EscalationStep.ROOM:
        return (responsible,)
    if step is EscalationStep.HOLDERS and deputy and deputy != responsible:
        return (responsible, deputy)
    return incident.called


def needs_new_message(incident: Incident, scheduled: ScheduledReminder, present: ScheduledReminder) -> bool:
    """Whether to post a reminder as a new message instead of editing the present one, because an edit notifies nobody.

    True if it is about another promise, calls a person whom the present one has not called, or calls people again.
    """
    if scheduled.rung is EscalationStep.AGAIN or scheduled.promise is not present.promise:
        return True
    return not set(audience(incident, scheduled.rung)) <= set(audience(incident, present.rung))


def _order(scheduled: ScheduledReminder) -> tuple[datetime, EscalationStep, Promise]:
    return scheduled.slot, scheduled.rung, scheduled.promise


def _ladders(incident: Incident, policy: Policy, now: datetime) -> Iterator[ScheduledReminder]:
    """The steps of both promises: those until `now`, and at least the next one."""
    if incident.is_closed:
        return
    yield from _awake(incident, policy, _update_ladder(incident, policy, now))
    if incident.commander is None:
        yield from _awake(incident, policy, _commander_ladder(incident, policy, now))


def _awake(
    incident: Incident, policy: Policy, ladder: Iterator[ScheduledReminder]
) -> Iterator[ScheduledReminder]:
    """The same steps; those within quiet hours come at their end."""
    if policy.quiet is None or incident.severity < FIRST_QUIET:
        return ladder
    return (replace(step, slot=after_quiet(policy.quiet, step.slot)) for step in ladder)


def _update_ladder(incident: Incident, policy: Policy, now: datetime) -> Iterator[ScheduledReminder]:
    promised = promised_at(incident, policy)
    due_at = _first_due(incident, policy)
    ahead = due_at - policy.remind_ahead(incident.severity)
    # A promise may be shorter than the time ahead of it, and may move to the end of the quiet hours.
    if ahead > (incident.snoozed_until or incident.promise_from) and promised == due_at:
        yield ScheduledReminder(Promise.UPDATE, ahead, EscalationStep.ROOM)
    yield ScheduledReminder(Promise.UPDATE, promised, EscalationStep.ROOM)
    yield ScheduledReminder(Promise.UPDATE, promised + policy.escalate_after, EscalationStep.HOLDERS)
    last = promised + policy.broadcast_after
    yield ScheduledReminder(Promise.UPDATE, last, EscalationStep.CHANNEL)
    for slot in _again(last, cadence(incident, policy), now):
        yield ScheduledReminder(Promise.UPDATE, slot, EscalationStep.AGAIN)


def _commander_ladder(incident: Incident, policy: Policy, now: datetime) -> Iterator[ScheduledReminder]:
    since = incident.without_commander_since
    first = since + policy.commander_within
    holders = first + policy.escalate_after
    channel = since + policy.no_commander_broadcast(incident.severity)
    yield ScheduledReminder(Promise.COMMANDER, first, EscalationStep.ROOM)
    yield ScheduledReminder(Promise.COMMANDER, holders, EscalationStep.HOLDERS)
    yield ScheduledReminder(Promise.COMMANDER, channel, EscalationStep.CHANNEL)
    # While an update is late too, its reminder speaks of both.
    promised = promised_at(incident, policy)
    for slot in _again(max(holders, channel), cadence(incident, policy), now):
        if incident.promise_from < slot < promised:
            yield ScheduledReminder(Promise.COMMANDER, slot, EscalationStep.AGAIN)


def _again(last: datetime, gap: timedelta, now: datetime) -> Iterator[datetime]:
    """The times after the last step at which to call people again, up to the first one after `now`."""
    longest = max(gap, LONGEST_GAP)
    slot = last
    while slot <= now:
        slot += gap
        gap = min(2 * gap, longest)
        yield slot
