"""When the owner of an action item is reminded: three days before its day, on the day, then weekly when it is overdue.

Pure functions of a time. A reminder that would come on a day off comes on the last working day before it; in a long
absence, on the first one after it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.working_hours import (
    WorkingHours,
    begins,
    first_after,
    last_off,
    next_working_moment,
    on_or_before,
)

AHEAD = timedelta(days=3)
WEEKLY = timedelta(days=7)
_OVERDUE_MAX = 520  # weeks: after ten years nobody is reminded any more


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder.

    Attributes:
        rung: 0 for the one before, 1 for the one on the day, then one more for each week.
        day: the day that it is about, whether people work on it or not: with the rung it identifies the reminder.
        at: when it comes (UTC).
    """

    rung: int
    day: date
    at: datetime


def nudges(
    item: ActionItem, hours: WorkingHours, zone: str, now: datetime
) -> tuple[Nudge | None, Nudge | None]:
    """The last reminder that has been due until now, and the next one; None if there is none.

    What was due before the owner got it, or before its day was changed, is left out. If several have passed, the last
    one stands for all of them.
    """
    due: Nudge | None = None
    if not item.is_open:
        return None, None
    for rung in range(_OVERDUE_MAX):
        day = item.due_on - AHEAD if rung == 0 else item.due_on + WEEKLY * (rung - 1)
        nudge = Nudge(rung, day, begins(on_or_before(day, hours), hours, zone))
        if nudge.at <= item.given_at < begins(day, hours, zone):  # they got it when the days off had begun
            nudge = Nudge(rung, day, begins(first_after(day, hours), hours, zone))
        if nudge.at <= item.given_at:
            continue
        if nudge.at > now:
            return due, nudge
        due = nudge
    return due, None


def mentioned_until(today: date, hours: WorkingHours) -> date:
    """Until which day items are due that a reminder of this day names: three days more than the days off that follow it."""
    return last_off(today, hours) + AHEAD


def wait_until(moment: datetime, hours: WorkingHours, zone: str) -> datetime | None:
    """When to look again, if nobody may be reminded at this moment; None if it is in working hours."""
    begin = next_working_moment(moment, hours, zone)
    return begin if begin > moment else None
