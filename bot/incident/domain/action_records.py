"""The record of an action item: the little of it that figures about many incidents need. Another subject brings them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
    """What figures need of an action item. All times are in UTC; days are in the owner's time zone.

    Attributes:
        version: the number of facts that the record was made from.
        incident: the number of the incident that it comes from.
        kind: prevent, detect, mitigate or learn.
        zone: the IANA name of the owner's time zone; empty if it is not known.
        first_due_on: the day by which it was to be done when it was added.
        slips: how many times its day was put off.
        is_done: whether it is done.
        ended_at: when it was done or given up; None if it is open.
    """

    number: int
    version: int
    title: str
    incident: int
    kind: str
    zone: str
    added_at: datetime
    first_due_on: date
    due_on: date
    slips: int
    is_done: bool
    ended_at: datetime | None

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it was there and not over at this time, as far as its last end tells."""
        return self.added_at < moment and (self.ended_at is None or moment < self.ended_at)
