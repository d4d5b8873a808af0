"""The rule for an update that changes severity and status too, and promises the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.decision import Refused
from bot.core.text import interval
from bot.incident.domain import facts
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.cadence import cadence
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.severity_and_status import change_severity, change_status
from bot.incident.domain.rules.updates import post_update
from bot.incident.domain.vocabulary import Severity, Status


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
        f"At {incident.severity.label} and {incident.status}, an update is due every {interval(longest)}: promise the next "
        "one sooner, or change the severity.",
        field="next_in",
    )
