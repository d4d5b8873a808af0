"""A time that a person in Berlin types on an afternoon in November."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.times import Timed, parse

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 15:00 in Berlin


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment in UTC, in November 2026 unless `month` says otherwise."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def read(text: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> datetime:
    """The moment that is read; in Berlin if no zone is given."""
    timed = parse(text, now, zone)
    assert isinstance(timed, Timed), f"{text!r} was not read: {timed}"
    return timed.at
