"""Where the dots of a plot are: every incident is a dot, on a logarithmic axis of time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from bot.incident.domain.vocabulary import reference
from bot.review.domain.figures import Summary
from bot.review.domain.interval import Interval
from bot.review.views import words

WIDTH, MARGIN = 720, 24  # of the drawing, in its own units
LANE = 96  # the height of one span
_DOT = 8  # the width and, where there is room, the height that a dot takes
_HEIGHT = 64  # above which no dot is drawn
_SHORTEST = 1.0  # seconds; shorter ones are drawn there
_TICKS = (
    (1, "1 s"),
    (10, "10 s"),
    (60, "1 min"),
    (300, "5 min"),
    (900, "15 min"),
    (3600, "1 h"),
    (4 * 3600, "4 h"),
    (86_400, "1 day"),
    (7 * 86_400, "1 week"),
    (30 * 86_400, "30 days"),
    (365 * 86_400, "1 year"),
)


@dataclass(frozen=True, slots=True)
class Dot:
    """An incident.

    Attributes:
        what: its reference and duration, which a pointer shows.
    """

    x: float
    y: float
    is_over: bool
    what: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A quantile, with the bounds of its interval that are known; where one is not, the end of the drawing."""

    x: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The dots of one span.

    Attributes:
        base: where the lowest dots are.
    """

    name: str
    base: float
    dots: Sequence[Dot]
    median: Mark | None
    p90: Mark | None


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing."""

    width: int
    height: int
    lanes: Sequence[Lane]
    ticks: Sequence[tuple[float, str]]


def plot(summaries: Sequence[Summary], names: Sequence[str]) -> Plot | None:
    """Draw one measure, of one span or of several below one another; None if there is no dot."""
    seconds = [each.seconds for summary in summaries for each in summary.measured.observations]
    if not seconds:
        return None
    axis = _Axis.of(min(seconds), max(seconds))
    lanes = [
        _lane(summary, name, axis, LANE * place + LANE - 16)
        for place, (summary, name) in enumerate(zip(summaries, names, strict=True))
    ]
    ticks = [(axis.x(at), name) for at, name in _TICKS if axis.low <= at <= axis.high]
    return Plot(WIDTH, LANE * len(lanes) + 28, lanes, ticks)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The axis, from the last tick before the shortest duration to the first one after the longest."""

    low: float
    high: float

    @classmethod
    def of(cls, shortest: float, longest: float) -> "_Axis":
        ticks = [at for at, _ in _TICKS]
        low = max((at for at in ticks if at <= shortest), default=_SHORTEST)
        high = min((at for at in ticks if at > max(longest, low)), default=max(longest, 2 * ticks[-1]))
        return cls(low, high)

    def x(self, seconds: float) -> float:
        """The place of a duration."""
        share = log(max(seconds, self.low) / self.low) / log(self.high / self.low)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def _lane(summary: Summary, name: str, axis: _Axis, base: float) -> Lane:
    observations = sorted(summary.measured.observations, key=lambda each: each.seconds)
    columns = [int(axis.x(each.seconds) // _DOT) for each in observations]
    tallest = max(Counter(columns).values(), default=1)
    spacing = min(_DOT, _HEIGHT / tallest)
    placed: Counter[int] = Counter()
    dots = []
    for each, column in zip(observations, columns, strict=True):
        until = "" if each.is_over else ", not over"
        what = f"{reference(each.number)}: {words.duration(each.seconds)}{until}"
        y = round(base - placed[column] * spacing, 1)
        dots.append(Dot(axis.x(each.seconds), y, each.is_over, what))
        placed[column] += 1
    return Lane(
        name,
        base,
        dots,
        _mark(summary.median, summary.median_interval, axis),
        _mark(summary.p90, summary.p90_interval, axis),
    )


def _mark(value: float | None, interval: Interval, axis: _Axis) -> Mark | None:
    if value is None:
        return None
    low, high = (None if each is None else axis.x(each) for each in (interval.low, interval.high))
    return Mark(axis.x(value), low, high)
