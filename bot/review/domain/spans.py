"""Spans as people type them: `90d`, `2026-01..2026-03`, `2026-W48`, `q3 vs q2`, `last month`, with or without a severity."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.core.decision import Refused
from bot.core.local_time import zone_of
from bot.core.text import clip
from bot.incident.domain.records import Period
from bot.incident.domain.vocabulary import Severity
from bot.review.domain.weeks import midnight, week_named

DEFAULT = "90d"
LONGEST = timedelta(days=3660)
_PRESENT = timedelta(
    microseconds=1
)  # so that what is declared at this very moment is in a span that ends now
EXAMPLES = (
    "`90d`, `12w`, `2026-01..2026-03`, `2026-11`, `2026-W48`, `q3`, `last month`, or two of them: `q3 vs q2`"
)

_VERSUS = re.compile(r"\s+(?:vs\.?|versus|against)\s+", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\.\.+|…|\s(?:to|until)\s)\s*", re.IGNORECASE)
_LAST = re.compile(r"(?:last\s+)?(\d{1,4})\s*(d|days?|w|weeks?|months?|mo|y|years?)", re.IGNORECASE)
_QUARTER = re.compile(r"(?:(\d{4})[-\s]?)?q([1-4])(?:\s*(\d{4}))?", re.IGNORECASE)
_CALENDAR = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WEEK_OF_YEAR = re.compile(r"\b(\d{4})-w(\d{1,2})\b")
_NAMED = re.compile(r"(this|last)\s+(week|month|quarter|year)", re.IGNORECASE)
_BEFORE = ("before", "the time before")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A span as somebody asked for it.

    Attributes:
        words: what it is called: `90d`, `2026-01..2026-03`.
        period: when incidents were declared that are in it.
        zone: the time zone of its days; empty for UTC.
        severity: only incidents that have this severity now; None for all.
    """

    words: str
    period: Period
    zone: str = ""
    severity: Severity | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "the time before" if self.words in _BEFORE else self.words


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: one span, or two to compare.

    Attributes:
        words: what to type after `metrics` for the same.
        other: the span that it is compared with.
    """

    words: str
    span: Span
    other: Span | None = None


def read(text: str, now: datetime, zone: str = "") -> Asked | Refused:
    """Read what was typed after `metrics`, at this time (UTC).

    Args:
        text: a span, or two with `vs` between them, and a severity anywhere.
        now: the present; no span ends later. What is declared at this moment is in it.
        zone: the time zone of days and months; empty for UTC.
    """
    severity, rest = _severity_in(text)
    typed = _VERSUS.split(rest.strip() or DEFAULT)
    spans: list[Span] = []
    for each in typed:
        is_before = each.strip().lower() in _BEFORE
        period = _before(spans, now) if is_before else _period(each.strip(), now, zone)
        if period is None:
            return Refused(f"“{clip(each.strip(), 50)}” is no span of time. Write for example {EXAMPLES}.")
        if period.start >= min(period.end, now + _PRESENT):
            return Refused(f"“{clip(each.strip(), 50)}” has not begun yet, or ends before it begins.")
        if period.end - period.start > LONGEST:
            return Refused(f"“{clip(each.strip(), 50)}” is too long: at most ten years can be looked at.")
        kept = replace(period, end=min(period.end, now + _PRESENT))
        spans.append(Span(_words(each), kept, zone, severity))
    if len(spans) > 2:  # noqa: PLR2004  # a comparison has two sides
        return Refused("Only two spans can be compared at a time: `q3 vs q2`.")
    words = " ".join(
        [" vs ".join(each.words for each in spans), *([severity.label.lower()] if severity else [])]
    )
    if len(spans) == 1:
        return Asked(words, spans[0])
    one, other = (each.period for each in spans)
    if one.start < other.end and other.start < one.end:
        return Refused(
            "These two spans overlap, so incidents would be compared with themselves. Choose two apart."
        )
    return Asked(words, *spans)


def _words(typed: str) -> str:
    """What a span is called: as it was typed, in small letters, but a week as its label has it."""
    return _WEEK_OF_YEAR.sub(r"\1-W\2", " ".join(typed.split()).lower())


def _severity_in(text: str) -> tuple[Severity | None, str]:
    severity, rest = None, []
    for word in text.split():
        found = Severity.parse(word) if word.lower().startswith("s") else None
        severity = found or severity
        rest += [] if found else [word]
    return severity, " ".join(rest)


def _before(spans: list[Span], now: datetime) -> Period | None:
    """The time just before the first span, as long as that."""
    if not spans:
        return None
    period = spans[0].period
    return Period(period.start - (min(period.end, now) - period.start), period.start)


def _period(typed: str, now: datetime, zone: str) -> Period | None:
    if found := _LAST.fullmatch(typed):
        days = int(found[1]) * _DAYS[found[2][0].lower()]
        return Period(now - timedelta(days=days), now + _PRESENT) if 0 < days <= LONGEST.days else None
    try:
        first, last = _dates(typed, _today(now, zone))
    except (ValueError, OverflowError):  # no such day
        return None
    return Period(midnight(first, zone), midnight(last, zone))


def _dates(typed: str, today: date) -> tuple[date, date]:
    """The first day, and the day after the last one.

    Raises:
        ValueError: it is no span of days, or one of them does not exist.
    """
    ends = _TO.split(typed)
    if len(ends) == 2:  # noqa: PLR2004  # from and to
        return _one(ends[0], today)[0], _one(ends[1], today)[1]
    return _one(typed, today)


def _one(typed: str, today: date) -> tuple[date, date]:
    if typed.lower() in ("today", "now"):
        return today, today + timedelta(days=1)
    if found := _NAMED.fullmatch(typed):
        return _named(found[1].lower() == "last", found[2].lower(), today)
    if week := week_named(typed, today):
        return week.monday, week.monday + timedelta(days=7)
    if found := _QUARTER.fullmatch(typed):
        year, month = int(found[1] or found[3] or today.year), 3 * int(found[2]) - 2
        named = found[1] or found[3]
        first = date(year if named or month <= today.month else year - 1, month, 1)
        return first, _months_on(first, 3)
    if not (found := _CALENDAR.fullmatch(typed)):
        raise ValueError(typed)
    first = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    if found[3]:
        return first, first + timedelta(days=1)
    return first, _months_on(first, 1 if found[2] else 12)


def _named(is_last: bool, unit: str, today: date) -> tuple[date, date]:  # noqa: FBT001  # one of two words
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * is_last)
        return monday, monday + timedelta(days=7)
    months = _MONTHS[unit]
    this = date(today.year, (today.month - 1) // months * months + 1, 1)
    first = _months_on(this, -months) if is_last else this
    return first, _months_on(first, months)


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(zone_of(zone)).date() if zone else now.astimezone(UTC).date()
