"""Who is in the war room of an incident."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Present:
    """Who is in the war room of an incident.

    Attributes:
        people: in the order in which they came, without apps; None if it is not known yet.
    """

    people: Sequence[str] | None = None

    def lacks(self, person: str) -> bool:
        """Whether it is known that this person is not there."""
        return self.people is not None and person not in self.people
