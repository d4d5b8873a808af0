"""Times to come at the end of a sentence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import times_ahead
from bot.core.times import ZONE_UNCLEAR, ZONE_UNKNOWN, Timed, Unclear

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")  # 15:00 there


def at(hour: int, minute: int = 0, *, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "due_at"),
    [
        ("check lag in 10 min", NOW + timedelta(minutes=10)),
        ("check lag in 1h 20m", NOW + timedelta(minutes=80)),
        ("check lag, in an hour and a half.", NOW + timedelta(minutes=90)),
        ("check lag IN half an hour", NOW + timedelta(minutes=30)),
        ("check lag at 15:30", at(14, 30)),
        ("check lag at 3:30pm", at(14, 30)),
        ("check lag at 14:30 utc", at(14, 30)),
        ("check lag at 15:30 today", at(14, 30)),
        ("check lag at today 15:30", at(14, 30)),
        ("check lag at tomorrow 9:00", at(8, day=24)),
        ("check lag at 9:00 tomorrow", at(8, day=24)),
        ("check lag at tomorrow at 9am", at(8, day=24)),
        ("check lag at 0:30", at(23, 30)),
        ("check lag at 9:30 EST", at(14, 30)),
    ],
)
def test_a_time_at_the_end_is_read(typed: str, due_at: datetime) -> None:
    assert times_ahead.parse(typed, NOW, BERLIN) == Timed(due_at, "check lag")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "check lag",
        "look at logs",
        "roll back in 2 steps",
        "look at 3 servers",
        "in 10 min we fail over",
        "check what failed at 13:05",
        "find out what happened at 9:00 today",
        "find out what happened at 14:30 UTC+1",
        "see what broke at 25:70",
        "read the log of 14:30",
        "compare at 15:30 with now",
    ],
)
def test_a_sentence_without_a_time_to_come_stays_whole(typed: str) -> None:
    assert times_ahead.parse(typed, NOW, BERLIN) is None


def test_the_last_of_several_times_counts() -> None:
    typed = "see what broke at 13:05 in 10 min"
    assert times_ahead.parse(typed, NOW, BERLIN) == Timed(
        NOW + timedelta(minutes=10), "see what broke at 13:05"
    )


def test_a_time_alone_leaves_no_text() -> None:
    assert times_ahead.parse("in 10 min", NOW, None) == Timed(NOW + timedelta(minutes=10), "")


@pytest.mark.parametrize(
    ("typed", "why"), [("check lag at 15:30", ZONE_UNKNOWN), ("check lag at 15:30 IST", ZONE_UNCLEAR)]
)
def test_a_time_whose_zone_is_not_known_is_asked_about(typed: str, why: str) -> None:
    assert times_ahead.parse(typed, NOW, None) == Unclear(why)
