"""The incidents that a person may see, as lists show them."""

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
    """The worst open incidents that a person may see, worst first, and how many there are in all.

    Attributes:
        unreadable: the numbers of those that would be among them and that could not be read.
    """

    worst: Sequence[ListedIncident] = ()
    total: int = 0
    unreadable: Sequence[int] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.worst and not self.unreadable
