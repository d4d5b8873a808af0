"""The file of an outage: what people did and when, and what must result.

A time is `day hour:minute` in UTC. Day 0 is the next midnight on the workspace's clock, or the midnight before the day
on
which a zone sets its clocks back. `key` is a text of the timeline; `happened` is when that was, if not at `at`. In a
text,
`{utc 18:00}`, `{day -2 04:10}` and `{local 0 19:00}` become that time as people type it: in UTC, with its date,
or in their own zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

FOLDER = Path(__file__).parent
_PLACE = re.compile(r"\{(utc|day|local) (?:(-?\d+) )?(\d\d:\d\d)\}")


@dataclass(frozen=True)
class Outage:
    """One outage, placed on the calendar.

    Attributes:
        lengths: what the draft must say for each measure, computed by hand.
        severities: how long it was open at each severity, also computed by hand.
        facts: in the order in which people reported them.
        midnight: the start of day 0.
    """

    lengths: dict[str, str]
    severities: dict[str, str]
    facts: list[dict[str, Any]]
    midnight: datetime

    def moment(self, when: str) -> datetime:
        """A time in the file."""
        day, clock = when.split()
        hour, minute = map(int, clock.split(":"))
        return self.midnight + timedelta(days=int(day), hours=hour, minutes=minute)

    def typed(self, text: str, zone: str) -> str:
        """A text as a person in this zone types it."""

        def place(match: re.Match[str]) -> str:
            kind, day, clock = match.groups()
            if kind == "utc":
                return f"{clock} utc"
            at = self.moment(f"{day} {clock}")
            return f"{at:%Y-%m-%d %H:%M} utc" if kind == "day" else f"{at.astimezone(ZoneInfo(zone)):%H:%M}"

        return _PLACE.sub(place, text)


def read(name: str, now: datetime, zone: str = "") -> Outage:
    """The outage in that file, after `now`; with a zone, during the night in which its clocks are set back."""
    found = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return Outage(
        lengths=found["lengths"],
        severities=found["severities"],
        facts=found["facts"],
        midnight=_eve(zone, now) if zone else _midnight(now),
    )


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)


def _eve(zone: str, now: datetime) -> datetime:
    """The midnight before the day on which the clocks are set back."""
    night = _midnight(now)
    while not _is_set_back(ZoneInfo(zone), night + timedelta(days=1)):
        night += timedelta(days=1)
    return night


def _is_set_back(zone: ZoneInfo, day: datetime) -> bool:
    offsets = [(day + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (0, 24)]
    before, after = (offset or timedelta(0) for offset in offsets)
    return after < before
