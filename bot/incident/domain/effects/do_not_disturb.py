"""Do-not-disturb of the commander, and of people who are asked to take command."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadDoNotDisturb:
    """Read a person's do-not-disturb, and tell those who must know.

    Attributes:
        person: the commander, or who is asked to take command.
        by: who made them that; the person themselves if they took command; empty if only time has passed.
    """

    person: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class TellOfDoNotDisturb:
    """Tell the person who gave or offered command, and nobody else, that the other one is in do-not-disturb.

    Attributes:
        to: who is told.
        until: when it ends (UTC).
    """

    person: str
    to: str
    until: datetime
