"""Times as a reader sees them: Slack's `<!date^…>` patterns, message times and day dividers."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

_TOKEN = re.compile(r"\{(\w+)\}")
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_STEPS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
_NAMES = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}


def clock_time(moment: datetime) -> str:
    """Hours and minutes, as beside a message."""
    return f"{moment:%H:%M}"


def clock_and_zone(moment: datetime) -> str:
    """Hours, minutes and the time zone, for a clock without other context."""
    zone = f"{moment:%Z}"
    return f"{moment:%H:%M} {'UTC' if zone[:1] in {'+', '-'} else ''}{zone}"


def day(moment: datetime, today: datetime) -> str:
    """The name of a day for a divider: Today, Yesterday or the date."""
    return _near(moment, today) or _day_and_month(moment)


def full(moment: datetime) -> str:
    """Date, time and zone, as in a tooltip."""
    return f"{_day_and_month(moment)}, {moment.year} at {moment:%H:%M:%S %Z}"


def date_pattern(pattern: str, moment: datetime, today: datetime) -> str:
    """Fill in a pattern of Slack's date markup; unknown tokens stay.

    `{date_pretty}` and similar tokens say Today or Yesterday if that is right, in lower case inside a sentence
    (Slack docs, "Formatting text" and "Date element").
    """

    def fill(token: re.Match[str]) -> str:
        name = token.group(1)
        if name == "ago":
            return _ago(moment, today)
        if name in _PRETTY:
            near = _near(moment, today)
            return (near.lower() if token.start() else near) or _PRETTY[name](moment)
        return _PLAIN[name](moment) if name in _PLAIN else token.group(0)

    return _TOKEN.sub(fill, pattern)


def _near(moment: datetime, today: datetime) -> str:
    return _NAMES.get((moment.date() - today.date()) // timedelta(days=1), "")


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in _TEENS else _ENDINGS.get(number % 10, 'th')}"


def _date(moment: datetime) -> str:
    return f"{moment:%B} {_ordinal(moment.day)}, {moment.year}"


def _short(moment: datetime) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}"


def _long(moment: datetime) -> str:
    return f"{moment:%A}, {_date(moment)}"


def _day_and_month(moment: datetime) -> str:
    return f"{moment:%A}, {moment:%B} {_ordinal(moment.day)}"


def _ago(moment: datetime, today: datetime) -> str:
    seconds = (today - moment).total_seconds()
    for size, unit in _STEPS:
        count = int(abs(seconds) // size)
        if count:
            amount = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{amount} ago" if seconds > 0 else f"in {amount}"
    return "just now"


_PLAIN: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda moment: f"{moment:%Y-%m-%d}",
    "date_slash": lambda moment: f"{moment:%m/%d/%Y}",
    "date": _date,
    "date_short": _short,
    "date_long": _long,
    "date_long_full": lambda moment: f"{moment:%B} {moment.day}, {moment.year}",
    "time": clock_time,
    "time_secs": lambda moment: f"{moment:%H:%M:%S}",
}
_PRETTY: dict[str, Callable[[datetime], str]] = {
    "date_pretty": _date,
    "date_short_pretty": _short,
    "date_long_pretty": _long,
    "day_divider_pretty": _day_and_month,
}
