"""Local times of a day, in UTC."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@lru_cache(maxsize=8)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of this IANA name."""
    return ZoneInfo(name)


def known_zone(name: str) -> str:
    """The IANA name of a time zone; empty if this machine does not know it."""
    try:
        return zone_of(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError):
        return ""


def to_utc(day: date, at: time, zone: str) -> datetime:
    """That time of that day in the zone of this IANA name, in UTC.

    A time that clocks skip is the same length after midnight; one that comes twice is the first.
    """
    return datetime.combine(day, at, zone_of(zone)).astimezone(UTC)
