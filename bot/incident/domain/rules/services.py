"""The rule that says which services an incident affects."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.services import AFFECTED_MAX


def set_services(incident: Incident, services: Sequence[str], *, by: str, now: datetime) -> Decision:
    """Say which services it affects, instead of those before; also of a closed incident, for the review.

    Args:
        incident: the state.
        services: their keys, each once; empty for none.
        by: who says it.
        now: the time (UTC).
    """
    if refused := too_many_services(services):
        return refused
    if tuple(services) == incident.services:
        return Refused(f"That is what {incident.reference} says already.")
    return (facts.ServicesChanged(at=now, by=by, services=tuple(services), old=incident.services),)


def too_many_services(services: Sequence[str]) -> Refused | None:
    """The refusal of more services than the card can show; None if they fit."""
    if len(services) <= AFFECTED_MAX:
        return None
    return Refused(f"Name at most {AFFECTED_MAX} services: those that are hit worst.", field="services")
