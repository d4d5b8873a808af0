"""Days to come in a sentence."""

from datetime import date

import pytest

from bot.core import dates_ahead
from bot.core.dates_ahead import Dated, NoSuchDay

MONDAY = date(2026, 11, 23)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("by friday Add an alert", day(11, 27)),
        ("Add an alert by Fri", day(11, 27)),
        ("Add, by friday, an alert", day(11, 27)),
        ("Add an alert due tomorrow", day(11, 24)),
        ("due by monday Add an alert", day(11, 30)),  # today is one: the next
        ("by today: Add an alert", MONDAY),
        ("until next friday add an alert", day(12, 4)),
        ("by this friday add an alert", day(11, 27)),
        ("tomorrow add an alert", day(11, 24)),
        ("Add an alert in 2 weeks", day(12, 7)),
        ("in a week add an alert", day(11, 30)),
        ("Add an alert in three days.", day(11, 26)),
        ("add an alert by in 1 month", day(12, 23)),
        ("add an alert 2026-12-03", day(12, 3)),
        ("by 2026-1-31 add an alert", day(1, 31)),
        ("by Dec 3 add an alert", day(12, 3)),
        ("by 3rd of december add an alert", day(12, 3)),
        ("by Nov 22 add an alert", day(11, 22, 2027)),  # this year's is over
        ("by 5 Jan 2028 add an alert", day(1, 5, 2028)),
        ("by Feb 29 add an alert", day(2, 29, 2028)),
        ("stop paging by email by friday", day(11, 27)),
    ],
)
def test_a_day_is_found_wherever_it_stands(typed: str, expected: date) -> None:
    found = dates_ahead.parse(typed, MONDAY)
    assert isinstance(found, Dated)
    assert found.day == expected


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("by friday Add an alert on replica lag", "Add an alert on replica lag"),
        ("Add an alert, by friday", "Add an alert"),
        ("Add an alert by friday on replica lag", "Add an alert on replica lag"),
        ("Add an alert (by friday) on lag", "Add an alert on lag"),
        ("in 2 weeks", ""),
        ("friday: write it down", "write it down"),
    ],
)
def test_the_rest_is_what_is_to_be_done(typed: str, rest: str) -> None:
    found = dates_ahead.parse(typed, MONDAY)
    assert isinstance(found, Dated)
    assert found.rest == rest


@pytest.mark.parametrize(
    "typed",
    [
        "add an alert",
        "stop paging by email",
        "do the friday deploy with two people",
        "read 2026-12-03.log first",
        "change it in 2 weeks time",
        "mondayish work",
    ],
)
def test_other_words_are_no_day(typed: str) -> None:
    assert dates_ahead.parse(typed, MONDAY) is None


@pytest.mark.parametrize(
    "typed",
    [
        "by 2026-02-31 add it",
        "by 2026-13-01 add it",
        "by Feb 30 add it",
        "add it in 9000 days",
        "by 31 Nov 2026 x",
    ],
)
def test_a_day_that_cannot_be_is_told_in_one_sentence(typed: str) -> None:
    found = dates_ahead.parse(typed, MONDAY)
    assert isinstance(found, NoSuchDay)
    assert found.why.startswith("There is no day “")


def test_a_month_from_the_last_of_a_long_month_is_the_last_of_a_short_one() -> None:
    assert dates_ahead.parse("in 1 month", date(2026, 1, 31)) == Dated(date(2026, 2, 28), "")
    assert dates_ahead.parse("in 12 months", date(2026, 1, 31)) == Dated(date(2027, 1, 31), "")


def test_without_a_time_zone_only_a_whole_date_is_understood() -> None:
    assert dates_ahead.parse("by 2026-12-03 add it", None) == Dated(day(12, 3), "add it")
    assert dates_ahead.parse("by 3 Dec 2026 add it", None) == Dated(day(12, 3), "add it")
    unknown = dates_ahead.parse("by friday add it", None)
    assert isinstance(unknown, NoSuchDay)
    assert "I do not know your time zone" in unknown.why
