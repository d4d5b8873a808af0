"""What is drawn at a moment: milestones, updates and missed promises, notes and decisions."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from bot.core.text import span as in_span
from bot.incident.domain import facts
from bot.incident.domain.decisions import decision_label
from bot.incident.domain.drawing.labels import Placed, Wanted, place
from bot.incident.domain.promises import UpdatePromise
from bot.incident.domain.timeline import Entry
from bot.incident.views.drawing.measure import fitted, width
from bot.incident.views.drawing.periods import LOW, row_title
from bot.incident.views.drawing.shapes import Group
from bot.incident.views.drawing.sheet import MARGIN, SIZE, SMALL, WIDTH, Sheet
from bot.incident.views.facts import sentence

MILESTONE_ROWS, NOTE_ROWS = 6, 8
ROW = 19.0
_GAP = 7.0
_CLOSE = 7.0  # milestones that are no further apart share a label
_FORMS = (330.0, 260.0, 200.0, 150.0, 110.0)  # how wide the words of a note may be


def milestones(into: Group, sheet: Sheet, top: float) -> tuple[float, Sequence[float]]:
    """Their names, in as many rows as they need. Returns where these end, and where their lines are."""
    told = _in_groups(sheet)
    wanted = [Wanted(x, (width(words, SIZE),)) for x, words in told]
    placed = place(wanted, MILESTONE_ROWS, WIDTH - MARGIN / 2, _GAP)
    rows = max((each.row for each in placed if each), default=0) + 1
    bottom = top + rows * ROW
    for x, words, where in [
        (x, words, where) for (x, words), where in zip(told, placed, strict=True) if where
    ]:
        base = bottom - where.row * ROW - 6
        _label(into, (x, base), words, where, "milestone")
        into.line(x, base - 9, x, bottom, "hair")
    return bottom, [x for x, _ in told]


def _in_groups(sheet: Sheet) -> list[tuple[float, str]]:
    """Where the milestones are, and what they are called; those that lie too close together have one label."""
    is_long = sheet.contents.end - sheet.contents.start > timedelta(days=1)
    groups: list[tuple[float, list[tuple[str, str]]]] = []
    for milestone, at in sheet.contents.milestones:
        x, when = sheet.x(at), sheet.when(at) if is_long else sheet.clock(at)
        if not groups or x - groups[-1][0] > _CLOSE:
            groups.append((x, []))
        groups[-1][1].append((milestone.value, when))
    return [(x, _named(group)) for x, group in groups]


def _named(group: Sequence[tuple[str, str]]) -> str:
    """Each with its time; a time that several have is written once."""
    parts = [f"{', '.join(name for name, _ in same)} {when}" for when, same in _by_time(group)]
    words = ", ".join(parts)
    return words[0].upper() + words[1:]


def _by_time(group: Sequence[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(when, list(same)) for when, same in groupby(group, key=lambda each: each[1])]


def updates(into: Group, sheet: Sheet, top: float) -> float:
    """The updates that came, late or in time, and those that were missed. Returns where the row ends."""
    height, contents = LOW + 6, sheet.contents
    told = f"{contents.kept} of {contents.promised} in time" if contents.promised else "none due"
    row_title(into, top, height, "Updates", told)
    middle = top + height / 2
    into.line(sheet.axis.left, middle, sheet.axis.right, middle, "rail")
    for promise in contents.promises:
        mark = into.add("g").titled(_told(promise, sheet))
        due = sheet.x(promise.due_at)
        if promise.answered_at is None:
            missed(mark, due, middle)
        elif promise.is_kept:
            in_time(mark, sheet.x(promise.answered_at), middle)
        else:
            late(mark, due, sheet.x(promise.answered_at), middle)
    return top + height


def in_time(into: Group, x: float, y: float) -> None:
    """The mark of an update that came in time."""
    into.add("circle", cx=x, cy=y, r=5.5, class_="kept")


def late(into: Group, due: float, came: float, y: float) -> None:
    """The mark of one that came late: how long it was awaited, and when it came."""
    into.line(due, y, came, y, "late-wait")
    into.path(f"M{came:.1f} {y - 7:.1f}l7 12.5h-14z", "late")


def missed(into: Group, x: float, y: float) -> None:
    """The mark of one that did not come."""
    into.path(f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10", "missed")


def _told(promise: UpdatePromise, sheet: Sheet) -> str:
    due = f"Update due {sheet.when(promise.due_at)}"
    if promise.late_by is None:
        return f"{due}: missed"
    return f"{due}: late by {in_span(promise.late_by)}" if promise.late_by else f"{due}: in time"


def notes(into: Group, sheet: Sheet, top: float) -> float:
    """Notes and decisions, with as many of their words as fit. Returns where their rows end."""
    noted = sheet.contents.notes
    if not noted:
        return top
    row_title(into, top, LOW, "Notes")
    middle = top + LOW / 2
    into.line(sheet.axis.left, middle, sheet.axis.right, middle, "rail")
    words = [said(entry, source, sheet) for source, entry in noted]
    wanted = [_wanted(entry, words[number], sheet) for number, (_, entry) in enumerate(noted)]
    placed = place(wanted, NOTE_ROWS, WIDTH - MARGIN, _GAP)
    rows = max((each.row + 1 for each in placed if each), default=0)
    for number, (_, entry) in enumerate(noted):
        x, where = sheet.x(entry.fact.at), placed[number]
        if where:
            base = top + LOW + (where.row + 1) * ROW - 5
            into.line(x, middle, x, base - 4, "hair")
            _label(into, (x, base), fitted(words[number], _FORMS[where.form], SMALL), where, "words")
        mark = into.add("g").titled(f"{sheet.when(entry.fact.at)}: {words[number]}")
        if isinstance(entry.fact, facts.Noted):
            noted_at(mark, x, middle)
        else:
            decided_at(mark, x, middle)
    return top + LOW + rows * ROW


def _label(into: Group, at: tuple[float, float], words: str, where: Placed, kind: str) -> None:
    """A label right of its mark, or left of it, where it ends at the mark in a narrower font too."""
    x, base = at
    if where.left > x:
        into.text(where.left, base, words, kind)
    else:
        into.text(x - _GAP, base, words, kind, "end")


def noted_at(into: Group, x: float, y: float) -> None:
    """The mark of a note."""
    into.add("circle", cx=x, cy=y, r=4, class_="note")


def decided_at(into: Group, x: float, y: float) -> None:
    """The mark of a decision."""
    into.path(f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z", "decision")


def _wanted(entry: Entry, words: str, sheet: Sheet) -> Wanted:
    forms = [width(fitted(words, room, SMALL), SMALL) for room in _FORMS]
    return Wanted(sheet.x(entry.fact.at), forms, matters=not isinstance(entry.fact, facts.Noted))


def said(entry: Entry, source: str, sheet: Sheet) -> str:
    """The words of a note or a decision."""
    fact = entry.fact
    match fact:
        case facts.Decided():
            words = f"Decision {decision_label(fact.number)}: {fact.text}"
        case facts.Objected():
            words = f"Strong objection to decision {decision_label(fact.number)}: {fact.reason}"
        case _:
            words = fact.text if isinstance(fact, facts.Noted) else sentence(fact)
    return sheet.words(f"{source}: {words}" if source else words)
