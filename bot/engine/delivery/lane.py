"""The lanes in which effects wait."""

from dataclasses import dataclass
from enum import Enum


class Where(Enum):
    """In which channel a lane's effects show or read something."""

    OWN = "the stream's own channel"
    COMMON = "the channel where everybody hears of it"
    ELSEWHERE = "another place, or none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Effects of one lane are delivered in order; lanes run side by side.

    Attributes:
        name: within its stream, as the outbox has it: renaming one takes a migration.
        where: the channel that must be open to it.
        yields_to: the lane that goes first, whatever the order; None where there is none.
        of_a_channel: whether the outside world limits each channel by itself, and not all of them together.
    """

    name: str
    where: Where
    yields_to: str | None
    of_a_channel: bool
