"""When somebody is told of a postmortem that is owed: its owner before it is due, the review board after. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Status
from bot.incident.domain.working_days import morning_before, next_morning

AHEAD = 2  # working days before it is due
AGAIN = timedelta(days=7)  # between two messages about one that is overdue


class PostmortemNudge(StrEnum):
    """Who is told, and of what."""

    AHEAD = "postmortem_ahead"  # the owner, some working days before
    TODAY = "postmortem_today"  # the owner, on the day
    OVERDUE = "postmortem_overdue"  # the review board, on the next working day and then weekly


@dataclass(frozen=True, slots=True)
class ScheduledPostmortemNudge:
    """One nudge. Both fields together are its identity, under which it is recorded once.

    Attributes:
        slot: the time from which it is due (UTC).
    """

    kind: PostmortemNudge
    slot: datetime


def postmortem_nudge_due(
    incident: Incident, policy: Policy, now: datetime
) -> tuple[ScheduledPostmortemNudge | None, datetime | None]:
    """The nudge that is due now, and the next time at which there is another; None for neither.

    Only the latest counts: after a time in which nobody could be told, they are told once.
    """
    due: ScheduledPostmortemNudge | None = None
    for each in _ladder(incident, policy):
        if each.slot > now:
            return due, each.slot
        due = each
    return due, None


def is_postmortem_nudged(incident: Incident) -> bool:
    """Whether anybody is told of its postmortem: it is owed, and nobody has reviewed the incident elsewhere."""
    return incident.postmortem.is_owed and incident.status is Status.RESOLVED


def _ladder(incident: Incident, policy: Policy) -> Iterator[ScheduledPostmortemNudge]:
    """All of them in order; it does not end while the postmortem is owed."""
    due_at, ended_at = incident.postmortem.due_at, incident.ended_at
    if not is_postmortem_nudged(incident) or due_at is None or ended_at is None:
        return
    zone, is_holiday = policy.time_zone, policy.postmortem.is_holiday
    for kind, days in ((PostmortemNudge.AHEAD, AHEAD), (PostmortemNudge.TODAY, 0)):
        slot = morning_before(due_at, days, zone, is_holiday)
        if slot > ended_at:  # a short time needs no reminder on the day of the end
            yield ScheduledPostmortemNudge(kind, slot)
    slot = next_morning(due_at, zone, is_holiday)
    while True:
        yield ScheduledPostmortemNudge(PostmortemNudge.OVERDUE, slot)
        slot += AGAIN
