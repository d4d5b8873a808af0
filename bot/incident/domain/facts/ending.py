"""Facts about incidents that were no incidents of their own: false alarms and duplicates."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.facts.lifecycle import StatusChanged
from bot.incident.domain.vocabulary import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(StatusChanged):
    """The incident was a false alarm.

    It is a kind of its own, because a release that does not know this status leaves unknown kinds to a newer one.
    """

    new: Status = Status.CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDuplicate(StatusChanged):
    """The incident was closed because another one is about the same problem.

    Attributes:
        of: the number of the other incident.
        room: the channel of its war room at that time; empty if it had none.
    """

    new: Status = Status.DUPLICATE
    of: int
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateMerged(BaseFact):
    """Another incident was closed as a duplicate of this one. Its timeline belongs to this one's postmortem.

    Attributes:
        number: the number of the duplicate.
        title: its title.
        people: those who held a role in it, and come over.
    """

    words: ClassVar[tuple[str, ...]] = ("title",)
    actors: ClassVar[tuple[str, ...]] = ("by", "people")

    number: int
    title: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateReopened(BaseFact):
    """An incident that was merged into this one is open again, and is no longer a duplicate."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

    number: int
    reason: str = ""
