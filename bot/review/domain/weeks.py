"""Weeks from Monday to Sunday (ISO 8601), in the time zone of a team: `2026-W48`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.core.local_time import to_utc
from bot.incident.domain.records import Period

_LABEL = re.compile(r"(?:(\d{4})-?)?w(\d{1,2})", re.IGNORECASE)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week, by its Monday."""

    monday: date

    @property
    def label(self) -> str:
        """Its name: `2026-W48`."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    def period(self, zone: str) -> Period:
        """From midnight to midnight in this time zone (empty for UTC). When clocks are changed, it is not 168 hours."""
        return Period(midnight(self.monday, zone), midnight(self.monday + _WEEK, zone))

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week(self.monday - _WEEK)


def week_of(day: date) -> Week:
    """The week of a day."""
    return Week(day - timedelta(days=day.weekday()))


def week_named(typed: str, today: date) -> Week | None:
    """The week in `2026-W48` or `w48`, which is then the latest that has begun; None if it is no week.

    Raises:
        ValueError: the year has no such week.
    """
    found = _LABEL.fullmatch(typed)
    if not found:
        return None
    number = int(found[2])
    if found[1]:
        return Week(date.fromisocalendar(int(found[1]), number, 1))
    year = today.isocalendar().year
    this_year = date.fromisocalendar(year, number, 1)
    return Week(this_year if this_year <= today else date.fromisocalendar(year - 1, number, 1))


def midnight(day: date, zone: str) -> datetime:
    """The beginning of a day in this time zone (empty for UTC), in UTC."""
    return to_utc(day, time(), zone) if zone else datetime.combine(day, time(), UTC)
