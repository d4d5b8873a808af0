"""The rule that declares an incident."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.kinds import kind_of_title
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import too_long
from bot.incident.domain.rules.naming import checked_title
from bot.incident.domain.rules.services import too_many_services
from bot.incident.domain.vocabulary import Role, Severity


def declare(
    *,
    number: int,
    title: str,
    severity: Severity,
    by: str,
    now: datetime,
    summary: str = "",
    private: bool = False,
    commander: str | None = None,
    source: str = "",
    room: str = "",
    severity_assumed: bool = False,
    services: Sequence[str] = (),
    rehearses: int | None = None,
    came_from: str = "",
) -> Decision:
    """Declare an incident, or a drill: then its title begins with `Drill:`. Only the title is required.

    `commander` takes command at once. `room` is a channel that it adopts. `rehearses` is the action item that a drill tries out.
    """
    checked = checked_title(title)
    if isinstance(checked, Refused):
        return checked
    if refused := too_long(summary, "summary"):
        return refused
    if refused := too_many_services(services):
        return refused
    declared = facts.Declared(
        at=now,
        by=by,
        number=number,
        title=checked,
        severity=severity,
        summary=summary.strip(),
        private=private,
        source=source,
        room=room,
        severity_assumed=severity_assumed,
        services=tuple(services),
        kind=kind_of_title(checked),
        rehearses=rehearses,
        came_from=came_from,
    )
    if commander is None:
        return (declared,)
    return declared, facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=commander)
