"""Days to come that people type anywhere in a sentence: `by friday`, `in 2 weeks`, `2026-12-03`, `tomorrow`.

A day has no time of day: it is the writer's own day, so only words such as `tomorrow` need their time zone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.days import MONTH

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WRITE_IT = "Write it as `by friday`, `in 2 weeks` or `by 2026-12-03`."
ZONE_UNKNOWN = "I do not know your time zone at the moment, so I cannot tell which day that is. Write the date: `by 2026-12-03`."

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WEEK = 7
_LONGEST = 3 * 366  # days; more is a typing error
_WEEKDAY = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_OF_MONTH = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])"
_DAY = "|".join(
    (
        r"(?P<word>today|tomorrow)",
        rf"(?:(?P<next>next|this)\s+)?(?P<weekday>{_WEEKDAY})",
        rf"in\s+(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)})\s+(?P<unit>days?|weeks?|months?)",
        r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})",
        rf"(?P<month>{MONTH})\.?\s+{_OF_MONTH.format('after')}(?:,?\s+(?P<year>\d{{4}}))?",
        rf"{_OF_MONTH.format('before')}\s+(?:of\s+)?(?P<month_after>{MONTH})(?:,?\s+(?P<year_after>\d{{4}}))?",
    )
)
_END = r"(?=$|[\s,;:.!)])"
_INTRODUCED = re.compile(
    rf"(?:^|(?<=[\s,;:(]))(?:(?:due|by|until|before)\s+)+(?:on\s+)?(?:{_DAY}){_END}", re.IGNORECASE
)
_AT_AN_END = (
    re.compile(rf"^\s*(?:{_DAY}){_END}", re.IGNORECASE),
    re.compile(rf"(?:^|(?<=[\s,;:])) *(?:on\s+)?(?:{_DAY})[\s.!]*$", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, and the text without it."""

    day: date
    rest: str


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """A day that cannot be: `by 2026-02-31`, or one that depends on an unknown time zone.

    Attributes:
        why: in one sentence, what is wrong and what to write.
    """

    why: str


def parse(text: str, today: date | None) -> Dated | NoSuchDay | None:
    """Find the day that a sentence names: after `by`, `due` or `until` anywhere, or alone at its beginning or its end.

    Args:
        text: what was typed.
        today: the writer's own day; None if their time zone is unknown, and then only a whole date is understood.

    Returns:
        The day and the text without it; `NoSuchDay` if it is none; None if the sentence names no day.
    """
    found = list(_INTRODUCED.finditer(text))
    match = found[-1] if found else next((hit for form in _AT_AN_END if (hit := form.search(text))), None)
    if match is None:
        return None
    typed = " ".join(match[0].split())
    try:
        day = _day(match.groupdict(), today)
    except ValueError:
        return NoSuchDay(f"There is no day “{typed}”. {WRITE_IT}")
    if day is None:
        return NoSuchDay(ZONE_UNKNOWN)
    rest = f"{text[: match.start()].rstrip(' ,;:(')} {text[match.end() :].lstrip(' ,;:)')}"
    return Dated(day, rest.strip())


def _day(typed: Mapping[str, str | None], today: date | None) -> date | None:
    """The day; None if it depends on `today` and that is unknown. Raises ValueError if there is no such day."""
    if iso := typed["iso"]:
        year, month, day = map(int, iso.split("-"))
        return date(year, month, day)
    named = typed["month"] or typed["month_after"]
    year_typed = typed["year"] or typed["year_after"]
    if named and year_typed:
        return date(int(year_typed), _month(named), int(typed["after"] or typed["before"] or 0))
    if today is None:
        return None
    if word := typed["word"]:
        return today + timedelta(days=word.lower() == "tomorrow")
    if weekday := typed["weekday"]:
        return _weekday(weekday, typed["next"] or "", today)
    if count := typed["count"]:
        return _after(_COUNTS.get(count.lower()) or int(count), str(typed["unit"])[0].lower(), today)
    return _of_month(_month(str(named)), int(typed["after"] or typed["before"] or 0), today)


def _weekday(typed: str, which: str, today: date) -> date:
    """The first such day after today; with `next`, the one of the week that begins next Monday."""
    wanted = next(place for place, name in enumerate(WEEKDAYS) if name.startswith(typed[:3].lower()))
    if which.lower() == "next":
        return today + timedelta(days=_WEEK - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % _WEEK + 1)


def _after(count: int, unit: str, today: date) -> date:
    """A number of days, weeks or months from today. The 31st and a month is the last day of a shorter month."""
    if unit != "m":
        days = count * (_WEEK if unit == "w" else 1)
        if days > _LONGEST:
            raise ValueError("longer than anybody plans")
        return today + timedelta(days=days)
    months = today.month - 1 + count
    first = date(today.year + months // 12, months % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(today.day, last.day))


def _of_month(month: int, day: int, today: date) -> date:
    """The next such day that is not over; the 29th of February comes at least every eight years."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day in any year")


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
