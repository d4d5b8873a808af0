"""The rule that declares an incident."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import TITLE_MAX, too_long
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
    severity_assumed: bool = False,
) -> Decision:
    """Declare an incident. Only the title is required; `commander` takes command at once."""
    title = " ".join(title.split())
    if not any(character.isprintable() and not character.isspace() for character in title):
        return Refused("Say in a few words what is failing: that becomes the title.", field="title")
    if len(title) > TITLE_MAX:
        return Refused(
            f"A title has at most {TITLE_MAX} characters and this one has {len(title)}: "
            "shorten it and put the rest in the summary.",
            field="title",
        )
    if refused := too_long(summary, "summary"):
        return refused
    declared = facts.Declared(
        at=now,
        by=by,
        number=number,
        title=title,
        severity=severity,
        summary=summary.strip(),
        private=private,
        source=source,
        severity_assumed=severity_assumed,
    )
    if commander is None:
        return (declared,)
    return declared, facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=commander)
