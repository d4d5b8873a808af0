"""Times as a reader sees them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.page import dates
from bot.sandbox.page.reader import Reader
from tests.sandbox.page.samples import ALICE, NOON, READER, seen

TODAY = datetime(2025, 11, 25, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{date_num}", "2025-11-23"),
        ("{date_slash}", "11/23/2025"),
        ("{date}", "November 23rd, 2025"),
        ("{date_short}", "Nov 23, 2025"),
        ("{date_long}", "Sunday, November 23rd, 2025"),
        ("{date_long_full}", "November 23, 2025"),
        ("{time} {time_secs}", "09:05 09:05:07"),
        ("{ago}", "2 days ago"),
        ("{something} else", "{something} else"),
    ],
)
def test_every_date_token_of_slack_is_replaced(pattern: str, expected: str) -> None:
    moment = datetime(2025, 11, 23, 9, 5, 7, tzinfo=UTC)
    assert dates.date_pattern(pattern, moment, TODAY) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-2, "on Nov 23, 2025"),
        (-1, "on yesterday"),
        (0, "on today"),
        (1, "on tomorrow"),
        (2, "on Nov 27, 2025"),
    ],
)
def test_near_days_have_names(days: int, expected: str) -> None:
    assert dates.date_pattern("on {date_short_pretty}", TODAY + timedelta(days=days), TODAY) == expected


def test_a_name_at_the_start_is_capitalized() -> None:
    assert dates.date_pattern("{date_pretty} at {time}", TODAY, TODAY) == "Today at 13:00"


@pytest.mark.parametrize(
    ("day", "ending"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")],
)
def test_ordinals(day: int, ending: str) -> None:
    assert f" {ending}, 2025" in dates.date_pattern("{date}", datetime(2025, 8, day, tzinfo=UTC), TODAY)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (7200, "2 hours ago"),
        (-3600, "in 1 hour"),
        (172_800, "2 days ago"),
    ],
)
def test_how_long_ago(seconds: int, expected: str) -> None:
    assert dates.date_pattern("{ago}", TODAY - timedelta(seconds=seconds), TODAY) == expected


def test_times_are_in_the_readers_zone_or_otherwise_at_their_offset() -> None:
    assert dates.clock_time(READER.local(NOON)) == "13:00"
    stranger = Reader.of(seen() | {"user": ALICE | {"tz": "Nowhere/Land", "tz_offset": 5400}})
    assert dates.clock_time(stranger.local(NOON)) == "13:30"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", "13:00 CET"),
        ("Asia/Kolkata", "17:30 IST"),
        ("America/Sao_Paulo", "09:00 UTC-03"),
        ("Etc/UTC", "12:00 UTC"),
    ],
)
def test_a_clock_without_a_date_names_its_zone(zone: str, expected: str) -> None:
    assert dates.clock_and_zone(datetime.fromtimestamp(NOON, ZoneInfo(zone))) == expected
