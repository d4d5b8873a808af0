"""The postmortem draft without Slack."""

from datetime import datetime

from bot.core.templates import Templates
from bot.engine.store import people
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.store import incidents
from bot.incident.views.postmortem import postmortem


async def write(
    database: Database, number: int, templates: Templates, policy: Policy, now: datetime
) -> str | None:
    """The draft of an incident as Markdown, with names from the database; None if there is no such incident.

    If several workspaces have an incident with this number, it is the one declared first.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    async with database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        if stored is None:
            return None
        timeline = await incidents.timeline(session, stored.id)
        names = await people.names(session, stored.team)
    return postmortem(draft(stored.state, timeline, policy, now), names, templates)
