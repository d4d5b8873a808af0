"""What every rule answers, and the answer of a closed incident."""

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident

Decision = tuple[facts.Fact, ...] | Refused


def closed(incident: Incident) -> Refused | None:
    """The answer to whatever a closed incident does not take any more."""
    if not incident.is_closed:
        return None
    return Refused(
        f"{incident.reference} is {incident.status}. If it is back, open it again: `/incident reopen <why>`."
    )
