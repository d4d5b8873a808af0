"""Timelines as files, without Slack."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from bot.engine.store import people
from bot.engine.store.database import Database, Session
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.vocabulary import reference
from bot.incident.store import incidents
from bot.incident.views.exports import HEADING_OF_ALL, csv_of_all, export


async def write(database: Database, number: int, form: ExportFormat, now: datetime) -> str | None:
    """The timeline of an incident, with names from the database; None if there is no such incident.

    If several workspaces have an incident with this number, it is the one declared first.
    """
    async with database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        if stored is None:
            return None
        entries = await incidents.timeline(session, stored.id)
        names = await people.names(session, stored.team)
    return export(stored.state, entries, names, form, now)


async def write_all(
    session: Session, form: ExportFormat, since: datetime | None, now: datetime, unreadable: list[str]
) -> AsyncIterator[str]:
    """The timelines of all incidents, one after the other, in the order of their numbers within each workspace.

    Args:
        session: a snapshot, in which every query sees the same moment.
        form: Markdown or CSV, which is one table.
        since: only incidents to whose timeline something was added at that time (UTC) or later; None for all.
        now: the time of the export (UTC).
        unreadable: gets the names of the incidents that are damaged or another release's, and left out.
    """
    if form is ExportFormat.CSV:
        yield HEADING_OF_ALL
    names: dict[str, Mapping[str, str]] = {}
    for stream_id, number in await incidents.changed_since(session, since):
        try:
            stored = await incidents.INCIDENTS.by_id(session, stream_id)
            entries = await incidents.timeline(session, stored.id)
        except incidents.UNREADABLE:
            unreadable.append(reference(number))
            continue
        if stored.team not in names:
            names[stored.team] = await people.names(session, stored.team)
        known = names[stored.team]
        if form is ExportFormat.CSV:
            yield csv_of_all(stored.state, entries, known)
        else:
            yield export(stored.state, entries, known, form, now) + "\n"
