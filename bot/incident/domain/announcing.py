"""Further channels in which incidents are announced, by severity and by service."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class AnnounceChannel:
    """A channel in which some incidents are announced.

    Attributes:
        channel: its id.
        severities: those of which they are; empty for any.
        services: the keys of those of which they affect at least one; empty for any or none.
    """

    channel: str
    severities: frozenset[Severity] = frozenset()
    services: frozenset[str] = frozenset()

    def is_for(self, incident: Incident) -> bool:
        """Whether this incident belongs there, or has belonged there."""
        severities = {incident.severity, *incident.severities}  # a stored state may lack those before
        fits = not self.severities or not self.severities.isdisjoint(severities)
        return fits and (not self.services or not self.services.isdisjoint(incident.services_so_far))


def channels_for(incident: Incident, every: Iterable[AnnounceChannel]) -> list[str]:
    """The channels in which this incident is announced, by its severities and services, present and past.

    An announcement that is once there stays and is kept up to date when these change. A private incident has none,
    and a drill none either.
    """
    if incident.private or incident.was_only_practice:
        return []
    return [each.channel for each in every if each.is_for(incident)]
