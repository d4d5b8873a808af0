"""Days as people type them: `yesterday`, `2026-11-23`, `Nov 23`, `23rd of November 2026`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?(?![\w:])"
_YEAR = r"(?:,?\s+(?P<year>\d{4})(?![\w:]))?"
_FORMS = [
    re.compile(each, re.IGNORECASE)
    for each in (
        r"(?P<word>yesterday|today)\b",
        r"(?P<iso>\d{4}-\d{2}-\d{2})(?:(?=T\d)|(?!\w))",
        rf"(?P<month>{MONTH})\.?\s+{_DAY}{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}",
    )
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was typed.

    Attributes:
        typed: its parts by name.
        end: the position in the text after it.
    """

    typed: Mapping[str, str | None]
    end: int

    def on_calendar(self, today: date) -> date | None:
        """The date; None if it does not exist. Without a year it is the latest such day that is not in the future."""
        try:
            return _date(self.typed, today)
        except ValueError:
            return None


def read(text: str) -> Day | None:
    """Read the day that the text begins with; None if it does not begin with one."""
    found = next((match for form in _FORMS if (match := form.match(text))), None)
    return Day(found.groupdict(), found.end()) if found else None


def _date(typed: Mapping[str, str | None], today: date) -> date:
    if word := typed.get("word"):
        return today - timedelta(days=word.lower() == "yesterday")
    if iso := typed.get("iso"):
        return date.fromisoformat(iso)
    month = _MONTHS.index(str(typed["month"])[:3].lower()) + 1
    day = int(str(typed["day"]))
    if year := typed.get("year"):
        return date(int(year), month, day)
    years = range(today.year, today.year - 9, -1)  # the 29th of February comes at least every eight years
    latest = [found for year in years if (found := _in_year(year, month, day)) and found <= today]
    if not latest:
        raise ValueError("no such day in any year")
    return latest[0]


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
