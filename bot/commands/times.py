"""Times that people type: `14:05`, `2:05pm`, `yesterday 23:50`, `2026-11-23 14:05`, `10 min ago`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATE_NIGHT = timedelta(hours=12)  # `23:50` typed at 00:10 meant yesterday; `14:50` typed at 14:05 is a slip

_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]m)?(?P<utc>\s*(?:utc|z))?"
_AGO = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>m|min|mins|minutes?|h|hours?)\s+ago\b", re.IGNORECASE)
_AT = re.compile(
    rf"(?:(?P<day>yesterday|today|\d{{4}}-\d{{2}}-\d{{2}})[ T]+)?{_CLOCK}(?=$|[\s,:;-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A time (UTC) and the text that followed it."""

    at: datetime
    rest: str


def parse(text: str, now: datetime, zone: ZoneInfo) -> Timed | None:
    """Read the time that the text begins with.

    Args:
        text: what was typed behind `at`.
        now: the present (UTC); a time of day is the latest such time that is not to come, within half a day.
        zone: where the person is.

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
    of_day = _time(match)
    day = _day(match["day"], now.astimezone(zone).date())
    if of_day is None or day is None:
        return None
    where = ZoneInfo("UTC") if match["utc"] else zone
    at = datetime.combine(day, of_day, where).astimezone(UTC)
    if match["day"] is None and at - now > LATE_NIGHT:
        at = datetime.combine(day - timedelta(days=1), of_day, where).astimezone(UTC)
    return Timed(at, _rest(text, match.end()))


def _time(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:  # noqa: PLR2004  # a twelve-hour clock
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
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
