"""Quiet hours: a time of day at which nobody is reminded of an incident that can wait. Pure functions of a time.

They are stored as local times and a time zone, resolved for each night, and compared in UTC, half-open.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

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
    day = moment.astimezone(_zone(quiet.zone)).date()
    for evening in (day - _DAY, day):
        start, end = _night(quiet, evening)
        if start <= moment < end:
            return end
    return moment


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=_NIGHTS)
def _night(quiet: QuietHours, evening: date) -> tuple[datetime, datetime]:
    """Start and end (UTC) of the quiet hours that begin on this day.

    A time that clocks skip is the same length after midnight; one that comes twice is the first.
    """
    morning = evening + _DAY if quiet.end <= quiet.start else evening
    return _utc(evening, quiet.start, quiet.zone), _utc(morning, quiet.end, quiet.zone)


def _utc(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, _zone(zone)).astimezone(UTC)
