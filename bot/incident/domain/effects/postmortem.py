"""Who is told of a postmortem that is owed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RemindWriter:
    """Tell the person who writes a postmortem, and nobody else, that it is due, if it still is at delivery.

    Attributes:
        slot: since when they are to be told (UTC).
        person: who is told; empty if nobody who could write it is there any more, and the war room is told.
    """

    slot: datetime
    person: str


@dataclass(frozen=True, slots=True)
class TellBoard:
    """Tell the review board's channel that a postmortem is overdue, if it still is at delivery.

    Attributes:
        slot: since when it is to be told (UTC).
    """

    slot: datetime
