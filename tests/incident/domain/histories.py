"""A history for a state that a test made without one."""

from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Status


def history_of(incident: Incident) -> list[facts.Fact]:
    """Facts that lead to about this state: declaration, roles and the end."""
    declared = facts.Declared(
        at=incident.declared_at,
        by=incident.declared_by,
        number=incident.number,
        title=incident.title,
        severity=incident.severity,
        private=incident.private,
    )
    roles = [
        facts.RoleAssigned(at=incident.declared_at, by=person, role=role, person=person)
        for role, people in incident.roles.items()
        for person in people
    ]
    end = facts.StatusChanged(
        at=incident.declared_at, by=incident.declared_by, old=Status.TRIAGE, new=incident.status
    )
    return [declared, *roles, *([end] if incident.is_closed else [])]
