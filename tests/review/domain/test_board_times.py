"""When a pack is due: every week once, at the same local time, also where clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.core.decision import Refused
from bot.core.local_time import zone_of
from bot.review.domain.board_policy import SECTION, BoardPolicy, board_policy, due_board
from bot.review.domain.board_span import BoardSpan, read_board_span
from bot.review.domain.weeks import Week, week_named, week_of

BERLIN = "Europe/Berlin"
SECOND, WEEK = timedelta(seconds=1), timedelta(days=7)


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize(("day", "at"), [(0, time(9)), (6, time(3, 30)), (4, time(23, 59)), (2, time(0))])
def test_it_is_due_at_the_times_of_a_cron_trigger_across_both_changes_of_the_clocks(
    zone: str, day: int, at: time
) -> None:
    when = BoardPolicy(day, at, zone)
    trigger = CronTrigger(day_of_week=day, hour=at.hour, minute=at.minute, timezone=zone_of(zone))
    fired = trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC))
    for _ in range(60):  # more than a year, so with both changes
        assert fired is not None
        due = fired.astimezone(UTC)
        found = due_board(when, due)
        assert found.at == due
        assert due_board(when, due - SECOND).at < due, "never early"
        assert due_board(when, due + timedelta(days=6)) == found, "late is not lost"
        local_day = fired.date()
        assert found.week.monday + 2 * WEEK > local_day >= found.week.monday + WEEK
        fired = trigger.get_next_fire_time(fired, due + SECOND)


@pytest.mark.parametrize("at", [time(2, 30), time(3), time(0)])
def test_a_time_that_is_skipped_or_comes_twice_makes_one_pack_a_week(at: time) -> None:
    sunday = BoardPolicy(6, at, BERLIN)  # clocks are changed on Sundays, between two and three
    hour, found = datetime(2026, 3, 20, tzinfo=UTC), list[tuple[date, datetime]]()
    while hour < datetime(2026, 11, 5, tzinfo=UTC):
        due = due_board(sunday, hour)
        if (due.week.monday, due.at) not in found:
            found.append((due.week.monday, due.at))
        hour += timedelta(minutes=10)
    assert len({week for week, _ in found}) == len(found)
    assert all(later[0] - earlier[0] == WEEK for earlier, later in pairwise(found)), "no week is lost"


def test_a_week_has_seven_local_days_although_an_hour_is_missing_or_more() -> None:
    spring, autumn = (week_of(date(2026, month, day)).period(BERLIN) for month, day in ((3, 29), (10, 25)))
    assert spring.end - spring.start == WEEK - timedelta(hours=1)
    assert autumn.end - autumn.start == WEEK + timedelta(hours=1)
    utc = week_of(date(2026, 3, 29)).period("")
    assert utc.end - utc.start == WEEK


def test_weeks_have_the_names_of_the_standard() -> None:
    assert week_of(date(2026, 11, 29)).label == "2026-W48"
    assert week_of(date(2027, 1, 3)).label == "2026-W53"
    assert Week(date(2026, 11, 23)).before.label == "2026-W47"
    today = date(2026, 11, 29)
    assert week_named("2026-w48", today) == week_named("W48", today) == Week(date(2026, 11, 23))
    assert week_named("w49", today) == Week(date(2025, 12, 1)), "the latest that has begun"
    assert week_named("last week", today) is None
    with pytest.raises(ValueError, match="week"):
        week_named("2026-W60", today)


def test_without_a_section_there_is_no_board() -> None:
    policy = BoardPolicy(0, time(9), BERLIN)
    assert board_policy({SECTION: policy}) is policy
    assert board_policy({}) is None


NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def spanned(text: str) -> BoardSpan:
    found = read_board_span(text, NOW, BERLIN)
    assert isinstance(found, BoardSpan), found
    return found


@pytest.mark.parametrize(
    ("text", "words", "week"),
    [
        ("", "2026-W47", "2026-W47"),
        ("Last Week", "2026-W47", "2026-W47"),
        ("2026-w47", "2026-W47", "2026-W47"),
        ("2026-11-16..2026-11-22", "2026-W47", "2026-W47"),
        ("this week", "this week", ""),
        ("2026-W48", "2026-W48", ""),
        ("14d", "14d", ""),
        ("2026-10", "2026-10", ""),
    ],
)
def test_only_a_whole_week_that_is_over_has_a_kept_pack(text: str, words: str, week: str) -> None:
    found = spanned(text)
    assert (found.span.words, found.week) == (words, week)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("soon", "“soon” is no span of time. Write for example `2026-W48`"),
        ("q3 vs q2", "A board looks at one span"),
        ("30d sev1", "A board looks at one span"),
        ("2027-W01", "has not begun yet"),
    ],
)
def test_what_is_no_span_is_refused_in_a_sentence(text: str, told: str) -> None:
    found = read_board_span(text, NOW)
    assert isinstance(found, Refused)
    assert told in found.message
