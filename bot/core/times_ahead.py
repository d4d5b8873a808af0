"""Times to come that people type at the end of a sentence: `… in 10 min`, `… at 14:30`, `… at tomorrow 9:00 utc`."""

import re
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.core import times, zones
from bot.core.times import Timed, Unclear

SOON = timedelta(
    hours=12
)  # a time of day that comes later than this has passed today: it is part of the sentence

_BEGINS = re.compile(r"(?:^|\s)(?P<how>in|at)\s+", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>today|tomorrow)\b[\s,]*(?:at\s+)?", re.IGNORECASE)
_END = re.compile(r"[\s.!]*$")


def parse(text: str, now: datetime, zone: ZoneInfo | None) -> Timed | Unclear | None:
    """Read the time that the text ends with.

    Args:
        text: what was typed.
        now: the present (UTC).
        zone: the person's time zone; None if it is unknown, and then a time of day must have a zone.

    Returns:
        The time and the text before it; `Unclear` if it is a time that cannot be read; None if the text ends with
        none, or with one that has passed, which tells of something that happened.
    """
    for begins in _BEGINS.finditer(text):
        typed = text[begins.end() :]
        read = _after(typed, now) if begins["how"].lower() == "in" else _at(typed, now, zone)
        if isinstance(read, datetime):
            return Timed(read, text[: begins.start()].rstrip(" ,:;-"))
        if read:
            return read
    return None


def _after(typed: str, now: datetime) -> datetime | None:
    """The time after a length of time, such as `10 min`."""
    length = times.read_length(typed)
    if length is None or not _END.match(typed, length[1]):
        return None
    return now + length[0]


def _at(typed: str, now: datetime, zone: ZoneInfo | None) -> datetime | Unclear | None:
    """The next such time of day, or the one of a day that is named before or after it."""
    day = _DAY.match(typed)
    typed = typed[day.end() :] if day else typed
    read = times.read_time(typed)
    if read is None:
        return None
    of_day, end = read
    named = zones.read(typed[end:], zone, now)
    rest = typed[end + (named.end if named else 0) :]
    if day is None and (day := _DAY.match(rest.lstrip(" ,"))):
        rest = rest.lstrip(" ,")[day.end() :]
    if of_day is None or not _END.match(rest):
        return None
    where = named.zone if named else zone
    if where is None:
        return Unclear(times.ZONE_UNCLEAR if named else times.ZONE_UNKNOWN)
    return _next(of_day, day["day"].lower() if day else "", where, now)


def _next(of_day: time, day: str, where: tzinfo, now: datetime) -> datetime | None:
    today = now.astimezone(where).date()
    at = [
        datetime.combine(today + timedelta(days=days), of_day, where).astimezone(now.tzinfo)
        for days in (0, 1)
    ]
    if day == "tomorrow":
        return at[1]
    if at[0] > now:
        return at[0]
    return at[1] if not day and at[1] - now <= SOON else None
