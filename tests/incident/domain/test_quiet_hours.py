"""Quiet hours: local times of a zone, also on the days on which its clocks change."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incident.domain.quiet_hours import QuietHours, after_quiet

NIGHT = QuietHours(time(22), time(7), "Europe/Berlin")
LUNCH = QuietHours(time(12), time(13), "UTC")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "moment", "moved"),
    [
        (NIGHT, "2026-11-23T20:59:59", "2026-11-23T20:59:59"),
        (NIGHT, "2026-11-23T21:00", "2026-11-24T06:00"),  # Berlin is an hour ahead of UTC in winter
        (NIGHT, "2026-11-24T02:00", "2026-11-24T06:00"),
        (NIGHT, "2026-11-24T06:00", "2026-11-24T06:00"),
        (NIGHT, "2026-07-01T20:00", "2026-07-02T05:00"),  # and two in summer
        (LUNCH, "2026-11-23T12:30", "2026-11-23T13:00"),
        (LUNCH, "2026-11-23T13:00", "2026-11-23T13:00"),
        (LUNCH, "2026-11-23T11:59", "2026-11-23T11:59"),
    ],
)
def test_a_moment_within_quiet_hours_moves_to_their_end(quiet: QuietHours, moment: str, moved: str) -> None:
    assert after_quiet(quiet, utc(moment)) == utc(moved)


def test_the_night_on_which_clocks_are_set_forward_is_an_hour_shorter() -> None:
    start = utc("2026-03-28T21:00")
    assert after_quiet(NIGHT, start - timedelta(seconds=1)) < start
    assert after_quiet(NIGHT, start) == utc("2026-03-29T05:00")


def test_the_night_on_which_clocks_are_set_back_is_an_hour_longer() -> None:
    assert after_quiet(NIGHT, utc("2026-10-24T20:00")) == utc("2026-10-25T06:00")


def test_an_end_that_clocks_skip_is_as_long_after_midnight() -> None:
    quiet = QuietHours(time(22), time(2, 30), "Europe/Berlin")
    assert after_quiet(quiet, utc("2026-03-28T22:00")) == utc("2026-03-29T01:30")


def test_an_end_that_comes_twice_is_the_first() -> None:
    quiet = QuietHours(time(22), time(2, 30), "Europe/Berlin")
    assert after_quiet(quiet, utc("2026-10-24T22:00")) == utc("2026-10-25T00:30")
    assert after_quiet(quiet, utc("2026-10-25T01:00")) == utc("2026-10-25T01:00")


@settings(derandomize=True, database=None, deadline=None)
@given(
    minutes=st.integers(0, 366 * 24 * 60),
    quiet=st.sampled_from(
        [
            NIGHT,
            LUNCH,
            QuietHours(time(23), time(22), "America/St_Johns"),
            QuietHours(time(0), time(4), "Asia/Tehran"),
        ]
    ),
)
def test_a_moment_never_moves_back_and_the_end_of_quiet_hours_is_not_in_them(
    minutes: int, quiet: QuietHours
) -> None:
    moment = utc("2026-01-01") + timedelta(minutes=minutes)
    moved = after_quiet(quiet, moment)
    assert moment <= moved <= moment + timedelta(hours=24)
    assert after_quiet(quiet, moved) == moved
