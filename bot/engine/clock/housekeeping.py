"""Deletes from time to time what nobody will need again, so that the database does not grow."""

from datetime import datetime, timedelta

from bot.engine.store import acts, drafts, opened_links, outbox
from bot.engine.store.database import Database

KEPT = timedelta(days=7)  # Slack delivers an event again for some minutes, and people press a button twice
EFFECTS_KEPT = timedelta(days=90)  # nobody needs what Slack shows; it only helps to find out what happened
BATCH = 500  # short enough that a click never waits for it


async def tidy(database: Database, team: str, now: datetime) -> int:
    """Delete a batch of what a workspace no longer needs; returns how many rows. Later calls delete the rest.

    These are acts that cannot come again, forms that were left half-written, which links were opened, and effects that were shown, or dropped, long ago. Dead letters are kept.
    """
    async with database.writing() as session:
        gone = await acts.forget_before(session, team, now - KEPT, BATCH)
        gone += await outbox.forget_before(session, team, now - EFFECTS_KEPT, BATCH)
        gone += await opened_links.forget_before(session, team, now - KEPT)
        return gone + await drafts.forget_before(session, team, now - KEPT)
