"""Times that people type: `14:05`, `2:05pm`, `yesterday 23:50`, `2026-11-23 14:05`, `10 min ago`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATE_NIGHT = timedelta(hours=12)  # `23:50` typed at 00:10 meant yesterday; `14:50` typed at 14:05 is a slip

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?)?\s*(?P<half>[ap]m)?(?P<utc>\s*(?:utc|z))?"
_AGO = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>m|min|mins|minutes?|h|hours?)\s+ago\b", re.IGNORECASE)
_AT = re.compile(
    rf"(?:(?P<day>yesterday|today|\d{{4}}-\d{{2}}-\d{{2}})[ T]+)?{_CLOCK}(?=$|[\s,:;-])", re.IGNORECASE
)
_LOOKS_LIKE_ONE = re.compile(
    r"(?:(?:yesterday|today|tomorrow|noon|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A time (UTC) and the text that followed it."""

    at: datetime
    rest: str


def parse(text: str, now: datetime, zone: ZoneInfo | None) -> Timed | None:
    """Read the time that the text begins with.

    Args:
        text: what was typed behind `at`.
        now: the present (UTC); a time of day is the latest such time that is not to come, within half a day.
        zone: where the person is; None where that is not known, and then only `utc` and `ago` can be read.

    Returns:
        The time and the rest, or None when the text does not begin with a time that exists.
    """
    text = text.strip()
    if ago := _AGO.match(text):
        unit = timedelta(hours=1) if ago["unit"].lower().startswith("h") else timedelta(minutes=1)
        return Timed(now - int(ago["count"]) * unit, _rest(text, ago.end()))
    match = _AT.match(text)
    if match is None or (match["minute"] is None and match["half"] is None):
        return None  # `at 3 servers` is no time
    where = ZoneInfo("UTC") if match["utc"] else zone
    if where is None:
        return None
    of_day = _time(match)
    day = _day(match["day"], now.astimezone(where).date())
    if of_day is None or day is None:
        return None
    try:
        at = _latest(datetime.combine(day, of_day, where), now)
    except OverflowError:  # the first hours of the year 1, east of Greenwich
        return None
    if match["day"] is None and at - now > LATE_NIGHT:
        at = _latest(datetime.combine(day - timedelta(days=1), of_day, where), now)
    return Timed(at, _rest(text, match.end()))


def looks_like_one(text: str) -> bool:
    """Whether somebody meant to write a time here, readable or not."""
    return _LOOKS_LIKE_ONE.match(text.strip()) is not None


def _latest(local: datetime, now: datetime) -> datetime:
    """In UTC. Of an hour that comes twice, when clocks are set back, the latest that is not to come."""
    second = local.replace(fold=1).astimezone(UTC)
    return second if second <= now else local.astimezone(UTC)


def _time(match: re.Match[str]) -> time | None:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:  # noqa: PLR2004  # a twelve-hour clock
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _day(named: str | None, today: date) -> date | None:
    if named is None or named.lower() == "today":
        return today
    if named.lower() == "yesterday":
        return today - timedelta(days=1)
    try:
        return date.fromisoformat(named)
    except ValueError:
        return None


def _rest(text: str, end: int) -> str:
    return text[end:].lstrip(" ,:;-")
