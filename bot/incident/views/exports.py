"""The timeline as a file: Markdown to read, CSV for a spreadsheet, JSON for programs. Times are in UTC."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from bot.core.actor import own_name
from bot.core.blocks import Message
from bot.core.text import md, utc
from bot.core.tokens import in_words
from bot.incident.domain import corrections, facts, selection
from bot.incident.domain.corrections import Shown
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry
from bot.incident.views.facts import link, sentence
from bot.incident.views.postmortem import line, markdown

COLUMNS = ("number", "at", "kind", "by", "author", "text", "link", "corrected")
HEADING_OF_ALL = ",".join(("incident", *COLUMNS)) + "\r\n"

# What a spreadsheet takes for a formula at the beginning of a cell (OWASP, "CSV Injection"), also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def export(
    incident: Incident,
    entries: Sequence[Entry],
    people: Mapping[str, str],
    form: ExportFormat,
    now: datetime,
) -> str:
    """The entries that count, with their corrections.

    Args:
        incident: the state.
        entries: all facts.
        people: names by id; a person without a name is shown by id.
        form: the format.
        now: the time of the export (UTC).
    """
    shown, struck = corrections.shown(entries), len(corrections.struck(entries))
    match form:
        case ExportFormat.MARKDOWN:
            return _markdown(incident, shown, struck, people, now)
        case ExportFormat.CSV:
            return _csv(shown, people)
        case ExportFormat.JSON:
            return _json(incident, shown, struck, people, now)
        case _:
            assert_never(form)


def csv_of_all(incident: Incident, entries: Sequence[Entry], people: Mapping[str, str]) -> str:
    """The entries that count, as rows of a table of all incidents; `HEADING_OF_ALL` comes first."""
    cells = _cells(corrections.shown(entries), people)
    return _table([incident.reference, *row] for row in cells)


def filename(incident: Incident, form: ExportFormat) -> str:
    """The name of the file."""
    return f"{incident.reference.lower()}-timeline.{form}"


def comment(incident: Incident, entries: Sequence[Entry]) -> Message:
    """The direct message before the file."""
    struck = len(corrections.struck(entries))
    left_out = f"; {struck} struck, not in the file" if struck else ""
    count = len(corrections.shown(entries))
    return Message.of(
        md(
            ":page_facing_up: The timeline of *{}* {}: {} entries{}",
            incident.reference,
            incident.title,
            count,
            left_out,
        )
    )


def _markdown(
    incident: Incident, shown: Sequence[Shown], struck: int, people: Mapping[str, str], now: datetime
) -> str:
    rows = [f"# Timeline of {incident.reference}: {markdown(incident.title, people)}", ""]
    rows.append(
        f"Exported {utc(now)}. All times are in UTC." + (f" {struck} struck and not shown." if struck else "")
    )
    if incident.private:
        rows += ["", "**Private incident: share this only with people who may see it.**"]
    day = ""
    for each in shown:
        parts = line(each.entry, people)
        date, time = parts["at"][:10], parts["at"][11:16]
        if date != day:
            rows += ["", f"## {date}", ""]
            day = date
        where = f" ([message](<{parts['link']}>))" if parts["link"] else ""
        rows.append(f"- {time} (#{each.number}) {parts['text']}{where}")
    return "\n".join(rows) + "\n"


def _csv(shown: Sequence[Shown], people: Mapping[str, str]) -> str:
    return _table([COLUMNS, *_cells(shown, people)])


def _cells(shown: Sequence[Shown], people: Mapping[str, str]) -> Iterator[list[str]]:
    for each in shown:
        row = _fields(each, people)
        yield [harmless(str(row[name])) for name in COLUMNS]


def _table(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _json(
    incident: Incident, shown: Sequence[Shown], struck: int, people: Mapping[str, str], now: datetime
) -> str:
    document = {
        "incident": incident.reference,
        "title": in_words(incident.title, people),
        "severity": incident.severity.label,
        "status": incident.status.value,
        "private": incident.private,
        "exported_at": now.isoformat(),
        "struck": struck,
        "entries": [{**_fields(each, people), **_ids(each)} for each in shown],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _fields(shown: Shown, people: Mapping[str, str]) -> dict[str, Any]:
    """The columns of one entry, as plain words."""
    fact = shown.entry.fact
    is_note = isinstance(fact, facts.Noted)
    return {
        "number": shown.number,
        "at": fact.at.isoformat(),
        "kind": type(fact).__name__,
        "by": _name(fact.by, people),
        "author": (fact.app or _name(fact.author, people)) if isinstance(fact, facts.Noted) else "",
        "text": in_words(shown.text if is_note else sentence(fact), people),
        "link": link(fact),
        "corrected": shown.corrected is not None,
    }


def _ids(shown: Shown) -> dict[str, str]:
    """What only programs need."""
    fact = shown.entry.fact
    return {
        "topic": selection.topic(fact),
        "by_id": fact.by,
        "author_id": fact.author if isinstance(fact, facts.Noted) else "",
    }


def _name(actor: str, people: Mapping[str, str]) -> str:
    return own_name(actor) or people.get(actor, actor)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
