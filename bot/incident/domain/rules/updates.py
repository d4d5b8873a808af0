"""The rules for status updates and for snoozing their reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.decision import Refused
from bot.core.text import span
from bot.incident.domain import facts
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.cadence import cadence
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import (
    UPDATE_SLACK_LENGTH_MAX,
    slack_length,
    too_long,
    too_long_in_slack,
)
from bot.incident.domain.rules.severity_and_status import change_severity, change_status
from bot.incident.domain.vocabulary import Severity, Status

SNOOZES_MAX = 2  # between two updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A CAN report and what is changed together with it.

    Attributes:
        severity: the new one; None if it stays.
        status: the new one; None if it stays.
        next_by: by when the next update is promised (UTC); None if the policy's cadence counts.
    """

    conditions: str
    actions: str = ""
    needs: str = ""
    severity: Severity | None = None
    status: Status | None = None
    audiences: tuple[Audience, ...] = EVERYBODY
    next_by: datetime | None = None


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


def post_report(incident: Incident, report: Report, policy: Policy, *, by: str, now: datetime) -> Decision:
    """Post an update and change severity and status with it, in one act.

    The next update may be promised earlier than the policy's cadence asks for, never later.
    """
    if not {Audience.ROOM, Audience.STAKEHOLDERS} & set(report.audiences):
        return Refused(
            "Choose the war room, the stakeholders, or both: a public draft alone informs nobody.",
            field="audiences",
        )
    changes = _changes(incident, report, by=by, now=now)
    if isinstance(changes, Refused):
        return changes
    after = incident
    for change in changes:
        after = evolve(after, change)
    next_by = None if after.is_closed else report.next_by
    if next_by and (refused := _too_late(after, next_by, policy, now)):
        return refused
    posted = post_update(
        incident,
        report.conditions,
        actions=report.actions,
        needs=report.needs,
        audiences=report.audiences,
        next_by=next_by,
        by=by,
        now=now,
    )
    # The update comes last: its promise begins after the changes.
    return posted if isinstance(posted, Refused) else (*changes, *posted)


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


def may_snooze(incident: Incident) -> Refused | None:
    """The refusal of a snooze whatever its reason is; None if one is allowed."""
    if refused := closed(incident):
        return refused
    if incident.snoozes < SNOOZES_MAX:
        return None
    return Refused(
        f"The update of {incident.reference} was snoozed {SNOOZES_MAX} times already. If nothing is new, press "
        "No change: that is an update too.",
        field="reason",
    )


def _changes(
    incident: Incident, report: Report, *, by: str, now: datetime
) -> Sequence[facts.Change | facts.Declared] | Refused:
    """The changes of severity and status that the report makes; a value that stays is none."""
    made: list[facts.Fact] = []
    if report.severity is not None and report.severity is not incident.severity:
        changed = change_severity(incident, report.severity, by=by, now=now)
        if isinstance(changed, Refused):
            return changed
        made += changed
    if report.status is not None and report.status is not incident.status:
        changed = change_status(incident, report.status, by=by, now=now)
        if isinstance(changed, Refused):
            return changed
        made += changed
    return made


def _too_late(incident: Incident, next_by: datetime, policy: Policy, now: datetime) -> Refused | None:
    """The refusal of a promise that is longer than the cadence; None if it is not."""
    longest = cadence(incident, policy)
    if next_by <= now + longest:
        return None
    return Refused(
        f"At {incident.severity.label} and {incident.status}, an update is due every {span(longest)}: promise the next "
        "one sooner, or change the severity.",
        field="next_in",
    )
