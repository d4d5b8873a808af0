"""Times as tired people type them, in their own zone, on the nights when clocks change too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.core import zones
from bot.core.times import Timed, Unclear, parse

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
    assert isinstance(timed, Timed), f"{text!r} was not read: {timed}"
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
    ("typed", "meant"),
    [
        ("14:05 GMT", at(23, 14, 5)),
        ("14:05 gmt+2", at(23, 12, 5)),
        ("14:05 UTC+5:30", at(23, 8, 35)),
        ("14:05 +05:30", at(23, 8, 35)),
        ("14:05+0530", at(23, 8, 35)),
        ("2026-11-23T14:05-03:30", at(23, 17, 35)),
        ("14:05 CET", at(23, 13, 5)),
        ("14:05 cest", at(23, 12, 5)),
        ("8:05am EST", at(23, 13, 5)),
        ("5:05am PT", at(23, 13, 5)),
        ("5:05am PST", at(23, 13, 5)),
        ("23:50 CET yesterday", at(22, 22, 50)),
        ("22:50 UTC on Nov 22", at(22, 22, 50)),
    ],
)
def test_a_zone_behind_the_time_is_the_zone_of_the_time(typed: str, meant: datetime) -> None:
    timed = parse(f"{typed} errors began", NOW, ZoneInfo("Asia/Kolkata"))
    assert timed == Timed(meant, "errors began")


def test_what_people_call_their_own_zone_means_their_own() -> None:
    assert read("8:05 CST", zone=ZoneInfo("America/Chicago")) == at(23, 14, 5)
    assert read("8:05 CST", now=at(23, 1), zone=ZoneInfo("Asia/Shanghai")) == at(23, 0, 5)
    assert read("19:35 IST", zone=ZoneInfo("Asia/Kolkata")) == at(23, 14, 5)


@pytest.mark.parametrize("typed", ["14:05 CST", "14:05 IST errors", "14:05 UTC+25", "14:05 +15:00 errors"])
def test_a_zone_that_may_be_several_or_none_is_asked_for(typed: str) -> None:
    unclear = parse(typed, NOW, BERLIN)
    assert isinstance(unclear, Unclear)
    assert "which time zone" in unclear.why


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("14:05 API was down", "API was down"),
        ("14:05 cat pictures failed", "cat pictures failed"),
        ("14:05 est. half of all", "est. half of all"),
        ("14:05 -2 nodes", "2 nodes"),
        ("14:05 May 3 was released", "May 3 was released"),
        ("14:05 MST-based nodes left", "MST-based nodes left"),
    ],
)
def test_a_word_behind_the_time_is_no_zone_and_no_day(typed: str, rest: str) -> None:
    assert parse(typed, NOW, BERLIN) == Timed(at(23, 13, 5), rest)


def test_each_abbreviation_is_what_the_time_zone_database_says_today() -> None:
    known: dict[str, set[float]] = {}
    for name in available_timezones():
        for month in (1, 7):
            local = datetime(2026, month, 15, tzinfo=UTC).astimezone(ZoneInfo(name))
            offset = local.utcoffset() or timedelta()
            known.setdefault(str(local.tzname()), set()).add(offset / timedelta(hours=1))
    written_as_figures = {"BRT", "ICT", "SGT"}
    manila_too = {"PST"}
    gone_with_their_zone = {
        "MET",
        "MEST",
    } - known.keys()  # some systems keep it apart, with the names of the past
    for name, hours in zones._HOURS.items():
        if name not in written_as_figures | manila_too | gone_with_their_zone:
            assert known[name] == {hours}, name
    assert -8 in known["PST"]


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
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
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


def test_where_the_zone_is_not_known_it_must_be_written() -> None:
    unclear = parse("14:05 errors", NOW, None)
    assert isinstance(unclear, Unclear)
    assert "in UTC" in unclear.why
    assert parse("13:05 CET errors", NOW, None) == Timed(at(23, 12, 5), "errors")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nov 24 14:05", datetime(2025, 11, 24, 13, 5, tzinfo=UTC)),
        ("Feb 29 14:05", datetime(2024, 2, 29, 13, 5, tzinfo=UTC)),
    ],
)
def test_a_day_without_its_year_is_the_latest_that_is_not_to_come(typed: str, meant: datetime) -> None:
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
