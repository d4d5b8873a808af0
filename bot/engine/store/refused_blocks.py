"""The types of blocks that a workspace has refused, so that they are not tried at every message."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import RefusedBlockRow
from bot.engine.store.upsert import dialect_of, insert_in

TRIED_AGAIN = timedelta(days=7)  # Slack brings new blocks to workspaces one after the other


async def read(session: AsyncSession, team: str) -> dict[str, datetime]:
    """When a workspace has last refused each type (UTC)."""
    rows = await session.exec(select(RefusedBlockRow).where(col(RefusedBlockRow.team_id) == team))
    return {row.kind: row.refused_at for row in rows}


async def remember(session: AsyncSession, team: str, kinds: Iterable[str], at: datetime) -> None:
    """Record that a workspace has refused these types at a time (UTC)."""
    statement = insert_in(dialect_of(session), RefusedBlockRow)
    upsert = statement.on_conflict_do_update(
        index_elements=[col(RefusedBlockRow.team_id), col(RefusedBlockRow.kind)],
        set_={"refused_at": statement.excluded["refused_at"]},
    )
    for kind in kinds:
        await execute(session, upsert, {"team_id": team, "kind": kind, "refused_at": at})
