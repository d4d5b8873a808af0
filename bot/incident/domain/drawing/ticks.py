"""The times at which the axis is labelled: round ones of the reader's clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from bot.incident.domain.drawing.axis import Axis, Piece

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
STEPS = (
    *(timedelta(minutes=each) for each in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=each) for each in (1, 2, 3, 6, 12)),
    *(timedelta(days=each) for each in (1, 2, 7, 14, 28, 91, 182, 364)),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled time.

    Attributes:
        x: where it is.
        at: the time, in the zone of the drawing.
        shows_day: whether the day is to be written too: it is the first of its day.
        shows_time: whether the time of day is: the axis is not one of whole days.
    """

    x: float
    at: datetime
    shows_day: bool
    shows_time: bool


def ticks(axis: Axis, zone: tzinfo, apart: float) -> list[Tick]:
    """The ticks, at least this far apart. A piece in which no round time fits has its start."""
    found: list[Tick] = []
    day = None
    for piece in axis.pieces:
        if piece.folded:
            continue
        step = _step(piece, apart)
        moments = list(_round(piece, zone, step)) or [piece.start.astimezone(zone)]
        first = moments[0]
        start = piece.start.astimezone(zone)
        if first != start and axis.place(first) - piece.left >= apart:
            moments.insert(0, start)
        for at in moments:
            x = axis.place(at)
            if found and x - found[-1].x < apart:
                continue
            found.append(Tick(x, at, at.date() != day, step < _DAY))
            day = at.date()
    return found


def _step(piece: Piece, apart: float) -> timedelta:
    wanted = piece.lasted * (apart / (piece.right - piece.left))
    return next((step for step in STEPS if step >= wanted), STEPS[-1])


def _round(piece: Piece, zone: tzinfo, step: timedelta) -> Iterator[datetime]:
    """The round local times of a piece, in order. Each is computed in UTC, so that a change of the clock moves nothing."""
    start = piece.start.astimezone(zone)
    if step >= _DAY:
        day = start.date()
        while (at := datetime.combine(day, time(), zone)) < piece.end:
            if at >= piece.start and (day.toordinal() % step.days == 0):
                yield at
            day += _DAY
        return
    stride = min(step, _HOUR)
    since_hour = timedelta(minutes=start.minute, seconds=start.second, microseconds=start.microsecond)
    utc = piece.start - since_hour
    while utc < piece.end:
        at = utc.astimezone(zone)
        minutes = timedelta(hours=at.hour, minutes=at.minute)
        if utc >= piece.start and minutes % step == timedelta():
            yield at
        utc += stride
