"""What the war room is told of action items of other incidents."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TellOfActionItems:
    """Tell the war room which open action items were going to prevent this incident.

    Attributes:
        numbers: their numbers, the most similar first.
    """

    numbers: tuple[int, ...]
