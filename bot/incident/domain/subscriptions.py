"""What a person follows: single incidents, all incidents of a severity or worse, and all of a service."""

from dataclasses import dataclass, replace

from bot.incident.domain import facts
from bot.incident.domain.audiences import Audience
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Severity

WIDEST = max(Severity)  # who follows this one follows all incidents


@dataclass(frozen=True, slots=True)
class Follows:
    """What one person follows.

    Attributes:
        severity: they follow all incidents that are, or have been, of this severity or worse; None if they do not.
            Private incidents are not among them.
        incidents: the numbers of the incidents that they follow by name.
        stopped: the numbers of those of which they want to hear nothing although they follow their severity or service.
        services: the keys of the services whose incidents they follow. Private incidents are not among them.
    """

    severity: Severity | None = None
    incidents: frozenset[int] = frozenset()
    stopped: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()

    def by_severity(self, incident: Incident) -> bool:
        """Whether they hear of it because of its severity. What once concerned them concerns them to the end."""
        if _is_for_insiders(incident) or self.severity is None or incident.number in self.stopped:
            return False
        return incident.worst <= self.severity

    def by_services(self, incident: Incident) -> tuple[str, ...]:
        """The services because of which they hear of it. What once concerned them concerns them to the end."""
        if _is_for_insiders(incident) or incident.number in self.stopped:
            return ()
        return tuple(each for each in incident.services_so_far if each in self.services)

    def hears_of(self, incident: Incident) -> bool:
        """Whether they hear of it at all."""
        if incident.number in self.incidents or self.by_severity(incident):
            return True
        return bool(self.by_services(incident))

    def after(self, change: "Following") -> "Follows":
        """What they follow after this change."""
        if change.service:
            service = frozenset({change.service})
            left = self.services - service
            return replace(self, services=left | service if change.follows else left)
        if change.number is None:
            return replace(self, severity=change.severity)
        number = frozenset({change.number})
        if change.follows:
            return replace(self, incidents=self.incidents | number, stopped=self.stopped - number)
        return replace(self, incidents=self.incidents - number, stopped=self.stopped | number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A change of what a person follows.

    Attributes:
        number: of the one incident; None if it is about a severity or a service.
        service: the key of the service; empty if it is about an incident or a severity.
        follows: whether they follow that incident or service from now on.
        severity: the severity that they follow from now on instead of any before; None for none.
    """

    number: int | None = None
    service: str = ""
    follows: bool = True
    severity: Severity | None = None


def _is_for_insiders(incident: Incident) -> bool:
    """Whether only those hear of it who follow it by name: it is private, or only practice."""
    return incident.private or incident.was_only_practice


def is_news(fact: facts.Fact, incident: Incident) -> bool:
    """Whether subscribers are told of this fact: what has begun, changed or ended, and updates that are for them.

    A private incident has no stakeholders outside of its war room, so the room's updates are its subscribers' too.
    """
    match fact:
        case facts.Declared() | facts.SeverityChanged() | facts.StatusChanged() | facts.KindChanged():
            return True
        case facts.ServicesChanged():
            return not incident.is_closed and bool(set(fact.services) - set(fact.old))
        case facts.UpdatePosted():
            return (Audience.ROOM if incident.private else Audience.STAKEHOLDERS) in fact.audiences
        case _:
            return False


def is_told_in_room(fact: facts.Fact) -> bool:
    """Whether the war room is told or shown this fact, too."""
    return not isinstance(fact, facts.UpdatePosted) or Audience.ROOM in fact.audiences
