"""The rows of periods: severities, statuses, roles."""

from dataclasses import dataclass

from bot.incident.domain.drawing.lanes import Lane
from bot.incident.domain.drawing.spans import Span
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.views.drawing.measure import fitted, width
from bot.incident.views.drawing.shapes import Box, Group
from bot.incident.views.drawing.sheet import MARGIN, SIZE, SMALL, Sheet

TALL, LOW, ROLE = 30.0, 22.0, 24.0
_PADDING = 7.0
_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class _Row:
    """Where the bars of a row are drawn."""

    into: Group
    sheet: Sheet
    top: float
    height: float


def row_title(into: Group, top: float, height: float, title: str, more: str = "") -> None:
    """The name of a row, before it."""
    room = 150.0
    base = top + height / 2 + 4.5
    if more:
        into.text(MARGIN, base - 7, fitted(title, room, SIZE, bold=True), "name")
        into.text(MARGIN, base + 8, fitted(more, room, SMALL), "faint")
    else:
        into.text(MARGIN, base, fitted(title, room, SIZE, bold=True), "name")


def severities(into: Group, sheet: Sheet, top: float) -> float:
    """The band of severities. Returns where it ends."""
    row_title(into, top, TALL, "Severity")
    for span in sheet.contents.severities:
        kind = f"sev{span.what.value}"
        _period(_Row(into, sheet, top, TALL), span, kind, span.what.label)
    return top + TALL


def statuses(into: Group, sheet: Sheet, top: float) -> float:
    """The band of statuses. Returns where it ends."""
    row_title(into, top, LOW, "Status")
    for span in sheet.contents.statuses:
        calm = span.what is Status.MITIGATED or span.what.is_closed
        _period(_Row(into, sheet, top, LOW), span, "calm" if calm else "status", span.what.value)
    return top + LOW


def roles(into: Group, sheet: Sheet, top: float) -> float:
    """One row for each lane, with its holders. Returns where they end."""
    before = ""
    for lane in sheet.contents.lanes:
        if lane.role != before:
            row_title(into, top, ROLE, lane.title)
        before = lane.role
        _lane(into, sheet, lane, top)
        top += ROLE + 4
    return top - 4 if sheet.contents.lanes else top


def _lane(into: Group, sheet: Sheet, lane: Lane, top: float) -> None:
    row = _Row(into, sheet, top, ROLE)
    into.line(sheet.axis.left, top + ROLE / 2, sheet.axis.right, top + ROLE / 2, "rail")
    following = [*(sheet.x(span.start) for span in lane.spans[1:]), sheet.axis.right]
    for span, beside in zip(lane.spans, following, strict=True):
        _period(row, span, "role", sheet.name(span.what), beside)


def _period(
    row: _Row,
    span: Span[Severity] | Span[Status] | Span[str],
    kind: str,
    said: str,
    beside: float | None = None,
) -> None:
    """A bar with its words in it; or after it, up to `beside`, if there is room there only."""
    sheet, top, height = row.sheet, row.top, row.height
    left, right = sheet.x(span.start), sheet.x(span.end)
    bar = row.into.add("g")
    bar.titled(f"{said}, {sheet.when(span.start)} \u2013 {sheet.when(span.end)}")
    bar.bar(Box(left, top, max(right - _BETWEEN, left + 2), height), kind)
    base = top + height / 2 + SMALL * 0.36
    inside = fitted(said, right - left - 2 * _PADDING, SMALL, bold=True)
    is_whole = inside == said
    if not is_whole and beside is not None and width(said, SMALL) <= beside - right - 2 * _PADDING:
        row.into.text(right + _PADDING, base, said, "beside")
    elif inside:
        row.into.text(left + _PADDING, base, inside, f"{kind}-ink strong")
