"""Spans as people type them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.decision import Refused
from bot.incident.domain.records import Period
from bot.incident.domain.vocabulary import Severity
from bot.review.domain.spans import Asked, read

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
UNTIL = NOW + timedelta(microseconds=1)


def day(month: int, number: int = 1, year: int = 2026) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def asked(text: str, zone: str = "") -> Asked:
    found = read(text, NOW, zone)
    assert isinstance(found, Asked), found
    return found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", NOW - timedelta(days=90), UNTIL),
        ("30d", NOW - timedelta(days=30), UNTIL),
        ("last 12 weeks", NOW - timedelta(days=84), UNTIL),
        ("6 months", NOW - timedelta(days=180), UNTIL),
        ("1y", NOW - timedelta(days=365), UNTIL),
        ("2026-01..2026-03", day(1), day(4)),
        ("2026-01 to 2026-03", day(1), day(4)),
        ("2026-02-27..2026-03-01", day(2, 27), day(3, 2)),
        ("2026-02", day(2), day(3)),
        ("2025", day(1, year=2025), day(1)),
        ("2026-11-03", day(11, 3), day(11, 4)),
        ("q2", day(4), day(7)),
        ("Q4", day(10), UNTIL),
        ("2025-q4", day(10, year=2025), day(1)),
        ("q4 2025", day(10, year=2025), day(1)),
        ("this month", day(11), UNTIL),
        ("last month", day(10), day(11)),
        ("last quarter", day(7), day(10)),
        ("last year", day(1, year=2025), day(1)),
        ("this week", day(11, 23), UNTIL),
        ("last week", day(11, 16), day(11, 23)),
        ("2026-11-01..today", day(11), UNTIL),
    ],
)
def test_a_span_is_read(text: str, start: datetime, end: datetime) -> None:
    assert asked(text).span.period == Period(start, end)
    assert asked(text).other is None


def test_a_quarter_that_has_not_begun_this_year_is_last_years() -> None:
    early = read("q3", datetime(2026, 2, 1, tzinfo=UTC))
    assert isinstance(early, Asked)
    assert early.span.period == Period(day(7, year=2025), day(10, year=2025))


def test_days_begin_in_the_teams_time_zone() -> None:
    span = asked("2026-07", "Europe/Berlin").span
    assert span.period.start == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert span.zone == "Europe/Berlin"
    assert span.period.start in span.period
    assert span.period.end not in span.period


@pytest.mark.parametrize("text", ["90d sev1", "SEV-1 90d", "s1 90d"])
def test_a_severity_may_stand_anywhere(text: str) -> None:
    assert asked(text).span.severity is Severity.SEV1
    assert asked(text).words == "90d sev1"
    assert asked("sev2").words == "90d sev2"


def test_two_spans_are_compared() -> None:
    both = asked("q3 vs q2 sev1")
    assert both.other is not None
    assert (both.span.words, both.other.words) == ("q3", "q2")
    assert both.words == "q3 vs q2 sev1"
    assert asked(both.words) == both


def test_before_is_the_time_just_before_as_long_as_the_span() -> None:
    both = asked("30d versus before")
    assert both.other is not None
    assert both.other.period == Period(NOW - timedelta(days=60), NOW - timedelta(days=30))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lately", "is no span of time. Write for example `90d`"),
        ("2026-02-30", "is no span of time"),
        ("2026-13", "is no span of time"),
        ("0d", "is no span of time"),
        ("9999y", "is no span of time"),
        ("9999", "is no span of time"),
        ("before", "is no span of time"),
        ("2027", "has not begun yet"),
        ("2026-03..2026-01", "ends before it begins"),
        ("1990..2026", "at most ten years"),
        ("q1 vs q2 vs q3", "Only two spans"),
        ("30d vs 90d", "overlap"),
    ],
)
def test_a_bad_span_is_told_with_what_works(text: str, told: str) -> None:
    found = read(text, NOW)
    assert isinstance(found, Refused)
    assert told in found.message
