"""When a promise runs out, and who hears of it: pure functions of an incident, the policy and a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import assert_never

from bot.domain.events import Fact, RoleAssigned, SeverityChanged, Snoozed, StatusChanged, UpdatePosted
from bot.domain.incident import Incident
from bot.domain.policy import Policy
from bot.domain.vocabulary import Role


class Promise(StrEnum):
    """What was promised: regular updates, and that somebody takes command soon."""

    UPDATE = "update"
    COMMANDER = "commander"


class Rung(IntEnum):
    """How far up the ladder a broken promise has climbed."""

    ROOM = 0  # the commander, in the war room
    HOLDERS = 1  # the deputy, or all role holders, in the war room
    CHANNEL = 2  # the incidents channel; of a private incident, its own people


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder. The three fields together are its identity: it is sent once, whatever happens.

    Attributes:
        slot: the time by which the promise should have been kept (UTC).
    """

    promise: Promise
    slot: datetime
    rung: Rung


def promised_at(incident: Incident, policy: Policy) -> datetime:
    """The time by which the next status update is due (UTC)."""
    due_at = incident.promise_from + policy.cadence(incident.severity)
    return max(due_at, incident.snoozed_until) if incident.snoozed_until else due_at


def due(incident: Incident, policy: Policy, now: datetime) -> tuple[Nudge, ...]:
    """The nudges that stand at this moment. Slots that went by unseen collapse into the latest one."""
    if incident.is_closed:
        return ()
    nudges: list[Nudge] = []
    for promise, slot in _slots(incident, policy, now):
        late = now - slot
        if late < timedelta(0):
            continue
        room = Rung.HOLDERS if late >= policy.escalate_after else Rung.ROOM
        nudges.append(Nudge(promise, slot, room))
        if late >= policy.broadcast_after:
            nudges.append(Nudge(promise, slot, Rung.CHANNEL))
    return tuple(nudges)


def due_at(nudge: Nudge, policy: Policy) -> datetime:
    """The moment from which a nudge stands (UTC): the slot, or later the higher its rung is."""
    match nudge.rung:
        case Rung.ROOM:
            return nudge.slot
        case Rung.HOLDERS:
            return nudge.slot + policy.escalate_after
        case Rung.CHANNEL:
            return nudge.slot + policy.broadcast_after
        case _:
            assert_never(nudge.rung)


def next_look(incident: Incident, policy: Policy, now: datetime) -> datetime | None:
    """The earliest time after `now` at which `due` may say something new; None when it never will."""
    if incident.is_closed:
        return None
    steps = [timedelta(0), policy.escalate_after, policy.broadcast_after]
    moments: list[datetime] = []
    for promise, slot in _slots(incident, policy, now):
        moments += [slot + step for step in steps]
        if promise is Promise.UPDATE:
            moments.append(slot + policy.cadence(incident.severity))
    return min((moment for moment in moments if moment > now), default=None)


def audience(incident: Incident, rung: Rung) -> tuple[str, ...]:
    """Whom a nudge of this rung calls by name."""
    responsible = incident.commander or incident.holder(Role.DEPUTY) or incident.declared_by
    deputy = incident.holder(Role.DEPUTY)
    if rung is Rung.ROOM:
        return (responsible,)
    if rung is Rung.HOLDERS and deputy and deputy != responsible:
        return (responsible, deputy)
    return incident.people


def kept_by(fact: Fact) -> frozenset[Promise]:
    """The promises that this fact keeps, or ends: reminders of them are answered by it."""
    match fact:
        case UpdatePosted() | Snoozed() | SeverityChanged():
            return frozenset({Promise.UPDATE})
        case RoleAssigned(role=Role.COMMANDER):
            return frozenset({Promise.COMMANDER})
        case StatusChanged(new=new) if new.is_closed:
            return frozenset(Promise)
        case _:
            return frozenset()


def _slots(incident: Incident, policy: Policy, now: datetime) -> list[tuple[Promise, datetime]]:
    """Each running promise with the slot that `now` falls into (the first one, where none is over yet)."""
    slots = [(Promise.UPDATE, _latest(promised_at(incident, policy), policy.cadence(incident.severity), now))]
    if incident.commander is None:
        slots.append((Promise.COMMANDER, incident.without_commander_since + policy.commander_within))
    return slots


def _latest(first: datetime, gap: timedelta, now: datetime) -> datetime:
    return first + max((now - first) // gap, 0) * gap
