"""Further channels in which incidents are announced, by severity."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class AnnounceChannel:
    """A channel in which incidents of some severities are announced.

    Attributes:
        channel: its id.
    """

    channel: str
    severities: frozenset[Severity]


def channels_for(incident: Incident, every: Iterable[AnnounceChannel]) -> list[str]:
    """The channels in which this incident is announced: those for a severity that it has, or has had.

    An announcement that is once there stays and is kept up to date when the severity changes. A private incident has none.
    """
    if incident.private:
        return []
    severities = {incident.severity, *incident.severities}  # a stored state may lack those before
    return [each.channel for each in every if each.severities & severities]
