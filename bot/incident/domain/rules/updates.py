"""The rules for status updates and for snoozing their reminders."""

from datetime import datetime, timedelta

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import (
    UPDATE_SLACK_LENGTH_MAX,
    slack_length,
    too_long,
    too_long_in_slack,
)
from bot.incident.domain.rules.snoozing import may_snooze


def post_update(
    incident: Incident,
    conditions: str,
    *,
    by: str,
    now: datetime,
    actions: str = "",
    needs: str = "",
    audiences: tuple[Audience, ...] = EVERYBODY,
    next_by: datetime | None = None,
) -> Decision:
    """Post a status update: conditions, actions, needs."""
    if refused := closed(incident):
        return refused
    if not conditions.strip():
        return Refused("Say in a sentence what is happening now.", field="conditions")
    for name, text in (("conditions", conditions), ("actions", actions), ("needs", needs)):
        if refused := too_long(text, name):
            return refused
    if (whole := sum(map(slack_length, (conditions, actions, needs)))) > UPDATE_SLACK_LENGTH_MAX:
        return too_long_in_slack(whole, UPDATE_SLACK_LENGTH_MAX, "conditions")
    return (
        facts.UpdatePosted(
            at=now,
            by=by,
            conditions=conditions.strip(),
            actions=actions.strip(),
            needs=needs.strip(),
            audiences=audiences,
            next_by=next_by,
        ),
    )


def no_change(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Answer a reminder with 'no change'. That counts as an update."""
    if refused := closed(incident):
        return refused
    if not incident.update:
        return Refused("There is no update yet that could be unchanged: post the first one in a sentence.")
    return (facts.UpdatePosted(at=now, by=by, conditions="No change.", unchanged=True),)


def snooze(incident: Incident, for_: timedelta, *, by: str, now: datetime, reason: str) -> Decision:
    """Postpone the reminders of the update by `for_`, with a reason, and at most twice until the next update."""
    if refused := may_snooze(incident) or too_long(reason, "reason"):
        return refused
    if not reason.strip():
        return Refused("Say in a few words why there is no update yet.", field="reason")
    return (facts.Snoozed(at=now, by=by, until=now + for_, reason=reason.strip()),)
