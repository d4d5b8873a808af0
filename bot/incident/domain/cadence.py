"""When a promise runs out, and who is reminded: pure functions of an incident, the policy and a time.

A broken promise escalates in steps. Their times are counted from the promise itself, which is the last update plus the
cadence, or the end of a snooze. A step is a `Nudge`. It is recorded once, and then either posted as a new reminder or
shown in the present one (`calls_anew`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.core.actor import is_person
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Status

LONGEST_GAP = timedelta(days=1)  # between two calls of the last step, unless the cadence is longer


class Promise(StrEnum):
    """What was promised: regular updates, and that somebody takes command soon."""

    UPDATE = "update"
    COMMANDER = "commander"


class Rung(IntEnum):
    """The escalation step of a promise."""

    ROOM = 0  # the commander, in the war room; for an update, before it is due and again when it is
    HOLDERS = 1  # the deputy, or all role holders, in the war room
    CHANNEL = 2  # the incidents channel; for a private incident, its own people
    AGAIN = 3  # all its people again, in the war room, after gaps that double


@dataclass(frozen=True, slots=True)
class Nudge:
    """One escalation step. The three fields together are its identity, under which it is recorded once.

    Attributes:
        slot: the time from which it is due (UTC).
    """

    promise: Promise
    slot: datetime
    rung: Rung


def cadence(incident: Incident, policy: Policy) -> timedelta:
    """The longest gap between two updates at the present severity and status."""
    return policy.cadence(incident.severity, mitigated=incident.status is Status.MITIGATED)


def promised_at(incident: Incident, policy: Policy) -> datetime:
    """The time by which the next status update is due (UTC)."""
    due_at = incident.promise_from + cadence(incident, policy)
    return max(due_at, incident.snoozed_until) if incident.snoozed_until else due_at


def due(incident: Incident, policy: Policy, now: datetime) -> tuple[Nudge, ...]:
    """The nudges that are due now: the latest step in the war room, and the latest in the incidents channel.

    Earlier steps that were missed are dropped. The text of a nudge is about all promises that are `running`.
    """
    return look(incident, policy, now)[0]


def next_look(incident: Incident, policy: Policy, now: datetime) -> datetime | None:
    """The earliest time after `now` at which `due` may return something new; None if it never will."""
    return look(incident, policy, now)[1]


def look(incident: Incident, policy: Policy, now: datetime) -> tuple[tuple[Nudge, ...], datetime | None]:
    """The results of `due` and `next_look` together, because the tick needs both for each of many incidents."""
    room: list[Nudge] = []
    channel: list[Nudge] = []
    ahead: list[datetime] = []
    for nudge in _ladders(incident, policy, now):
        if nudge.slot > now:
            ahead.append(nudge.slot)
        else:
            (channel if nudge.rung is Rung.CHANNEL else room).append(nudge)
    standing = tuple(max(steps, key=_order) for steps in (room, channel) if steps)
    return standing, min(ahead, default=None)


def running(
    incident: Incident, policy: Policy, now: datetime, *, in_channel: bool = False
) -> frozenset[Promise]:
    """The promises of which people must be reminded now; with `in_channel`, only those for the incidents channel."""
    return frozenset(
        nudge.promise
        for nudge in _ladders(incident, policy, now)
        if nudge.slot <= now and (nudge.rung is Rung.CHANNEL or not in_channel)
    )


def audience(incident: Incident, rung: Rung) -> tuple[str, ...]:
    """The people whom a nudge of this step mentions."""
    deputy = incident.holder(Role.DEPUTY)
    responsible = incident.commander or deputy or incident.declared_by
    if not is_person(responsible):
        return incident.people
    if rung is Rung.ROOM:
        return (responsible,)
    if rung is Rung.HOLDERS and deputy and deputy != responsible:
        return (responsible, deputy)
    return incident.people


def calls_anew(incident: Incident, nudge: Nudge, standing: Nudge) -> bool:
    """Whether to post a nudge as a new message instead of editing the present one, because an edit notifies nobody.

    True if it is about another promise, calls a person whom the present one has not called, or calls people again.
    """
    if nudge.rung is Rung.AGAIN or nudge.promise is not standing.promise:
        return True
    return not set(audience(incident, nudge.rung)) <= set(audience(incident, standing.rung))


def _order(nudge: Nudge) -> tuple[datetime, Rung, Promise]:
    return nudge.slot, nudge.rung, nudge.promise


def _ladders(incident: Incident, policy: Policy, now: datetime) -> Iterator[Nudge]:
    """The steps of both promises: those until `now`, and at least the next one."""
    if incident.is_closed:
        return
    yield from _update_ladder(incident, policy, now)
    if incident.commander is None:
        yield from _commander_ladder(incident, policy, now)


def _update_ladder(incident: Incident, policy: Policy, now: datetime) -> Iterator[Nudge]:
    promised = promised_at(incident, policy)
    ahead = incident.promise_from + cadence(incident, policy) - policy.ahead(incident.severity)
    if incident.snoozed_until is None or ahead > incident.snoozed_until:
        yield Nudge(Promise.UPDATE, ahead, Rung.ROOM)
    yield Nudge(Promise.UPDATE, promised, Rung.ROOM)
    yield Nudge(Promise.UPDATE, promised + policy.escalate_after, Rung.HOLDERS)
    last = promised + policy.broadcast_after
    yield Nudge(Promise.UPDATE, last, Rung.CHANNEL)
    for slot in _again(last, cadence(incident, policy), now):
        yield Nudge(Promise.UPDATE, slot, Rung.AGAIN)


def _commander_ladder(incident: Incident, policy: Policy, now: datetime) -> Iterator[Nudge]:
    since = incident.without_commander_since
    first = since + policy.commander_within
    holders = first + policy.escalate_after
    channel = since + policy.channel_hears(incident.severity)
    yield Nudge(Promise.COMMANDER, first, Rung.ROOM)
    yield Nudge(Promise.COMMANDER, holders, Rung.HOLDERS)
    yield Nudge(Promise.COMMANDER, channel, Rung.CHANNEL)
    # While an update is late too, its reminder speaks of both.
    promised = promised_at(incident, policy)
    for slot in _again(max(holders, channel), cadence(incident, policy), now):
        if incident.promise_from < slot < promised:
            yield Nudge(Promise.COMMANDER, slot, Rung.AGAIN)


def _again(last: datetime, gap: timedelta, now: datetime) -> Iterator[datetime]:
    """The times after the last step at which to call people again, up to the first one after `now`."""
    longest = max(gap, LONGEST_GAP)
    slot = last
    while slot <= now:
        slot += gap
        gap = min(2 * gap, longest)
        yield slot
