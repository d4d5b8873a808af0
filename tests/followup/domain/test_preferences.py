"""Where people are reminded, and when they are away: pure functions of days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.decision import Refused
from bot.followup.domain.nudges import mentioned_until, nudges, wait_until
from bot.followup.domain.preferences import (
    NOTHING_CHOSEN,
    Absence,
    Change,
    Preferences,
    hours_of,
    is_back,
    parse_absence,
)
from bot.followup.domain.working_hours import WorkingHours, never, on_or_before
from tests.followup.domain.items import item

TODAY = date(2026, 11, 30)  # a Monday
BERLIN = "Europe/Berlin"


def december(day: int) -> date:
    return date(2026, 12, day)


def nine(day: int, month: int = 12, year: int = 2026) -> datetime:
    """Nine o'clock in Berlin, in UTC."""
    return datetime(year, month, day, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("until friday", TODAY, december(4)),
        ("till 2026-12-04", TODAY, december(4)),
        ("tomorrow", december(1), december(1)),
        ("on friday", december(4), december(4)),
        ("2026-12-20..2027-01-03", december(20), date(2027, 1, 3)),
        ("2026-12-20 - 2027-01-03", december(20), date(2027, 1, 3)),
        ("2026-12-20\u20132027-01-03", december(20), date(2027, 1, 3)),
        ("from tomorrow until friday", december(1), december(4)),
        ("dec 20 to jan 3", december(20), date(2027, 1, 3)),
    ],
)
def test_an_absence_is_understood(typed: str, first: date, last: date) -> None:
    assert parse_absence(typed, TODAY) == Absence(first, last)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("for a while", "I do not understand when you are away: “for a while”"),
        ("until friday or so", "I do not understand"),
        ("..", "I do not understand"),
        ("2026-02-31..2026-03-04", "There is no day"),
        ("2026-12-20..2026-12-03", "The last day, Thu 3 Dec 2026, is before the first one, Sun 20 Dec 2026"),
        ("2026-11-20..2026-11-29", "Sun 29 Nov 2026 is over"),
        ("2026-12-20..2028-01-03", "more than a year"),
        ("2029-12-20", "more than two years ahead"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_write(typed: str, told: str) -> None:
    refused = parse_absence(typed, TODAY)
    assert isinstance(refused, Refused)
    assert refused.message.startswith(told) or told in refused.message


def test_without_a_known_zone_only_whole_dates_are_understood() -> None:
    assert parse_absence("2026-12-20..2027-01-03", None) == Absence(december(20), date(2027, 1, 3))
    for typed in ("until friday", "until 2026-12-04"):
        refused = parse_absence(typed, None)
        assert isinstance(refused, Refused)
        assert "time zone" in refused.message


def test_a_change_changes_only_what_it_names() -> None:
    absence = Absence(december(1), december(4))
    own = Preferences("C1", absence)
    assert own.after(Change(channel="")) == Preferences("", absence)
    assert own.after(Change(sets_absence=True)) == Preferences("C1")
    assert own.after(Change()) == own
    assert NOTHING_CHOSEN.after(Change(absence=absence, sets_absence=True)).absence == absence
    assert own.absence_on(december(4)) == absence
    assert own.absence_on(december(5)) is None
    assert NOTHING_CHOSEN.absence_on(TODAY) is None
    assert absence.words == "from Tue 1 Dec 2026 to Fri 4 Dec 2026"
    assert Absence(december(1), december(1)).words == "on Tue 1 Dec 2026"


def away(first: date, last: date) -> WorkingHours:
    return hours_of(WorkingHours(), never, Preferences(absence=Absence(first, last)))


def test_a_reminder_of_a_day_off_comes_on_the_last_working_day_before_it() -> None:
    made = item(due_on=december(10))  # a Thursday; its reminders are on Monday and Thursday
    hours = away(december(7), december(11))
    due, ahead = nudges(made, hours, BERLIN, nine(4))
    assert due
    assert due.at == nine(4)
    assert due.rung == 1
    assert ahead
    assert ahead.at == nine(17)
    assert mentioned_until(december(4), hours) >= made.due_on


def test_a_public_holiday_is_a_day_off() -> None:
    hours = hours_of(WorkingHours(), lambda on: on == december(25), NOTHING_CHOSEN)
    assert on_or_before(december(25), hours) == december(24)
    assert december(25) not in hours
    assert wait_until(nine(25), hours, BERLIN) == nine(28)


def test_in_a_long_absence_it_comes_on_the_first_working_day_after_it() -> None:
    hours = away(december(7), date(2027, 1, 8))
    assert on_or_before(december(18), hours) == december(4)
    assert on_or_before(december(21), hours) == date(2027, 1, 11)
    assert mentioned_until(december(4), hours) == december(21)
    assert wait_until(nine(8), hours, BERLIN) == nine(11, 1, 2027)
    own = Preferences(absence=Absence(december(7), date(2027, 1, 8)))
    assert [is_back(own, hours, date(2027, 1, day)) for day in (8, 11, 12)] == [False, True, False]
    assert not is_back(NOTHING_CHOSEN, WorkingHours(), TODAY)


def test_what_was_given_on_a_day_off_is_reminded_of_when_it_is_over() -> None:
    made = replace(item(due_on=december(10)), given_at=nine(8))
    due, ahead = nudges(made, away(december(7), december(11)), BERLIN, nine(8) + timedelta(minutes=1))
    assert due is None
    assert ahead
    assert (ahead.rung, ahead.at) == (1, nine(14))
