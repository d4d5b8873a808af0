"""Times as people type them, in their own zone, and the text that follows."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.times import Timed, Unclear, parse
from tests.core.typed_times import BERLIN, NOW, at, read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:05", at(23, 13, 5)),
        ("14.05", at(23, 13, 5)),
        ("9:15", at(23, 8, 15)),
        ("2:05pm", at(23, 13, 5)),
        ("2:05 PM", at(23, 13, 5)),
        ("2pm", at(23, 13)),
        ("2 am", at(23, 1)),
        ("12am", at(22, 23)),
        ("12:30am", at(22, 23, 30)),
        ("12pm", at(23, 11)),
        ("12:30 pm", at(23, 11, 30)),
        ("today 9:15", at(23, 8, 15)),
        ("Today 9:15", at(23, 8, 15)),
        ("yesterday 23:50", at(22, 22, 50)),
        ("Yesterday 11:50pm", at(22, 22, 50)),
        ("2026-11-20 08:00", at(20, 7)),
        ("2026-11-20T08:00", at(20, 7)),
        ("2026-07-20 08:00", at(20, 6, month=7)),
        ("13:05 utc", at(23, 13, 5)),
        ("13:05Z", at(23, 13, 5)),
        ("1:05pm UTC", at(23, 13, 5)),
        ("2026-11-20 08:00 utc", at(20, 8)),
        ("yesterday at 23:50", at(22, 22, 50)),
        ("23:50 yesterday", at(22, 22, 50)),
        ("23:50, yesterday", at(22, 22, 50)),
        ("9:15 today", at(23, 8, 15)),
        ("9:15 2026-11-20", at(20, 8, 15)),
        ("Nov 20 14:05", at(20, 13, 5)),
        ("nov 20, 14:05", at(20, 13, 5)),
        ("November 20th at 2:05pm", at(20, 13, 5)),
        ("20 Nov 14:05", at(20, 13, 5)),
        ("20th of November 2026 14:05", at(20, 13, 5)),
        ("Nov 20, 2026 14:05", at(20, 13, 5)),
        ("14:05 on Nov 20", at(20, 13, 5)),
        ("Jul 20 14:05", at(20, 12, 5, month=7)),
    ],
)
def test_a_time_of_day_is_in_the_persons_own_zone_unless_it_says_utc(typed: str, meant: datetime) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "ago"),
    [
        ("10 min ago", timedelta(minutes=10)),
        ("5m ago", timedelta(minutes=5)),
        ("1 minute ago", timedelta(minutes=1)),
        ("90 minutes ago", timedelta(minutes=90)),
        ("2 h ago", timedelta(hours=2)),
        ("1 Hour ago", timedelta(hours=1)),
        ("an hour ago", timedelta(hours=1)),
        ("a minute ago", timedelta(minutes=1)),
        ("half an hour ago", timedelta(minutes=30)),
        ("an hour and a half ago", timedelta(minutes=90)),
        ("two hours ago", timedelta(hours=2)),
        ("1.5 h ago", timedelta(minutes=90)),
        ("1h20m ago", timedelta(minutes=80)),
        ("1 hour and 20 minutes ago", timedelta(minutes=80)),
        ("2 days, 3 hours ago", timedelta(days=2, hours=3)),
        ("30 s ago", timedelta(seconds=30)),
        ("a week ago", timedelta(days=7)),
    ],
)
def test_a_time_ago_is_counted_from_now(typed: str, ago: timedelta) -> None:
    assert read(typed) == NOW - ago


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "first we saw errors",
        "3 servers the disk is full",
        "14",
        "1405",
        "3 amps",
        "10 min",
        "half a million users",
        "an airport",
        "a minute or so",
        "may be",
    ],
)
def test_text_that_is_not_a_time_is_not_read_as_one(typed: str) -> None:
    assert parse(typed, NOW, BERLIN) is None


@pytest.mark.parametrize(
    "typed",
    [
        "14:5",
        "24:00",
        "25:00",
        "14:75",
        "13pm",
        "0am",
        "noon",
        "yesterday",
        "yesterday evening",
        "2026-02-30 10:00",
        "2026-13-01 10:00",
        "Feb 30 10:00",
        "Nov 31, 2026 10:00",
        "Nov 23",
        "14:05pmish",
        "tomorrow 10:00",
        "2026-11-23 errors began",
    ],
)
def test_a_time_that_cannot_be_read_is_asked_for_again(typed: str) -> None:
    unclear = parse(typed, NOW, BERLIN)
    assert isinstance(unclear, Unclear)
    assert "I cannot read that time" in unclear.why


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nov 24 14:05", datetime(2025, 11, 24, 13, 5, tzinfo=UTC)),
        ("Feb 29 14:05", datetime(2024, 2, 29, 13, 5, tzinfo=UTC)),
    ],
)
def test_a_day_without_a_year_is_the_latest_one_in_the_past(typed: str, meant: datetime) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "14:05 errors began",
        "14:05: errors began",
        "14:05, errors began",
        "2:05pm - errors began",
        "55 min ago: errors began",
    ],
)
def test_the_text_follows_the_time(typed: str) -> None:
    assert parse(typed, NOW, BERLIN) == Timed(at(23, 13, 5), "errors began")


def test_a_time_may_have_no_text() -> None:
    assert parse("14:05", NOW, BERLIN) == Timed(at(23, 13, 5), "")


def test_just_after_midnight_a_late_hour_means_yesterday() -> None:
    assert read("23:50", now=at(22, 23, 10)) == at(22, 22, 50)


def test_a_time_shortly_in_the_future_is_not_taken_for_yesterday() -> None:
    assert read("15:45") == at(23, 14, 45)


@pytest.mark.parametrize("typed", ["14:05:30 errors", "2026-11-23T13:05:30Z errors"])
def test_a_time_with_seconds_is_read_in_full_or_not_at_all(typed: str) -> None:
    """People paste times from logs; half of one would stand on the timeline as something else."""
    timed = parse(typed, NOW, BERLIN)
    assert timed in (
        None,
        Timed(at(23, 13, 5), "errors"),
        Timed(at(23, 13, 5) + timedelta(seconds=30), "errors"),
    )
