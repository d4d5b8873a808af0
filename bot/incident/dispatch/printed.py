"""The postmortem draft without Slack."""

from datetime import datetime

from bot.core.templates import Templates
from bot.engine.store import people
from bot.engine.store.database import Database
from bot.incident.domain.postmortem import draft
from bot.incident.store import incidents
from bot.incident.views.postmortem import postmortem


async def write(database: Database, number: int, templates: Templates, now: datetime) -> str | None:
    """The draft of an incident as Markdown, names from the database; None where there is no such incident.

    Where several workspaces have an incident of this number, the earliest declared one is meant.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    async with database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        if stored is None:
            return None
        timeline = await incidents.timeline(session, stored.id)
        names = await people.names(session, stored.team)
    return postmortem(draft(stored.state, timeline, now), names, templates)
