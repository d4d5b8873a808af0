"""Deletes from time to time what nobody will need again, so that the database does not grow."""

from datetime import datetime, timedelta

from bot.engine.store import acts
from bot.engine.store.database import Database

KEPT = timedelta(days=7)  # Slack delivers an event again for some minutes, and people press a button twice
BATCH = 500  # short enough that a click never waits for it


async def tidy(database: Database, team: str, now: datetime) -> int:
    """Delete a batch of a workspace's acts that cannot come again; returns how many. Later calls delete the rest."""
    async with database.writing() as session:
        return await acts.forget_before(session, team, now - KEPT, BATCH)
