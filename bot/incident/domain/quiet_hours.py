"""Quiet hours: a time of day at which nobody is reminded of an incident that can wait. Pure functions of a time.

They are stored as local times and a time zone, resolved for each night, and compared in UTC, half-open.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.core.local_time import to_utc, zone_of

_DAY = timedelta(days=1)
_NIGHTS = 64  # a tick looks at few nights


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local time to another; over midnight if the second is not later.

    Attributes:
        zone: the IANA name of the time zone.
    """

    start: time
    end: time
    zone: str


def after_quiet(quiet: QuietHours, moment: datetime) -> datetime:
    """The moment itself (UTC), or the end of the quiet hours that it is in."""
    day = moment.astimezone(zone_of(quiet.zone)).date()
    for evening in (day - _DAY, day):
        start, end = _night(quiet, evening)
        if start <= moment < end:
            return end
    return moment


@lru_cache(maxsize=_NIGHTS)
def _night(quiet: QuietHours, evening: date) -> tuple[datetime, datetime]:
    """Start and end (UTC) of the quiet hours that begin on this day."""
    morning = evening + _DAY if quiet.end <= quiet.start else evening
    return to_utc(evening, quiet.start, quiet.zone), to_utc(morning, quiet.end, quiet.zone)
