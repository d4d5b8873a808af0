"""The incidents of a span as dots on a line of time, one line for each severity, as SVG."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.local_time import zone_of
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.drawing.colours import LIGHT
from bot.review.domain.pack import Pack, PackIncident
from bot.review.domain.weeks import midnight
from bot.review.views import board_words as words
from bot.review.views.environment import environment

WIDTH, LEFT, RIGHT, TOP, LANE, FOOT = 760, 64, 20, 12, 44, 30
RADIUS = 6.0
_COLUMN = 13  # the width that a dot takes; others in the same place are drawn above it
_STEP, _LEVELS = 9.0, 3
_TICKS_MAX = 8
_NAME = 80  # the width that the name of a day takes; one that does not fit is left out
_DAY = timedelta(days=1)
PAGE_COLOURS = {name: f"var(--{name})" for name in LIGHT}  # as the style sheet of the page says


@dataclass(frozen=True, slots=True)
class Dot:
    """An incident.

    Attributes:
        colour: the name of its colour.
        what: what a pointer shows.
    """

    x: float
    y: float
    colour: str
    is_over: bool
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawing.

    Attributes:
        lanes: the name of each severity and where its line is.
        ticks: where a day begins, with its name; empty if there is no room for it.
    """

    width: int
    height: int
    lanes: Sequence[tuple[str, float]]
    ticks: Sequence[tuple[float, str]]
    dots: Sequence[Dot]


def line(pack: Pack) -> Line:
    """Where the dots of a pack are."""
    lanes = [(each.label, TOP + LANE * (place + 1) - 12.0) for place, each in enumerate(Severity)]
    placed: Counter[tuple[int, int]] = Counter()
    dots = [_dot(each, pack, lanes, placed) for each in pack.incidents]
    return Line(WIDTH, TOP + LANE * len(lanes) + FOOT, lanes, _ticks(pack), dots)


def in_words(pack: Pack) -> str:
    """What a reader hears in place of the drawing."""
    return f"Incidents from {words.days(pack)} as dots on a line for each severity. {words.summary(pack)}"


def svg(pack: Pack, colours: Mapping[str, str], *, alone: bool) -> str:
    """The drawing.

    Args:
        pack: what is drawn.
        colours: what each colour is called in it.
        alone: whether it is a picture of its own, with ground and fonts, and no part of a page.
    """
    template = environment().get_template("board_line.svg.j2")
    return template.render(
        line=line(pack), colours=colours, alternative=in_words(pack), alone=alone, left=LEFT
    )


def picture(pack: Pack) -> str:
    """The drawing by itself, from which a PNG is made."""
    return svg(pack, LIGHT, alone=True)


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _dot(
    incident: PackIncident, pack: Pack, lanes: Sequence[tuple[str, float]], placed: Counter[tuple[int, int]]
) -> Dot:
    x = _x((incident.declared_at - pack.start) / (pack.end - pack.start))
    place = (incident.severity, int(x // _COLUMN))
    level = placed[place] % _LEVELS
    placed[place] += 1
    what = f"{incident.reference} {words.title(incident.title)}: {words.lasted(incident, pack)}"
    y = round(lanes[incident.severity - 1][1] - level * _STEP, 1)
    return Dot(x, y, f"sev{int(incident.severity)}", incident.is_over, what)


def _ticks(pack: Pack) -> list[tuple[float, str]]:
    """The beginnings of days, at most eight, in the zone of the pack."""
    zone = zone_of(pack.zone or "UTC")
    first, last = pack.start.astimezone(zone).date(), pack.end.astimezone(zone).date()
    every = max(-(-((last - first).days) // _TICKS_MAX), 1)
    found: list[tuple[float, str]] = []
    day = first
    while (begins := midnight(day, pack.zone)) < pack.end:
        if begins >= pack.start:
            x = _x((begins - pack.start) / (pack.end - pack.start))
            found.append((x, f"{day:%a} {day.day} {day:%b}" if x + _NAME <= WIDTH else ""))
        day += _DAY * every
    return found
