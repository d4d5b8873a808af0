"""How often reminders may be snoozed."""

from bot.core.decision import Refused
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import closed

SNOOZES_MAX = 2  # between two updates


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
