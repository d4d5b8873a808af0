"""When the morning digest is due. Pure functions of a time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.local_time import to_utc

LATEST = timedelta(
    hours=1
)  # after that it is no morning digest any more, and `/incident digest` shows the same
_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DigestTime:
    """When the digest of all open incidents is posted: each day at a local time.

    Attributes:
        zone: the IANA name of the time zone.
        weekdays: whether only from Monday to Friday.
    """

    at: time
    zone: str
    weekdays: bool = False


@dataclass(frozen=True, slots=True)
class DueDigest:
    """One digest that is due: its local day, and its time (UTC)."""

    day: date
    at: datetime


def due_digest(when: DigestTime, now: datetime) -> DueDigest | None:
    """The digest that is due now (UTC); None if there is none, or if it would come more than an hour late.

    A time that clocks skip is the same length after midnight; one that comes twice is the first.
    """
    today = now.astimezone(ZoneInfo(when.zone)).date()
    for day in (today, today - _DAY):  # yesterday's, shortly after midnight
        at = to_utc(day, when.at, when.zone)
        if at <= now < at + LATEST and not (when.weekdays and day.weekday() >= _SATURDAY):
            return DueDigest(day, at)
    return None
