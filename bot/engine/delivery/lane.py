"""The lanes in which effects wait."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


class LaneChannel(Enum):
    """The channel in which the effects of a lane show or read something."""

    OWN = "the stream's own channel"
    COMMON = "the channel where everybody hears of it"
    ELSEWHERE = "another place, or none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Effects of one lane are delivered in order; several lanes are delivered at the same time.

    Attributes:
        name: its name within the stream, which the outbox stores: a new name needs a migration.
        where: the channel that must be open for it.
        yields_to: the lane that is delivered first, whatever the order; None if there is none.
        of_a_channel: whether the outside world limits each channel separately, and not all of them together.
        divided_by: the attribute of its effects by which it is divided into lanes of their own, such as the channel in
            which each shows something; empty if it is one lane.
        pause: how long its effects wait at first, so that what changes meanwhile is shown together; a minute at most.
    """

    name: str
    where: LaneChannel
    yields_to: str | None
    of_a_channel: bool
    divided_by: str = ""
    pause: timedelta = timedelta()
