"""The timeline as a file, without Slack."""

from datetime import datetime

from bot.engine.store import people
from bot.engine.store.database import Database
from bot.incident.domain.export import ExportFormat
from bot.incident.store import incidents
from bot.incident.views.exports import export


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
