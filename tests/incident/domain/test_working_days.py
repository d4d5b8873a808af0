"""Working days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.incident.domain.working_days import (
    due_after,
    is_working_day,
    morning_before,
    next_morning,
    no_holidays,
    working_days_from,
)

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
FRIDAY = date(2026, 12, 18)


def is_christmas(day: date) -> bool:
    return day in CHRISTMAS


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (0, date(2026, 12, 18)),
        (1, date(2026, 12, 21)),
        (5, date(2026, 12, 28)),  # not the 25th, which is a holiday
        (-1, date(2026, 12, 17)),
        (-5, date(2026, 12, 11)),
    ],
)
def test_weekends_and_holidays_do_not_count(count: int, found: date) -> None:
    assert working_days_from(FRIDAY, count, is_christmas) == found


def test_on_a_day_off_nothing_is_due() -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert not is_working_day(saturday, no_holidays)
    assert working_days_from(saturday, 0, no_holidays) == date(2026, 12, 21)
    assert working_days_from(saturday, 1, no_holidays) == date(2026, 12, 21)


def test_the_days_are_those_of_the_zone() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # Tuesday already in Berlin
    assert due_after(late, 5, "Europe/Berlin", no_holidays) == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert due_after(late, 5, "", no_holidays) == datetime(2026, 11, 30, 17, tzinfo=UTC)


def test_mornings_before_and_after_it_is_due() -> None:
    due_at = datetime(2026, 11, 30, 17, tzinfo=UTC)  # a Monday
    assert morning_before(due_at, 2, "", no_holidays) == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert morning_before(due_at, 0, "", no_holidays) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert next_morning(due_at, "", no_holidays) == datetime(2026, 12, 1, 9, tzinfo=UTC)
