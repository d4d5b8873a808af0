"""Times that people type: `14:05`, `2:05pm`, `yesterday 23:50`, `Nov 24 14:05 CET`, `an hour ago`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.core import days, zones

LATE_NIGHT = timedelta(
    hours=12
)  # `23:50` typed at 00:10 means yesterday; `14:50` typed at 14:05 is a mistake
CANNOT_READ = (
    "I cannot read that time. Write `at 14:05`, `at 2:05pm utc`, `at yesterday 23:50`, `at Nov 24 14:05`, "
    "`at 2026-11-23 14:05` or `at 10 min ago`, then what happened."
)
ZONE_UNKNOWN = "I do not know your time zone at the moment. Write the time in UTC: `at 14:05 utc`."
ZONE_UNCLEAR = (
    "I cannot tell which time zone is meant. Write the time in UTC, `at 14:05 utc`, or with its offset, "
    "`at 14:05 +05:30`."
)

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?(?:\s*(?P<half>[ap]m)\b)?",
    re.IGNORECASE,
)
_TO_CLOCK = re.compile(r"(?:T|,?\s+(?:at\s+)?)(?=\d)", re.IGNORECASE)  # between a day and a time of day
_TO_DAY = re.compile(
    r",?\s+(?:on\s+|(?=yesterday\b|today\b|\d{4}-))", re.IGNORECASE
)  # and the other way round
_END = re.compile(r"$|[\s,:;)-]")

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {"half a": 0.5, "half an": 0.5, "a": 1.0, "an": 1.0} | {
    name: float(count) for count, name in enumerate(_NUMBERS, start=1)
}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}  # a unit is known by its first letter
_LENGTH = re.compile(
    rf"(?P<count>\d{{1,4}}(?:\.\d)?|(?:half\s+an?|an?|{'|'.join(_NUMBERS)})(?=\s))\s*"
    r"(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])"
    r"(?P<more>\s+and\s+a\s+half\b)?(?:,?\s+and\s+(?!a\s+half)|,?\s*)",
    re.IGNORECASE,
)
_AGO = re.compile(r"ago\b", re.IGNORECASE)

_LOOKS_LIKE_ONE = re.compile(
    r"(?:yesterday|today|tomorrow|noon|midnight|last\s+night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\d{1,2}:\d|\d{4}-\d{2}-\d{2}|\d{1,2}\s*[ap]m\b"
    rf"|{days.MONTH}\.?\s+\d{{1,2}}\b|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{days.MONTH}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A time (UTC) and the text that followed it."""

    at: datetime
    rest: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A time that cannot be read.

    Attributes:
        why: what to do about it, for the person who typed it.
    """

    why: str


def parse(
    text: str, now: datetime, zone: ZoneInfo | None, near: datetime | None = None
) -> Timed | Unclear | None:
    """Read the time that the text begins with.

    Args:
        text: what was typed after `at`.
        now: the present (UTC). A time of day that is more than half a day in the future means yesterday.
        zone: the person's time zone; None if it is unknown, and then the text must have a zone, or `ago`.
        near: the time that is corrected (UTC): a time of day without a day is then the one closest to it.

    Returns:
        The time and the rest of the text; `Unclear` if it looks like a time but cannot be read; None if it does not.
    """
    text = text.strip()
    return _ago(text, now) or _of_day(text, now, zone, near)


def read_length(text: str) -> tuple[timedelta, int] | None:
    """Read the length of time that the text begins with, such as `1h 20m`, and where it ends; None if there is none."""
    length, end = 0.0, 0
    while part := _LENGTH.match(text, end):
        typed = " ".join(part["count"].lower().split())
        count = _COUNTS[typed] if typed in _COUNTS else float(typed)
        length += (count + (0.5 if part["more"] else 0.0)) * _SECONDS[part["unit"][0].lower()]
        end = part.end()
    return (timedelta(seconds=length), end) if end else None


def read_time(text: str) -> tuple[time | None, int] | None:
    """Read the time of day that the text begins with, such as `2:05pm`, and where it ends; None if there is none.

    The time is None if there is no such time of day: `at 3 servers` has none, and `at 25:70` has one that is wrong.
    """
    clock = _CLOCK.match(text)
    if clock is None or (clock["minute"] is None and clock["half"] is None):
        return None
    return _time(clock), clock.end()


def _ago(text: str, now: datetime) -> Timed | None:
    """`10 min ago`, `an hour and a half ago`, `1h 20m ago`."""
    length = read_length(text)
    ago = _AGO.match(text, length[1]) if length else None
    return Timed(now - length[0], _rest(text, ago.end())) if length and ago else None


def _of_day(text: str, now: datetime, zone: ZoneInfo | None, near: datetime | None) -> Timed | Unclear | None:
    day = days.read(text)
    start = day.end if day else 0
    if day and (link := _TO_CLOCK.match(text, start)):
        start = link.end()
    read = read_time(text[start:])
    if read is None:
        return Unclear(CANNOT_READ) if _LOOKS_LIKE_ONE.match(text) else None  # `at 3 servers` is not a time
    end = start + read[1]
    named = zones.read(text[end:], zone, now)
    end += named.end if named else 0
    if day is None and (link := _TO_DAY.match(text, end)) and (day := days.read(text[link.end() :])):
        end = link.end() + day.end
    if not _END.match(text, end):
        return Unclear(CANNOT_READ)
    where = named.zone if named else zone
    if where is None:
        return Unclear(ZONE_UNCLEAR if named else ZONE_UNKNOWN)
    at = _moment(read[0], day, where, now, near)
    return Timed(at, _rest(text, end)) if at else Unclear(CANNOT_READ)


def _moment(
    of_day: time | None, day: days.Day | None, where: tzinfo, now: datetime, near: datetime | None
) -> datetime | None:
    """The moment (UTC); None if there is no such day or time of day."""
    today = now.astimezone(where).date()
    date_ = day.on_calendar(today) if day else today
    if of_day is None or date_ is None:
        return None
    try:
        if day is None and near:
            around = (near.astimezone(where).date() + timedelta(days=days) for days in (-1, 0, 1))
            return min((_latest(each, of_day, where, now) for each in around), key=lambda at: abs(at - near))
        at = _latest(date_, of_day, where, now)
        if day is None and at - now > LATE_NIGHT:
            at = _latest(date_ - timedelta(days=1), of_day, where, now)
    except OverflowError:  # the first hours of the year 1, east of Greenwich
        return None
    return at


def _latest(day: date, of_day: time, where: tzinfo, now: datetime) -> datetime:
    """The moment in UTC. In an hour that comes twice, when clocks are set back, the latest that is not in the future."""
    local = datetime.combine(day, of_day, where)
    second = local.replace(fold=1).astimezone(UTC)
    return second if second <= now else local.astimezone(UTC)


def _time(clock: re.Match[str]) -> time | None:
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    half = (clock["half"] or "").lower()
    if half and not 1 <= hour <= 12:  # noqa: PLR2004  # a twelve-hour clock
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _rest(text: str, end: int) -> str:
    return text[end:].lstrip(" ,:;-")
