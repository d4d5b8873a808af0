"""Findings of `warroom doctor` about clocks."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.core.text import span
from bot.engine.findings import Finding

TOLERATED = timedelta(seconds=30)


def clocks(own: datetime, other: datetime, whose: str) -> Finding:
    """Compare this machine's clock with another.

    Args:
        own: this machine's time (UTC).
        other: the other clock's time at the same moment (UTC).
        whose: the words that follow 'the clock of'.
    """
    off = own - other
    if abs(off) <= TOLERATED:
        return Finding(f"this machine's clock agrees with that of {whose}")
    which = "ahead of" if off > timedelta(0) else "behind"
    return Finding(
        f"this machine's clock is {span(abs(off))} {which} that of {whose}",
        "Have them keep time (NTP): times on timelines are wrong, and so is when reminders come; of Slack's signed "
        "requests those are refused that seem to be five minutes old.",
    )


def parse_date(header: str) -> datetime | None:
    """The time in a `Date` header (UTC); None if it is missing or invalid."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return None
