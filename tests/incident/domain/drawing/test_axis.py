"""The time axis: forty minutes and nine days both can be read."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.incident.domain.drawing.axis import FOLDS_MAX, Axis, axis
from bot.incident.domain.drawing.ticks import ticks
from tests.incident.domain.situations import NOW, later

BERLIN = ZoneInfo("Europe/Berlin")


def of(*minutes: float) -> Axis:
    return axis([later(each) for each in minutes], 100, 1100, 40, 20)


def test_a_short_incident_is_linear() -> None:
    drawn = of(0, 5, 12, 30, 40)
    assert drawn.folds == []
    assert (drawn.place(NOW), drawn.place(later(20)), drawn.place(later(40))) == (100, 600, 1100)


def test_moments_outside_are_at_the_edges() -> None:
    drawn = of(0, 40)
    assert (drawn.place(later(-5)), drawn.place(later(99))) == (100, 1100)


def test_long_silences_are_folded_and_have_one_width() -> None:
    drawn = of(0, 10, 20, 30, 900, 910, 920, 5000, 5010)
    assert [fold.lasted for fold in drawn.folds] == [timedelta(minutes=870), timedelta(minutes=4080)]
    assert {fold.right - fold.left for fold in drawn.folds} == {40}


def test_updates_once_a_day_are_no_silence() -> None:
    assert of(*(each * 1440 for each in range(10))).folds == []


def test_only_the_longest_silences_are_folded() -> None:
    drawn = of(*(at for day in range(20) for at in (day * 1440, day * 1440 + 5, day * 1440 + 9)))
    assert len(drawn.folds) == FOLDS_MAX


def test_one_moment_has_an_axis() -> None:
    drawn = of(0)
    assert (drawn.place(NOW), drawn.right) == (100, 1100)


@given(some.lists(some.integers(0, 60 * 24 * 400), min_size=1, max_size=60))
def test_time_never_runs_backwards(minutes: list[int]) -> None:
    moments = sorted({later(each) for each in minutes})
    drawn = axis(moments, 100, 1100, 40, 20)
    places = [drawn.place(each) for each in moments]
    assert all(left <= right for left, right in pairwise(places))
    assert all(piece.right - piece.left >= 19.99 for piece in drawn.pieces)
    assert drawn.pieces[0].left == 100
    assert drawn.right == pytest.approx(1100)


def test_ticks_are_round_local_times_and_the_first_of_a_day_says_which() -> None:
    start = datetime(2026, 11, 28, 22, 41, tzinfo=UTC)
    found = ticks(axis([start, start + timedelta(minutes=50)], 0, 1000, 40, 20), BERLIN, 60)
    assert [f"{tick.at:%H:%M}" for tick in found][:5] == ["23:41", "23:45", "23:50", "23:55", "00:00"]
    assert [f"{tick.at:%d}" for tick in found if tick.shows_day] == ["28", "29"]
    assert all(right.x - left.x >= 60 for left, right in pairwise(found))


def test_ticks_of_months_are_days() -> None:
    found = ticks(of(0, 60 * 24 * 100, 60 * 24 * 200), BERLIN, 60)
    assert len(found) > 5
    assert not any(tick.shows_time for tick in found[1:])
    assert {tick.at.hour for tick in found[1:]} == {0}


def test_ticks_stay_round_when_the_clock_is_changed() -> None:
    start = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night in which summer time ends
    found = ticks(axis([start, start + timedelta(hours=14)], 0, 1000, 40, 20), BERLIN, 90)
    assert {tick.at.minute for tick in found} == {0}
    assert [tick.at.hour for tick in found] == [22, 0, 2, 4, 6, 8, 10]


def test_a_zone_of_half_an_hour_has_round_local_times() -> None:
    found = ticks(of(0, 40), ZoneInfo("Asia/Kolkata"), 80)
    assert f"{found[0].at:%H:%M}" == "19:30"


def test_a_short_piece_has_its_start_and_folds_have_no_tick() -> None:
    drawn = of(0, 1, 2, 3, 2000, 2001)
    places = [tick.x for tick in ticks(drawn, UTC, 60)]
    (fold,) = drawn.folds
    assert not any(fold.left < x < fold.right for x in places)
    assert places[0] == 100
