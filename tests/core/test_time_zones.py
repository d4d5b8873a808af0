"""Typed times in zones: written behind the time, unknown, and when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.core import zones
from bot.core.times import Timed, Unclear, parse
from tests.core.typed_times import BERLIN, NOW, at, read

TOKYO, LOS_ANGELES = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")


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
def test_a_zone_after_the_time_is_used(typed: str, meant: datetime) -> None:
    timed = parse(f"{typed} errors began", NOW, ZoneInfo("Asia/Kolkata"))
    assert timed == Timed(meant, "errors began")


def test_an_ambiguous_abbreviation_means_the_persons_own_zone() -> None:
    assert read("8:05 CST", zone=ZoneInfo("America/Chicago")) == at(23, 14, 5)
    assert read("8:05 CST", now=at(23, 1), zone=ZoneInfo("Asia/Shanghai")) == at(23, 0, 5)
    assert read("19:35 IST", zone=ZoneInfo("Asia/Kolkata")) == at(23, 14, 5)


@pytest.mark.parametrize("typed", ["14:05 CST", "14:05 IST errors", "14:05 UTC+25", "14:05 +15:00 errors"])
def test_an_ambiguous_or_impossible_zone_is_asked_for(typed: str) -> None:
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
def test_a_word_after_the_time_is_not_taken_for_a_zone_or_a_day(typed: str, rest: str) -> None:
    assert parse(typed, NOW, BERLIN) == Timed(at(23, 13, 5), rest)


def test_each_abbreviation_agrees_with_the_time_zone_database() -> None:
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


def test_if_the_persons_zone_is_unknown_the_zone_must_be_written() -> None:
    unclear = parse("14:05 errors", NOW, None)
    assert isinstance(unclear, Unclear)
    assert "in UTC" in unclear.why
    assert parse("13:05 CET errors", NOW, None) == Timed(at(23, 12, 5), "errors")


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
def test_when_clocks_change_each_time_has_the_offset_of_its_own_side(
    now: datetime, typed: str, meant: datetime
) -> None:
    assert read(typed, now) == meant


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        (at(25, 0, 40, month=10), at(25, 0, 35, month=10)),  # 2:40, the first time
        (at(25, 1, 40, month=10), at(25, 1, 35, month=10)),  # 2:40 once more
    ],
)
def test_in_the_repeated_hour_the_latest_such_time_is_meant(now: datetime, meant: datetime) -> None:
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
def test_a_utc_time_is_on_the_utc_day_wherever_the_person_is(
    zone: ZoneInfo, now: datetime, typed: str, meant: datetime
) -> None:
    assert read(typed, now, zone) == meant
