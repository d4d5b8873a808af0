"""When the war room of a closed incident is archived, and when people are asked before: pure functions."""

from datetime import datetime, timedelta

from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy

ASKED_BEFORE = timedelta(days=1)  # people have that long to say that they want to keep it


def archive_at(incident: Incident, policy: Policy) -> datetime | None:
    """When the war room is archived (UTC): some time after the end, or after it was last kept; None if never.

    A channel that people had before, and that was adopted, is theirs.
    """
    ended = incident.ended_at
    if policy.archive_after is None or not incident.is_closed or ended is None or incident.archived_at:
        return None
    if incident.without_room or (incident.adopted and not policy.archive_adopted):
        return None
    return max(ended, incident.kept_at or ended) + policy.archive_after


def ask_at(incident: Incident, policy: Policy) -> datetime | None:
    """When people are asked whether to keep it (UTC); None if never."""
    at = archive_at(incident, policy)
    return at - ASKED_BEFORE if at else None


def is_archiving_due(incident: Incident, policy: Policy, now: datetime) -> bool:
    """Whether the clock has something to ask or to archive, unless it has done so already."""
    at = ask_at(incident, policy)
    return at is not None and at <= now


def next_archive_look(incident: Incident, policy: Policy, now: datetime) -> datetime | None:
    """The next time after `now` at which the clock must ask or archive; None if there is none."""
    times = (ask_at(incident, policy), archive_at(incident, policy))
    return min((each for each in times if each and each > now), default=None)
