"""The rules that change severity and status, resolve and reopen."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import long_before, too_long
from bot.incident.domain.vocabulary import Milestone, Severity, Status


def change_severity(
    incident: Incident,
    severity: Severity,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    impact: tuple[str, ...] = (),
) -> Decision:
    """Change the severity; or confirm it, if nobody has chosen it yet.

    `impact` are the answers to the policy's questions, each with its question.
    """
    if refused := closed(incident) or too_long(reason, "reason"):
        return refused
    if severity is incident.severity and incident.attention.severity_assumed:
        return (facts.SeverityConfirmed(at=now, by=by, severity=severity),)
    if severity is incident.severity:
        return Refused(f"{incident.reference} is already {severity.label}.", field="severity")
    changed = facts.SeverityChanged(
        at=now, by=by, old=incident.severity, new=severity, reason=reason.strip(), impact=impact
    )
    return (changed,)


def change_status(incident: Incident, status: Status, *, by: str, now: datetime) -> Decision:
    """Change the status. A resolved incident can only become reviewed, or be reopened by `reopen`.

    A false alarm or a duplicate ends by its own rule, in `bot.incident.domain.rules.ending`.
    """
    if incident.status is Status.RESOLVED and status is Status.REVIEWED:
        return (facts.StatusChanged(at=now, by=by, old=incident.status, new=status),)
    if refused := closed(incident):
        return refused
    if status is incident.status:
        return Refused(f"{incident.reference} is already {status}.", field="status")
    if status is Status.REVIEWED:
        return Refused(
            f"{incident.reference} is reviewed after it is resolved: resolve it first.", field="status"
        )
    if status.is_set_aside:
        end = (
            f"cancel {incident.reference}: <why>"
            if status is Status.CANCELLED
            else f"duplicate {incident.reference} of INC-<number>"
        )
        return Refused(f"To end {incident.reference} as {status}: `/incident {end}`.", field="status")
    return (facts.StatusChanged(at=now, by=by, old=incident.status, new=status),)


def resolve(
    incident: Incident,
    *,
    by: str,
    now: datetime,
    summary: str = "",
    started: datetime | None = None,
    detected: datetime | None = None,
    sure: bool = False,
) -> Decision:
    """Resolve the incident; optionally record when impact started and when it was first detected.

    Times long before the declaration are accepted only if the person is `sure`.
    """
    if refused := closed(incident) or too_long(summary, "summary"):
        return refused
    if started and started > now:
        return Refused("Impact cannot have started in the future.", field="started")
    mitigated = incident.milestones.get(Milestone.MITIGATED)
    if started and mitigated and started > mitigated:
        return Refused("Impact cannot have started after it was mitigated.", field="started")
    if detected and detected > now:
        return Refused("It cannot have been detected in the future.", field="detected")
    if started and detected and detected < started:
        return Refused("It cannot have been detected before it started.", field="detected")
    for name, when in (("started", started), ("detected", detected)):
        if when and (refused := long_before(incident, when, name, sure=sure)):
            return refused
    moments = ((Milestone.STARTED, started), (Milestone.DETECTED, detected))
    milestones = [
        facts.MilestoneSet(at=now, by=by, milestone=name, when=when) for name, when in moments if when
    ]
    end = facts.StatusChanged(at=now, by=by, old=incident.status, new=Status.RESOLVED, reason=summary.strip())
    return (*milestones, end)


def reopen(incident: Incident, reason: str, *, by: str, now: datetime) -> Decision:
    """Reopen a closed incident. `reason` says why. For a duplicate, `reopen_duplicate` changes the other one too."""
    if incident.duplicate_of is not None:
        return Refused(f"{incident.reference} has just been changed by somebody else: please try again.")
    return reopened(incident, reason, by=by, now=now)


def reopened(incident: Incident, reason: str, *, by: str, now: datetime) -> Decision:
    """The facts that reopen a closed incident. What was set aside begins again: nobody has worked on it since."""
    if not incident.is_closed:
        return Refused(f"{incident.reference} is already open ({incident.status}).")
    if not reason.strip():
        return Refused("Say why it is opened again: `/incident reopen errors are back`.", field="reason")
    if refused := too_long(reason, "reason"):
        return refused
    status = Status.TRIAGE if incident.status.is_set_aside else Status.MITIGATING
    changed = facts.StatusChanged(at=now, by=by, old=incident.status, new=status, reason=reason.strip())
    return (changed, *((facts.RoomAskedFor(at=now, by=by),) if incident.without_room else ()))
