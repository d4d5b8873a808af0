"""Times as tired people type them, in their own zone, on the nights when clocks change too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.times import Timed, parse

BERLIN, TOKYO, LOS_ANGELES = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Asia/Tokyo"),
    ZoneInfo("America/Los_Angeles"),
)

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 15:00 in Berlin


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def read(text: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> datetime:
    timed = parse(text, now, zone)
    assert timed is not None, f"{text!r} was not read"
    return timed.at


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
    ],
)
def test_a_time_of_day_is_of_the_persons_own_zone_unless_it_says_utc(typed: str, meant: datetime) -> None:
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
        "14:5",
        "24:00",
        "25:00",
        "14:75",
        "13pm",
        "0am",
        "3 amps",
        "noon",
        "yesterday",
        "yesterday evening",
        "2026-02-30 10:00",
        "2026-13-01 10:00",
        "10 min",
        "14:05pmish",
    ],
)
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
    assert parse(typed, NOW, BERLIN) is None


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
def test_what_follows_the_time_is_the_text(typed: str) -> None:
    assert parse(typed, NOW, BERLIN) == Timed(at(23, 13, 5), "errors began")


def test_a_time_may_stand_alone() -> None:
    assert parse("14:05", NOW, BERLIN) == Timed(at(23, 13, 5), "")


def test_just_after_midnight_a_late_hour_was_yesterday() -> None:
    assert read("23:50", now=at(22, 23, 10)) == at(22, 22, 50)


def test_a_time_soon_to_come_is_a_slip_and_not_of_yesterday() -> None:
    assert read("15:45") == at(23, 14, 45)


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        (at(29, 10, month=3), "1:30", at(29, 0, 30, month=3)),  # clocks went from 2:00 to 3:00
        (at(29, 10, month=3), "3:30", at(29, 1, 30, month=3)),
        (at(29, 10, month=3), "yesterday 23:50", at(28, 22, 50, month=3)),
        (at(25, 10, month=10), "1:30", at(24, 23, 30, month=10)),  # clocks went from 3:00 back to 2:00
        (at(25, 10, month=10), "4:00", at(25, 3, month=10)),
        (at(25, 23, 10, month=10), "23:50", at(25, 22, 50, month=10)),
    ],
)
def test_when_clocks_change_each_time_is_of_its_own_side(now: datetime, typed: str, meant: datetime) -> None:
    assert read(typed, now) == meant


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        (at(25, 0, 40, month=10), at(25, 0, 35, month=10)),  # 2:40, the first time
        (at(25, 1, 40, month=10), at(25, 1, 35, month=10)),  # 2:40 once more
    ],
)
def test_in_the_hour_that_comes_twice_the_latest_such_time_is_meant(now: datetime, meant: datetime) -> None:
    assert read("2:35", now) == meant


@pytest.mark.parametrize(
    ("zone", "now", "typed", "meant"),
    [
        (LOS_ANGELES, at(24, 2), "01:30 utc", at(24, 1, 30)),  # it is still the 23rd there
        (LOS_ANGELES, at(24, 2), "today 01:30 utc", at(24, 1, 30)),
        (TOKYO, at(23, 23), "22:30 utc", at(23, 22, 30)),  # it is the 24th there already
        (TOKYO, at(23, 23), "today 10:00 utc", at(23, 10)),
        (TOKYO, at(23, 23), "10:00 utc", at(23, 10)),
        (TOKYO, at(23, 23), "yesterday 10:00 utc", at(22, 10)),
    ],
)
def test_a_utc_time_is_of_the_utc_day_wherever_the_person_is(
    zone: ZoneInfo, now: datetime, typed: str, meant: datetime
) -> None:
    assert read(typed, now, zone) == meant


@pytest.mark.parametrize("typed", ["14:05:30 errors", "2026-11-23T13:05:30Z errors"])
def test_a_time_with_seconds_is_read_whole_or_not_at_all(typed: str) -> None:
    """People paste times from logs; half of one would stand on the timeline as something else."""
    timed = parse(typed, NOW, BERLIN)
    assert timed in (
        None,
        Timed(at(23, 13, 5), "errors"),
        Timed(at(23, 13, 5) + timedelta(seconds=30), "errors"),
    )
