"""Where a person is reminded of action items, and on which days they are left alone. Pure functions of days."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core import dates_ahead
from bot.core.dates_ahead import Dated, NoSuchDay
from bot.core.decision import Refused
from bot.core.text import day
from bot.followup.domain.working_hours import DayOff, WorkingHours, first_after

AWAY_MAX = timedelta(days=366)
AHEAD_MAX = timedelta(days=2 * 366)  # a day that is further off is a typing error
WRITE_IT = "Write `/incident away until friday`, `away tomorrow` or `away 2026-12-20..2027-01-03`."
_UNTIL = re.compile(r"\s*(?:\.\.+|\u2026|\u2013|\s-\s|\b(?:until|till|to|through)\b)\s*", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|on)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a person is away; both the first and the last one belong to it."""

    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        """Whether they are away on this day."""
        return self.first <= on <= self.last

    @property
    def words(self) -> str:
        """`from Mon 30 Nov 2026 to Fri 4 Dec 2026`, or `on Fri 4 Dec 2026`."""
        if self.first == self.last:
            return f"on {day(self.first)}"
        return f"from {day(self.first)} to {day(self.last)}"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has chosen about reminders.

    Attributes:
        channel: the id of the channel where they are reminded; empty for a direct message.
        absence: when they are away, for the first time or the next; None if they have not said.
    """

    channel: str = ""
    absence: Absence | None = None

    def after(self, change: "Change") -> "Preferences":
        """The preferences after a change."""
        channel = self.channel if change.channel is None else change.channel
        return replace(self, channel=channel, absence=change.absence if change.sets_absence else self.absence)

    def absence_on(self, today: date) -> Absence | None:
        """The absence that is not over on this day; None if there is none."""
        return self.absence if self.absence and self.absence.last >= today else None


NOTHING_CHOSEN = Preferences()


@dataclass(frozen=True, slots=True)
class Change:
    """What a person chooses now.

    Attributes:
        channel: another channel; empty for a direct message; None if it stays as it is.
        absence: when they are away from now on; None ends what was said before. It counts only with `sets_absence`.
    """

    channel: str | None = None
    absence: Absence | None = None
    sets_absence: bool = False


def hours_of(hours: WorkingHours, is_holiday: DayOff, own: Preferences) -> WorkingHours:
    """The working hours of one person: neither on public holidays nor while they are away."""
    absence = own.absence

    def is_off(on: date) -> bool:
        return (absence is not None and on in absence) or is_holiday(on)

    return replace(hours, is_off=is_off)


def is_back(own: Preferences, hours: WorkingHours, today: date) -> bool:
    """Whether this is the first working day after they were away."""
    return own.absence is not None and first_after(own.absence.last, hours) == today


def parse_absence(text: str, today: date | None) -> Absence | Refused:
    """Understand when somebody is away: `until friday`, `tomorrow`, `2026-12-20..2027-01-03`, `from monday to friday`.

    Args:
        text: what was typed after `away`.
        today: the writer's own day; None if their time zone is unknown.
    """
    parts = _UNTIL.split(text.strip(), maxsplit=1)
    days = [_day(_FROM.sub("", each.strip()), today) for each in parts if each.strip()]
    if wrong := next((each for each in days if isinstance(each, NoSuchDay)), None):
        return Refused(wrong.why)
    found = [each for each in days if isinstance(each, date)]
    if not found or len(found) < len(days):
        return Refused(f"I do not understand when you are away: “{text.strip()[:100]}”. {WRITE_IT}")
    is_until = len(parts) > 1 and len(found) == 1
    if is_until and today is None:
        return Refused(dates_ahead.ZONE_UNKNOWN)
    first = today if is_until and today else found[0]
    return checked(first, found[-1], today)


def checked(first: date, last: date, today: date | None) -> Absence | Refused:
    """The absence of these days, or what is wrong with it, in one sentence."""
    if last < first:
        return Refused(
            f"The last day, {day(last)}, is before the first one, {day(first)}. {WRITE_IT}", field="until"
        )
    if today and last < today:
        return Refused(f"{day(last)} is over. {WRITE_IT}", field="until")
    if last - first > AWAY_MAX:
        return Refused("That is more than a year: hand your action items over instead.", field="until")
    if today and first - today > AHEAD_MAX:
        return Refused(f"{day(first)} is more than two years ahead. {WRITE_IT}", field="from")
    return Absence(first, last)


def _day(typed: str, today: date | None) -> date | NoSuchDay | None:
    """The day that these words are, all of them; None if they are none."""
    found = dates_ahead.parse(typed, today)
    if isinstance(found, Dated):
        return None if found.rest else found.day
    return found
