"""What seems to have been forgotten, and when people are asked: pure functions of an incident, the policy and a time.

Promises are more important: while a reminder of one is open, or an update is due soon, nobody is asked anything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.incident.domain.cadence import after_quiet_hours, promised_at, promises_due
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Status

SOON = timedelta(minutes=5)  # an update that is due within this time comes first
GAP = timedelta(minutes=15)  # between two nudges of an incident


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something to ask. Both fields together are its identity, under which it is recorded once.

    Attributes:
        slot: the time from which it applies (UTC).
    """

    kind: NudgeKind
    slot: datetime


def applies(incident: Incident, kind: NudgeKind) -> bool:
    """Whether what the nudge is about is the case, however long it has been so."""
    return not incident.is_closed and since(incident, kind) is not None


def raised(incident: Incident, policy: Policy, now: datetime) -> frozenset[Nudge]:
    """What seems to have been forgotten by now, and was not declined. One that is posted is closed once it is not here."""
    return frozenset(each for each in _all(incident, policy) if each.slot <= now)


def is_forgotten(incident: Incident, policy: Policy, now: datetime) -> bool:
    """Whether nobody has done anything for very long. A reminder of an update, which is open by then, asks it too."""
    return any(each.kind is NudgeKind.FORGOTTEN for each in raised(incident, policy, now))


def nudges_and_next_look(
    incident: Incident, policy: Policy, now: datetime
) -> tuple[list[Nudge], datetime | None]:
    """What may be asked now, the most important first, and the next time at which there may be more.

    There is no such time for what waits for a promise: whoever keeps that changes the incident.
    """
    due = sorted(_all(incident, policy), key=lambda nudge: nudge.kind.rank)
    earliest = {nudge: max(nudge.slot, incident.snoozed_until or nudge.slot) for nudge in due}
    awake = after_quiet_hours(incident, policy, now)
    ahead = [after_quiet_hours(incident, policy, at) for at in earliest.values() if at > now]
    may_ask = [nudge for nudge in due if earliest[nudge] <= now]
    if may_ask and awake > now:
        ahead.append(awake)
        may_ask = []
    if may_ask and comes_second(incident, policy, now):
        may_ask = []
    return may_ask, min(ahead, default=None)


def comes_second(incident: Incident, policy: Policy, now: datetime) -> bool:
    """Whether something else is more important: an open reminder of a promise, or an update that is due soon."""
    return promised_at(incident, policy) - SOON <= now or bool(promises_due(incident, policy, now))


def _all(incident: Incident, policy: Policy) -> list[Nudge]:
    """Everything that the policy asks for at this severity, whenever it will be due."""
    if incident.is_closed:
        return []
    nudges = []
    for kind, setting in policy.nudges.items():
        if incident.severity not in setting.severities or kind in incident.attention.declined:
            continue
        if kind is NudgeKind.SCRIBE and Role.SCRIBE not in policy.roles:
            continue
        if begun := since(incident, kind):
            nudges.append(Nudge(kind, begun + setting.after))
    return nudges


def since(incident: Incident, kind: NudgeKind) -> datetime | None:
    """Since when it is the case (UTC); None if it is not."""
    attention, opened_at = incident.attention, incident.opened_at
    is_worked_on = incident.status in (Status.TRIAGE, Status.MITIGATING)
    match kind:
        case NudgeKind.SEVERITY:
            return opened_at if attention.severity_assumed else None
        case NudgeKind.SCRIBE:
            if not is_worked_on or incident.holder(Role.SCRIBE):
                return None
            return _latest(opened_at, attention.severity_since, attention.no_scribe_since)
        case NudgeKind.SILENCE:
            return _latest(opened_at, attention.told_at) if is_worked_on else None
        case NudgeKind.MITIGATED:
            is_mitigated = incident.status is Status.MITIGATED
            return _latest(opened_at, attention.status_since) if is_mitigated else None
        case NudgeKind.FORGOTTEN:
            return _latest(opened_at, attention.acted_at)
        case _:
            assert_never(kind)


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(each for each in others if each)])
