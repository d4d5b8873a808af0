"""The hours in which people are reminded of action items: local times of working days, in the owner's own time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.local_time import to_utc, zone_of

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From one local time to a later one, on some days of the week.

    Attributes:
        days: the days, from 0 for Monday to 6 for Sunday; there is at least one.
    """

    start: time = time(9)
    end: time = time(17)
    days: frozenset[int] = frozenset(range(5))

    def __contains__(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() in self.days


def on_or_before(day: date, hours: WorkingHours) -> date:
    """The day itself, or the last working day before it."""
    return next(each for each in (day - _DAY * back for back in range(_WEEK)) if each in hours)


def begins(day: date, hours: WorkingHours, zone: str) -> datetime:
    """When work begins on this day in the zone of this IANA name (UTC)."""
    return to_utc(day, hours.start, zone)


def next_working_moment(moment: datetime, hours: WorkingHours, zone: str) -> datetime:
    """The moment itself (UTC) if it is in working hours; otherwise when they begin next."""
    today = moment.astimezone(zone_of(zone)).date()
    for day in (today + _DAY * ahead for ahead in range(_WEEK + 1)):
        if day in hours and moment < to_utc(day, hours.end, zone):
            return max(moment, begins(day, hours, zone))
    raise ValueError("a week without a working day")
