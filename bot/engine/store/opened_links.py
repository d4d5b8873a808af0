"""Which links to pages were opened: each can be opened once, whatever process it comes to."""

from datetime import datetime
from functools import cache

from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import OpenedLinkRow
from bot.engine.store.upsert import dialect_of, insert_in


async def use(session: AsyncSession, team: str, link: str, now: datetime) -> bool:
    """Use a link up; False if it was used before. Of two at the same moment one gets True."""
    row = {"team_id": team, "id": link, "opened_at": now}
    return (await execute(session, _using(dialect_of(session)), row)).rowcount == 1


async def forget_before(session: AsyncSession, team: str, at: datetime) -> int:
    """Delete what was opened before a time (UTC), when none of these links can be used anyway; returns how many."""
    gone = delete(OpenedLinkRow).where(col(OpenedLinkRow.team_id) == team, col(OpenedLinkRow.opened_at) < at)
    return (await session.exec(gone)).rowcount


@cache
def _using(dialect: str) -> Insert:
    return insert_in(dialect, OpenedLinkRow).on_conflict_do_nothing()
