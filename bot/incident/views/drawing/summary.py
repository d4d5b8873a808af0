"""What the drawing says, in words: its heading, its description, and everything in it for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.text import measured
from bot.incident.views.drawing.marks import said
from bot.incident.views.drawing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its caption, the names of its columns, its rows."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def heading(sheet: Sheet) -> tuple[str, str]:
    """The title, and what is below it."""
    contents, incident = sheet.contents, sheet.contents.incident
    worst = min((span.what for span in contents.severities), default=incident.severity)
    start, end = contents.start.astimezone(sheet.zone), contents.end.astimezone(sheet.zone)
    until = (
        "now"
        if contents.is_open
        else f"{end:%H:%M}"
        if start.date() == end.date()
        else f"{end:%Y-%m-%d %H:%M}"
    )
    parts = [
        worst.label,
        incident.status.value,
        f"{start:%Y-%m-%d %H:%M} \u2013 {until} ({sheet.zone_name})",
        measured(contents.end - contents.start),
    ]
    return f"{incident.reference}  {sheet.words(incident.title)}", "  ·  ".join(parts)


def in_one_sentence(sheet: Sheet) -> str:
    """The description of the picture."""
    contents = sheet.contents
    late = contents.promised - contents.kept - contents.missed
    bands = ", ".join(dict.fromkeys(span.what.label for span in contents.severities)) or "no severity"
    roles = len({lane.role for lane in contents.lanes})
    return (
        f"From {sheet.when(contents.start)} to {sheet.when(contents.end)} ({sheet.zone_name}): {bands}; "
        f"{_count(roles, 'role')}; {_count(contents.promised, 'update')} due, {late} late and {contents.missed} missed; "
        f"{_count(len(contents.notes), 'note or decision', 'notes and decisions')}."
    )


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def tables(sheet: Sheet) -> list[Table]:
    """Everything that is drawn."""
    contents = sheet.contents
    found = [
        Table(
            "Milestones",
            ("Milestone", "At"),
            [(name.value, sheet.when(at)) for name, at in contents.milestones],
        ),
        Table(
            "Severity",
            ("Severity", "From", "Until"),
            [(each.what.label, sheet.when(each.start), sheet.when(each.end)) for each in contents.severities],
        ),
        Table(
            "Status",
            ("Status", "From", "Until"),
            [(each.what.value, sheet.when(each.start), sheet.when(each.end)) for each in contents.statuses],
        ),
        Table(
            "Roles",
            ("Role", "Held by", "From", "Until"),
            [
                (lane.title, sheet.name(each.what), sheet.when(each.start), sheet.when(each.end))
                for lane in contents.lanes
                for each in lane.spans
            ],
        ),
        Table(
            "Updates",
            ("Due", "Came", "Result"),
            [
                (
                    sheet.when(each.due_at),
                    sheet.when(each.answered_at) if each.answered_at else "",
                    "missed"
                    if each.late_by is None
                    else f"late by {measured(each.late_by)}"
                    if each.late_by
                    else "in time",
                )
                for each in contents.promises
            ],
        ),
        Table(
            "Notes and decisions",
            ("At", "What"),
            [(sheet.when(entry.fact.at), said(entry, source, sheet)) for source, entry in contents.notes],
        ),
    ]
    return [table for table in found if table.rows]
