"""The drawing as SVG: for a page, whose colours it takes, or on its own, for a picture."""

from collections.abc import Mapping

from bot.incident.domain.drawing.ticks import ticks
from bot.incident.views.drawing import marks, periods
from bot.incident.views.drawing.colours import LIGHT
from bot.incident.views.drawing.legend import TEAR, legend
from bot.incident.views.drawing.measure import fitted, width
from bot.incident.views.drawing.shapes import Box, Group, root
from bot.incident.views.drawing.sheet import LEFT, MARGIN, SMALL, WIDTH, Sheet, short
from bot.incident.views.drawing.style import style
from bot.incident.views.drawing.summary import heading, in_one_sentence

_APART = 62.0  # of two ticks
_BETWEEN = 12.0  # of two rows
_AXIS = 40.0


def on_page(sheet: Sheet) -> str:
    """The drawing for a page that has its heading and its colours."""
    return _drawn(sheet, heading_height=0, colours=None)


def on_its_own(sheet: Sheet, colours: Mapping[str, str] = LIGHT) -> str:
    """The drawing with its heading, its own colours, and its ground."""
    return _drawn(sheet, heading_height=64, colours=colours)


def _drawn(sheet: Sheet, heading_height: float, colours: Mapping[str, str] | None) -> str:
    body = root(WIDTH, 0).add("g")
    back, front = body.add("g"), body.add("g")
    below, lines = marks.milestones(front, sheet, heading_height + MARGIN / 2)
    top = _axis(front, sheet, below)
    tail = periods.severities(front, sheet, top)
    tail = periods.statuses(front, sheet, tail + 4)
    tail = marks.updates(front, sheet, tail + _BETWEEN)
    tail = periods.roles(front, sheet, tail + _BETWEEN)
    for x in lines:
        back.line(x, below, x, tail + 4, "hair")
    tail = marks.notes(front, sheet, tail + _BETWEEN)
    for piece in sheet.axis.folds:
        back.bar(Box(piece.left, below, piece.right, tail - below), "fold", rounded=0)
    height = legend(front, sheet, tail + _BETWEEN) + MARGIN
    whole = root(
        WIDTH, height, class_="drawing", role="img", aria_labelledby="drawing-title drawing-description"
    )
    whole.add("title", f"Timeline of {sheet.contents.incident.reference}", id="drawing-title")
    whole.add("desc", in_one_sentence(sheet), id="drawing-description")
    if colours:
        whole.add("style", style(colours))
        whole.bar(Box(0, 0, WIDTH, height), "ground", rounded=0)
        _heading(whole, sheet)
    whole.element.append(body.element)
    return whole.written()


def _heading(into: Group, sheet: Sheet) -> None:
    room = WIDTH - 2 * MARGIN
    title, sub = heading(sheet)
    into.text(MARGIN, 38, fitted(title, room, 22, bold=True), "heading")
    into.text(MARGIN, 60, fitted(sub, room, 14), "sub")


def _axis(into: Group, sheet: Sheet, top: float) -> float:
    """The times. Returns where the rows begin."""
    base = top + 16
    into.text(MARGIN, base, fitted(sheet.zone_name, LEFT - 2 * MARGIN, SMALL), "faint")
    bottom = top + _AXIS
    for piece in sheet.axis.pieces:
        if piece.folded:
            _fold(into, piece.left, piece.right, bottom, short(piece.lasted))
        else:
            into.line(piece.left, bottom, piece.right, bottom, "axis")
    for tick in ticks(sheet.axis, sheet.zone, _APART):
        into.line(tick.x, bottom, tick.x, bottom - 5, "axis")
        if tick.shows_time:
            into.text(tick.x, bottom - 9, sheet.clock(tick.at), "time", "middle")
        if tick.shows_day or not tick.shows_time:
            day = sheet.day(tick.at)
            half = width(day, SMALL, bold=True) / 2
            into.text(min(tick.x, WIDTH - half - 4), base - 3, day, "time strong", "middle")
    return bottom + (24 if sheet.axis.folds else 10)


def _fold(into: Group, left: float, right: float, base: float, length: str) -> None:
    """A torn piece of the axis, with the length of the silence."""
    middle = (left + right) / 2
    into.line(left, base, middle - 8, base, "axis")
    into.line(middle + 8, base, right, base, "axis")
    into.path(f"M{middle - 8:.1f} {base:.1f}{TEAR}", "tear")
    into.text(middle, base + 17, length, "time", "middle")
