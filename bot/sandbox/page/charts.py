"""View models of charts: convert Slack's JSON to the shapes of an SVG (Slack docs, data visualization block)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bot.sandbox.page.elements import Json

WIDTH, HEIGHT = 360, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 14, 24, 40
_CENTER, _RADIUS = 105, 95
# The most categories below the axis, and the most characters of their names; the table has all of them.
_LABELS, _LABEL_LENGTH = 6, 9
# The smallest width of a bar that shows the number of its series.
_KEY_WIDTH = 9
_KINDS = {"pie": "Pie chart", "bar": "Bar chart", "line": "Line chart", "area": "Area chart"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of the picture: its tag, attributes and class, and the words of a text."""

    tag: str
    style: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the picture, its legend, and the same data as a table.

    Attributes:
        label: the text for screen readers.
        legend: the name of each series or segment, in the order of its number in the picture.
    """

    title: str
    label: str
    shapes: tuple[Shape, ...]
    legend: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def chart(raw: Json) -> Chart:
    """The view model of a `data_visualization` block."""
    drawn = raw.get("chart") or {}
    kind = str(drawn.get("type"))
    return (_pie if kind == "pie" else _plot)(str(raw.get("title", "")), kind, drawn)


def _pie(title: str, kind: str, drawn: Json) -> Chart:
    segments = [(str(each.get("label", "")), each.get("value", 0)) for each in drawn.get("segments") or []]
    largest = max((float(value) for _, value in segments), default=1.0)
    parts = [float(value) / largest for _, value in segments]  # scaled down, so that the sum is finite
    whole = sum(parts)
    shares = [part / whole for part in parts]
    words = [
        f"{label}: {figure(value)} ({share:.0%})"
        for (label, value), share in zip(segments, shares, strict=True)
    ]
    return Chart(
        title=title,
        label=f"{_KINDS[kind]} with {len(segments)} segments; the numbers are in the table",
        shapes=tuple(_slices(shares)),
        legend=tuple(words),
        head=("Segment", "Value", "Share"),
        rows=tuple(
            (label, figure(value), f"{share:.1%}")
            for (label, value), share in zip(segments, shares, strict=True)
        ),
    )


def _slices(shares: Sequence[float]) -> Iterator[Shape]:
    start = 0.0
    for number, share in enumerate(shares):
        end = start + share
        if share > 1 - 1e-9:
            yield _shape("circle", f"series-{number} slice", cx=_CENTER, cy=_CENTER, r=_RADIUS)
        else:
            (x, y), (to_x, to_y) = _around(start, _RADIUS), _around(end, _RADIUS)
            long_way = int(share > 1 / 2)
            path = f"M{_CENTER} {_CENTER}L{x:.1f} {y:.1f}A{_RADIUS} {_RADIUS} 0 {long_way} 1 {to_x:.1f} {to_y:.1f}Z"
            yield Shape("path", f"series-{number} slice", {"d": path})
        if share > 1 / 30:
            x, y = _around((start + end) / 2, _RADIUS * 0.68)
            yield _words(str(number + 1), "on-colour middle", x, y + 4)
        start = end


def _around(turn: float, radius: float) -> tuple[float, float]:
    """A point on the circle, clockwise from the top; `turn` is from 0 to 1."""
    angle = math.tau * turn
    return _CENTER + radius * math.sin(angle), _CENTER - radius * math.cos(angle)


def _plot(title: str, kind: str, drawn: Json) -> Chart:
    axes = drawn.get("axis_config") or {}
    categories = [str(each) for each in axes.get("categories") or []]
    series = [(str(each.get("name", "")), _by_label(each)) for each in drawn.get("series") or []]
    lines = [[values.get(category, 0) for category in categories] for _, values in series]
    scale = _Scale.of([value for line in lines for value in line], len(categories))
    marks = _bars if kind == "bar" else _curves
    return Chart(
        title=title,
        label=f"{_KINDS.get(kind, 'Chart')} with {len(series)} series over {len(categories)} categories; "
        "the numbers are in the table",
        shapes=(*_axes(scale, categories, axes), *marks(scale, lines, filled=kind == "area")),
        legend=tuple(name for name, _ in series),
        head=(str(axes.get("x_label") or ""), *(name for name, _ in series)),
        rows=tuple(
            (category, *(figure(line[place]) for line in lines)) for place, category in enumerate(categories)
        ),
    )


def _by_label(series: Json) -> dict[str, Any]:
    return {str(point.get("label", "")): point.get("value", 0) for point in series.get("data") or []}


@dataclass(frozen=True, slots=True)
class _Scale:
    """The positions of values and categories in the picture.

    Attributes:
        unit: the divisor of the values, so that the picture's coordinates stay small.
        lowest: the label at the lower end of the axis.
        highest: the label at the upper end.
    """

    unit: float
    low: float
    high: float
    count: int
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float], count: int) -> Self:
        lowest, highest = min(0, *values, 0), max(0, *values, 0)
        unit = float(max(abs(lowest), abs(highest))) or 1.0
        if lowest == highest:
            highest = 1
        return cls(unit, lowest / unit, highest / unit, max(count, 1), lowest, highest)

    def y(self, value: float) -> float:
        return _TOP + (self.high - value / self.unit) / (self.high - self.low) * (HEIGHT - _TOP - _BOTTOM)

    @property
    def step(self) -> float:
        """The width of one category."""
        return (WIDTH - _LEFT - _RIGHT) / self.count

    def x(self, place: int) -> float:
        """The middle of a category."""
        return _LEFT + self.step * (place + 0.5)


def _axes(scale: _Scale, categories: Sequence[str], axes: Json) -> Iterator[Shape]:
    for value in sorted({scale.lowest, 0, scale.highest}):
        y = scale.y(value)
        style = "axis" if value == 0 else "grid"
        yield _shape("line", style, x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y)
        yield _words(figure(value), "end", _LEFT - 5, y + 4)
    every = math.ceil(len(categories) / _LABELS) or 1
    for place, category in enumerate(categories):
        if place % every == 0:
            short = category if len(category) <= _LABEL_LENGTH else f"{category[: _LABEL_LENGTH - 1]}…"
            yield _words(short, "middle", scale.x(place), HEIGHT - _BOTTOM + 15)
    yield _words(str(axes.get("y_label") or ""), "start", 2, 12)
    yield _words(str(axes.get("x_label") or ""), "middle", (WIDTH + _LEFT - _RIGHT) / 2, HEIGHT - 6)


def _bars(scale: _Scale, lines: Sequence[Sequence[float]], *, filled: bool) -> Iterator[Shape]:
    del filled
    width = scale.step * 0.8 / max(len(lines), 1)
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            x = scale.x(place) - scale.step * 0.4 + width * number
            top, bottom = scale.y(max(value, 0)), scale.y(min(value, 0))
            yield _shape("rect", f"series-{number}", x=x, y=top, width=width * 0.92, height=bottom - top)
            if len(lines) > 1 and width >= _KEY_WIDTH:
                yield _words(str(number + 1), "key middle", x + width * 0.46, top - 3)


def _curves(scale: _Scale, lines: Sequence[Sequence[float]], *, filled: bool) -> Iterator[Shape]:
    for number, line in enumerate(lines):
        points = [(scale.x(place), scale.y(value)) for place, value in enumerate(line)]
        if not points:
            continue
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        if filled:
            zero = scale.y(0)
            closed = f"M{points[0][0]:.1f} {zero:.1f}L{path}L{points[-1][0]:.1f} {zero:.1f}Z"
            yield Shape("path", f"series-{number} ground", {"d": closed})
        yield Shape("path", f"series-{number} curve", {"d": f"M{path}"})
        for x, y in points:
            yield _shape("circle", f"series-{number}", cx=x, cy=y, r=2.6)
        if len(lines) > 1:
            yield _words(str(number + 1), "key start", points[-1][0] + 5, points[-1][1] + 4)


def _shape(tag: str, style: str, **attributes: float) -> Shape:
    return Shape(tag, style, {name: f"{value:.1f}" for name, value in attributes.items()})


def _words(text: str, style: str, x: float, y: float) -> Shape:
    return Shape("text", style, {"x": f"{x:.1f}", "y": f"{y:.1f}"}, text)


def figure(value: float) -> str:
    """A number, formatted for people."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
