"""What the marks mean: those that are drawn."""

from bot.core.text import span
from bot.incident.domain import facts
from bot.incident.views.drawing import marks
from bot.incident.views.drawing.measure import width
from bot.incident.views.drawing.shapes import Group
from bot.incident.views.drawing.sheet import MARGIN, SMALL, Sheet

_MARK, _BETWEEN, _LINE = 28.0, 22.0, 22.0
TEAR = "l4 -5l4 10l4 -10l4 5"  # of the axis, where a silence is folded


def legend(into: Group, sheet: Sheet, top: float) -> float:
    """Draw it; returns where it ends."""
    x, y, drawn = MARGIN, top + 10, _drawn(sheet)
    if not drawn:
        return top
    for name, said in drawn:
        _mark(into, name, x + _MARK / 2, y)
        into.text(x + _MARK, y + 4, said, "faint")
        x += _MARK + width(said, SMALL) + _BETWEEN
    if left_out := sheet.contents.left_out:
        y += _LINE
        are = "entry or change lies" if left_out == 1 else "entries and changes lie"
        into.text(MARGIN, y + 4, f"{left_out:,} more {are} too close to others to be drawn.", "faint")
    return y + 6


def _drawn(sheet: Sheet) -> list[tuple[str, str]]:
    """The marks that are there, and what they mean."""
    contents = sheet.contents
    promises, noted = contents.promises, [entry.fact for _, entry in contents.notes]
    found = [
        ("kept", "update in time", any(each.is_kept for each in promises)),
        ("late", "late: the line begins when it was due", any(each.late_by for each in promises)),
        ("missed", "update missed", any(each.answered_at is None for each in promises)),
        ("note", "note", any(isinstance(each, facts.Noted) for each in noted)),
        ("decision", "decision", any(not isinstance(each, facts.Noted) for each in noted)),
    ]
    told = [(name, said) for name, said, is_there in found if is_there]
    if folds := sheet.axis.folds:
        longest = span(max(each.lasted for each in folds))
        told.append(("fold", f"silence, drawn shorter (the longest: {longest})"))
    return told


def _mark(into: Group, name: str, x: float, y: float) -> None:
    match name:
        case "kept":
            marks.in_time(into, x, y)
        case "late":
            marks.late(into, x - 12, x, y)
        case "missed":
            marks.missed(into, x, y)
        case "note":
            marks.noted_at(into, x, y)
        case "decision":
            marks.decided_at(into, x, y)
        case _:
            into.path(f"M{x - 8:.1f} {y:.1f}{TEAR}", "tear")
