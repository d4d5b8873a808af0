"""When owners are reminded: pure functions of a time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.followup.domain.nudges import Nudge, mentioned_until, nudges, wait_until
from bot.followup.domain.working_hours import WorkingHours, next_working_moment, on_or_before
from tests.followup.domain.items import item

HOURS = WorkingHours()
BERLIN = "Europe/Berlin"


def utc(day: int, hour: int = 8, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due", "ahead"),
    [
        (utc(27, month=11), None, utc(30, month=11)),  # three days before Thursday, 3 December
        (utc(30, 7, 59, month=11), None, utc(30, month=11)),
        (utc(30, month=11), utc(30, month=11), utc(3)),
        (utc(3), utc(3), utc(10)),
        (utc(9), utc(3), utc(10)),
        (utc(18), utc(17), utc(24)),
    ],
)
def test_three_days_before_on_the_day_and_weekly(
    now: datetime, due: datetime | None, ahead: datetime
) -> None:
    last, following = nudges(item(due_on=date(2026, 12, 3)), HOURS, BERLIN, now)
    assert (last and last.at, following and following.at) == (due, ahead)


def test_what_was_due_before_it_was_given_is_left_out() -> None:
    made = item(due_on=date(2026, 11, 24))
    assert made.given_at.date() == date(2026, 11, 23)
    last, following = nudges(made, HOURS, BERLIN, made.given_at + timedelta(minutes=1))
    assert last is None
    assert following
    assert following.rung == 1


def test_years_later_nobody_is_reminded_any_more() -> None:
    last, following = nudges(item(due_on=date(2026, 12, 3)), HOURS, BERLIN, datetime(2040, 1, 1, tzinfo=UTC))
    assert last
    assert following is None


@pytest.mark.parametrize(("day", "worked"), [(4, 4), (5, 4), (6, 4), (7, 7)])
def test_a_day_off_is_moved_to_the_last_working_day_before(day: int, worked: int) -> None:
    assert on_or_before(date(2026, 12, day), HOURS) == date(2026, 12, worked)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (utc(4, 10), utc(4, 10)),
        (utc(4, 7), utc(4, 8)),
        (utc(4, 16), utc(7, 8)),  # five in the afternoon on a Friday
        (utc(5, 12), utc(7, 8)),
    ],
)
def test_outside_of_working_hours_the_next_ones_count(moment: datetime, expected: datetime) -> None:
    assert next_working_moment(moment, HOURS, BERLIN) == expected
    assert wait_until(moment, HOURS, BERLIN) == (None if moment == expected else expected)


def test_other_hours_and_days_count_where_they_are_set() -> None:
    sundays = WorkingHours(time(10), time(11), frozenset({6}))
    assert next_working_moment(utc(4), sundays, "UTC") == utc(6, 10)
    with pytest.raises(ValueError, match="years without a working day"):
        next_working_moment(utc(4), WorkingHours(days=frozenset()), "UTC")


@pytest.mark.parametrize(("today", "until"), [(3, 6), (4, 9), (5, 9), (6, 9), (7, 10)])
def test_a_reminder_names_what_is_due_three_days_after_the_days_off_that_follow_it(
    today: int, until: int
) -> None:
    assert mentioned_until(date(2026, 12, today), HOURS) == date(2026, 12, until)


def test_a_reminder_on_a_friday_names_that_for_which_it_comes_in_the_place_of_the_weekend() -> None:
    made = item(due_on=date(2026, 12, 9))  # a Wednesday: three days before it is Sunday
    due, _ = nudges(made, HOURS, BERLIN, utc(4))
    assert due == Nudge(0, date(2026, 12, 6), utc(4))
    assert made.due_on <= mentioned_until(date(2026, 12, 4), HOURS)
