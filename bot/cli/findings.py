"""Findings of `warroom doctor` about clocks, and about pages."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.config import Settings
from bot.core.page_links import PATH
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


def pages(settings: Settings) -> Finding:
    """Whether people can open pages by links."""
    if settings.public_url and settings.port:
        return Finding(f"pages can be opened by links that I give in Slack, at {settings.public_url}{PATH}…")
    files = "pages (postmortems, figures) are files in Slack"
    if settings.public_url:
        return Finding(
            f"{files}: PUBLIC_URL is set, and PORT is not",
            "Set PORT, on which I listen behind that address, or leave PUBLIC_URL out.",
        )
    return Finding(f"{files}; with PORT and PUBLIC_URL set, people can open them by a link too")


def parse_date(header: str) -> datetime | None:
    """The time in a `Date` header (UTC); None if it is missing or invalid."""
    try:
        return parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:
        return None
