"""Time zones as people write them after a time: `utc`, `GMT`, `CET`, `PT`, `UTC+2`, `+05:30`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Hours east of Greenwich, for abbreviations that have one offset in today's tz database, and for some that it writes
# as numbers.
_HOURS = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "NST": -3.5, "NDT": -2.5, "EST": -5, "EDT": -4, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "IDT": 3,
    "PKT": 5, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip
_SEVERAL = {"ADT", "AST", "CDT", "CST", "GST", "IST", "SST"}  # in America and Asia; in India, Ireland, Israel
_NO_WORDS = {"cet", "cest", "eet", "eest", "pst", "pdt", "edt", "mst", "mdt", "jst", "kst", "aest", "aedt"}

_UTC = re.compile(r"\s*(?:utc|gmt|z)(?P<offset>[+-]\d{1,2}(?::?[0-5]\d)?)?(?![\w:])", re.IGNORECASE)
_OFFSET = re.compile(r"\s*(?P<offset>[+-]\d{2}:?[0-5]\d)(?![\w:])")
_NAME = re.compile(r"\s+(?P<name>[A-Za-z]{2,4})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that the text begins with.

    Attributes:
        zone: None if the name has several meanings.
        end: the position in the text after it.
    """

    zone: tzinfo | None
    end: int


def read(text: str, own: ZoneInfo | None, now: datetime) -> Zone | None:
    """Read the zone that the text begins with; None if it does not begin with one.

    Args:
        text: what follows a time of day.
        own: the time zone of the person who typed it; its own abbreviations always mean this zone.
        now: the present (UTC); a zone's abbreviation depends on the season.
    """
    if found := _UTC.match(text) or _OFFSET.match(text):
        return Zone(_offset(found["offset"] or "+0"), found.end())
    found = _NAME.match(text)
    if found is None:
        return None
    # In lower case only names that are not words: "at 14:05 cat pictures failed" has no zone.
    name = found["name"].upper() if found["name"] in _NO_WORDS else found["name"]
    if own and name in _own_names(own, now):
        return Zone(own, found.end())
    if name in _SEVERAL:
        return Zone(None, found.end())
    if name in _PLACES:
        return Zone(ZoneInfo(_PLACES[name]), found.end())
    if name in _HOURS:
        return Zone(timezone(timedelta(hours=_HOURS[name])), found.end())
    return None


def _own_names(own: ZoneInfo, now: datetime) -> set[str | None]:
    return {(now - timedelta(days=days)).astimezone(own).tzname() for days in (0, 91, 182, 273)}


def _offset(text: str) -> tzinfo | None:
    """Read `+2`, `-0330` or `+05:30`; None if no place on earth has such an offset."""
    sign = -1 if text.startswith("-") else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("12") else (digits, "0")
    length = timedelta(hours=int(hours), minutes=int(minutes))
    if length > timedelta(hours=14):
        return None
    return timezone(sign * length) if length else UTC
