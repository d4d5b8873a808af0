"""Working days: Monday to Friday, without public holidays. Pure; which days are holidays is an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.core.local_time import to_utc, zone_of

IsHoliday = Callable[[date], bool]

END_OF_DAY = time(17)  # what is due on a day is due at this local time
START_OF_DAY = time(9)  # what is said on a day is said at this local time
_SATURDAY = 5
_DAY = timedelta(days=1)
UTC_NAME = "UTC"


def no_holidays(_day: date) -> bool:
    """No day is a holiday."""
    return False


def is_working_day(day: date, is_holiday: IsHoliday) -> bool:
    """Whether people work on this day."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def working_days_from(day: date, count: int, is_holiday: IsHoliday) -> date:
    """The working day that is `count` working days after a day; before it, if `count` is negative.

    The day itself does not count, whether or not people work on it. With 0 it is that day, or the next working day.
    """
    step = -_DAY if count < 0 else _DAY
    left = abs(count)
    while left or not is_working_day(day, is_holiday):
        day += step
        left -= is_working_day(day, is_holiday) and left > 0
    return day


def due_after(moment: datetime, days: int, zone: str, is_holiday: IsHoliday) -> datetime:
    """The end of the working day that is this many working days after a moment (UTC).

    Args:
        moment: from when the days are counted (UTC); its own day does not count.
        days: at least 1.
        zone: the IANA name of the zone whose days they are; empty for UTC.
        is_holiday: which days are public holidays.
    """
    return to_utc(working_days_from(day_of(moment, zone), days, is_holiday), END_OF_DAY, zone or UTC_NAME)


def morning_before(due_at: datetime, days: int, zone: str, is_holiday: IsHoliday) -> datetime:
    """The morning of the working day that is this many working days before something is due (UTC); 0 for its own day."""
    day = day_of(due_at, zone)
    return to_utc(working_days_from(day, -days, is_holiday) if days else day, START_OF_DAY, zone or UTC_NAME)


def next_morning(moment: datetime, zone: str, is_holiday: IsHoliday) -> datetime:
    """The morning of the first working day after the day of this moment (UTC)."""
    return to_utc(working_days_from(day_of(moment, zone), 1, is_holiday), START_OF_DAY, zone or UTC_NAME)


def day_of(moment: datetime, zone: str) -> date:
    """The day of a moment in this zone."""
    return moment.astimezone(zone_of(zone) if zone else UTC).date()
