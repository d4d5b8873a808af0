"""What is swept out now and then, so that the database does not grow with what nobody will ask for."""

from datetime import datetime, timedelta

from bot.engine.store import acts
from bot.engine.store.database import Database

KEPT = timedelta(days=7)  # Slack delivers an event again for some minutes, and people press twice at once
BATCH = 500  # short enough that a click never waits for it


async def tidy(database: Database, team: str, now: datetime) -> int:
    """Forget a workspace's acts that cannot come again; how many, at most a batch. The rest is for the next time."""
    async with database.writing() as session:
        return await acts.forget_before(session, team, now - KEPT, BATCH)
