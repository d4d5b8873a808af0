"""The hours in which people are reminded of action items: local times of working days, in the owner's own time zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.local_time import to_utc, zone_of

_DAY = timedelta(days=1)
BACK_MAX = 14  # days: what falls later in an absence is no use so early
_LONGEST = 3 * 366  # days: more than anybody is away

DayOff = Callable[[date], bool]


def never(_day: date) -> bool:
    """No day is off."""
    return False


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From one local time to a later one, on some days of the week.

    Attributes:
        days: the days, from 0 for Monday to 6 for Sunday; there is at least one.
        is_off: which days are off all the same: public holidays, and those on which the person is away.
    """

    start: time = time(9)
    end: time = time(17)
    days: frozenset[int] = frozenset(range(5))
    is_off: DayOff = never

    def __contains__(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() in self.days and not self.is_off(day)


def on_or_before(day: date, hours: WorkingHours) -> date:
    """The day itself, or the last working day of the two weeks before it; without one, the first working day after it.

    Raises:
        ValueError: there is no working day in years.
    """
    before = (day - _DAY * back for back in range(BACK_MAX + 1))
    return next((each for each in before if each in hours), None) or first_after(day, hours)


def first_after(day: date, hours: WorkingHours) -> date:
    """The first working day after this day.

    Raises:
        ValueError: there is none in years.
    """
    for each in (day + _DAY * ahead for ahead in range(1, _LONGEST)):
        if each in hours:
            return each
    raise ValueError("years without a working day")


def last_off(day: date, hours: WorkingHours) -> date:
    """The last one of the days off that follow this day without a gap, within two weeks; the day itself if none does."""
    for ahead in range(1, BACK_MAX + 1):
        if day + _DAY * ahead in hours:
            return day + _DAY * (ahead - 1)
    return day + _DAY * BACK_MAX


def begins(day: date, hours: WorkingHours, zone: str) -> datetime:
    """When work begins on this day in the zone of this IANA name (UTC)."""
    return to_utc(day, hours.start, zone)


def next_working_moment(moment: datetime, hours: WorkingHours, zone: str) -> datetime:
    """The moment itself (UTC) if it is in working hours; otherwise when they begin next.

    Raises:
        ValueError: there is no working day in years.
    """
    today = moment.astimezone(zone_of(zone)).date()
    if today in hours and moment < to_utc(today, hours.end, zone):
        return max(moment, begins(today, hours, zone))
    return begins(first_after(today, hours), hours, zone)
