"""What `warroom doctor` finds: one thing that was looked at, and what to do about it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.core.text import span

TOLERATED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where it is well."""

    what: str
    remedy: str = ""


def clocks(own: datetime, other: datetime, whose: str) -> Finding:
    """How this machine's clock stands to another's.

    Args:
        own: what this machine's clock says (UTC).
        other: what the other said at the same moment (UTC).
        whose: the other's name, as it follows on 'the clock of'.
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


def told_time(header: str) -> datetime | None:
    """The time in a `Date` header (UTC); None where there is none that makes sense."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return None
