"""When the pack of the review board is posted, and where. Pure functions of a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.core.local_time import to_utc, zone_of
from bot.review.domain.weeks import Week, week_of

SECTION = "review"  # its name in `policy.yml`, and among the sections of the installation
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BoardPolicy:
    """When and where the pack is posted each week.

    Attributes:
        day: the day of the week, Monday is 0.
        at: the time of that day.
        zone: the IANA name of the time zone.
        channel: the id of the channel; empty for the incidents channel.
    """

    day: int
    at: time
    zone: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class DueBoard:
    """A pack that is due: its week, and since when it is due (UTC)."""

    week: Week
    at: datetime


def due_board(when: BoardPolicy, now: datetime) -> DueBoard:
    """The pack that was due last at this time (UTC): it is of the last week that was over on that day.

    It is due until the next one, so a bot that starts late, or days later, still posts it. A time that clocks skip is the
    same length after midnight; one that comes twice is the first.
    """
    today = now.astimezone(zone_of(when.zone)).date()
    day = today - timedelta(days=(today.weekday() - when.day) % 7)
    if (at := to_utc(day, when.at, when.zone)) > now:
        day -= _WEEK
        at = to_utc(day, when.at, when.zone)
    return DueBoard(week_of(day).before, at)


def board_policy(sections: Mapping[str, Any]) -> BoardPolicy | None:
    """When and where the pack is posted; None if it is not."""
    found = sections.get(SECTION)
    return found if isinstance(found, BoardPolicy) else None
