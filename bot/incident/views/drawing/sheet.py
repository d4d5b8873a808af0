"""The sheet on which an incident is drawn: its measures, its time axis, and names for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.core.text import span
from bot.core.tokens import in_words
from bot.incident.domain.drawing.axis import Axis, axis
from bot.incident.domain.drawing.contents import Contents

WIDTH = 1200.0
LEFT, RIGHT = 176.0, 1180.0  # of what is drawn; the names of the rows stand before it
MARGIN = 20.0
FOLD = 46.0  # how wide a folded silence is
LEAST = 26.0  # how wide any other piece is at least

SIZE, SMALL = 13.0, 12.0  # of the letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every row needs.

    Attributes:
        names: people's names by id; a person without a name is shown by id.
        zone: the zone of the times that are written.
        zone_name: its name.
    """

    contents: Contents
    axis: Axis
    names: Mapping[str, str]
    zone: tzinfo
    zone_name: str

    def x(self, at: datetime) -> float:
        """Where a moment is."""
        return self.axis.place(at)

    def clock(self, at: datetime) -> str:
        """A time of day in the zone."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def when(self, at: datetime) -> str:
        """A day and a time in the zone."""
        return f"{self.day(at)} {self.clock(at)}"

    def day(self, at: datetime) -> str:
        """A day in the zone, such as `Sat 28 Nov`."""
        local = at.astimezone(self.zone)
        return f"{local:%a} {local.day} {local:%b}"

    def words(self, text: str) -> str:
        """Raw text in words."""
        return in_words(text, self.names)

    def name(self, person: str) -> str:
        """A person's name."""
        return self.names.get(person, person)


def sheet(contents: Contents, names: Mapping[str, str], zone: tzinfo, zone_name: str) -> Sheet:
    """The sheet for these contents."""
    return Sheet(contents, axis(contents.moments, LEFT, RIGHT, FOLD, LEAST), names, zone, zone_name)


def short(length: timedelta) -> str:
    """A length in its largest unit, for where there is little room: `11 h`, `3 d`."""
    days = round(length / timedelta(days=1))
    hours = round(length / timedelta(hours=1))
    return f"{days} d" if days > 1 else f"{hours} h" if hours else span(length)
