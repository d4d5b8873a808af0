"""When owners are reminded: pure functions of a time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.followup.domain import facts
from bot.followup.domain.action_item import evolve
from bot.followup.domain.nudges import is_mentioned, nudges, wait_until
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
    with pytest.raises(ValueError, match="without a working day"):
        next_working_moment(utc(4), WorkingHours(days=frozenset()), "UTC")


def test_a_reminder_names_what_is_due_within_three_days_or_overdue() -> None:
    made = item(due_on=date(2026, 12, 3))
    assert [is_mentioned(made, date(2026, month, day)) for month, day in ((11, 29), (11, 30), (12, 20))] == [
        False,
        True,
        True,
    ]


def test_of_what_is_over_nobody_is_reminded() -> None:
    made = item(due_on=date(2026, 12, 3))
    done = evolve(made, facts.ActionItemDone(at=made.given_at, by="U1", proof="x"))
    assert nudges(done, HOURS, BERLIN, utc(20)) == (None, None)
