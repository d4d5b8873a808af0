"""The rules for the answers to nudges."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.nudges import applies
from bot.incident.domain.roles import DEFAULT_ROLES, Roles
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import too_long
from bot.incident.domain.rules.roles import assign
from bot.incident.domain.vocabulary import Role, Severity, mention

REASON_MAX = 300  # characters


def may_decline(incident: Incident, kind: NudgeKind) -> Refused | None:
    """The refusal of any reason, because the question is answered already; None if it is not."""
    if refused := closed(incident):
        return refused
    if applies(incident, kind) and kind not in incident.attention.declined:
        return None
    return Refused(f"That is answered already in {incident.reference}: `/incident timeline` shows how.")


def decline_nudge(incident: Incident, kind: NudgeKind, reason: str, *, by: str, now: datetime) -> Decision:
    """Say why what a nudge asks for is not done. It is not asked again until things change."""
    if refused := may_decline(incident, kind) or too_long(reason, "reason", REASON_MAX):
        return refused
    if not reason.strip():
        return Refused("Say in a few words why not: the timeline keeps it.", field="reason")
    return (facts.NudgeDeclined(at=now, by=by, nudge=kind, reason=reason.strip()),)


def keep_severity(incident: Incident, severity: Severity, *, by: str, now: datetime) -> Decision:
    """Confirm the severity that nobody has chosen, if it is still this one."""
    if refused := closed(incident):
        return refused
    if not incident.attention.severity_assumed or severity is not incident.severity:
        return Refused(f"That is answered already: {incident.reference} is {incident.severity.label}.")
    return (facts.SeverityConfirmed(at=now, by=by, severity=severity),)


def become_scribe(incident: Incident, *, by: str, now: datetime, roles: Roles = DEFAULT_ROLES) -> Decision:
    """Take the scribe's role, if nobody has it. A button must not take it from somebody."""
    holder = incident.holder(Role.SCRIBE)
    if holder and holder != by and not incident.is_closed:
        return Refused(f"{mention(holder)} is {roles.title(Role.SCRIBE)} of {incident.reference} already.")
    return assign(incident, Role.SCRIBE, by, by=by, now=now, roles=roles)
