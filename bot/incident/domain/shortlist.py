"""The open incidents that a person may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.incident.domain.incident import Incident


@dataclass(frozen=True, slots=True)
class ListedIncident:
    """An open incident and the channel of its war room, once that is open.

    Attributes:
        is_seen_from_outside: whether it is private, and the person sees it without being in its war room.
    """

    incident: Incident
    channel: str | None
    is_seen_from_outside: bool = False


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The worst open incidents that a person may see, worst first, and how many there are in all."""

    worst: Sequence[ListedIncident] = ()
    total: int = 0
