"""What every rule returns, and the refusal of a closed incident."""

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident

Decision = tuple[facts.Fact, ...] | Refused


def closed(incident: Incident) -> Refused | None:
    """The refusal of acts that a closed incident does not allow; None if it is open."""
    if not incident.is_closed:
        return None
    return Refused(
        f"{incident.reference} is {incident.status}. If the problem is back, open it again: "
        f"`/incident reopen {incident.reference}: <why>`."
    )
