"""Acts that were carried out: so that a second delivery of the same one changes nothing."""

from datetime import datetime

from sqlmodel import col, delete, select, tuple_
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.tables import ActRow


async def find(session: AsyncSession, team: str, act_id: str) -> ActRow | None:
    """The trace of an act, if it was carried out before."""
    return await session.get(ActRow, (team, act_id))


async def forget(session: AsyncSession, team: str, act_id: str) -> None:
    """Let an act be done again: what it asked for could not be done."""
    row = await find(session, team, act_id)
    if row:
        await session.delete(row)


async def forget_before(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget up to `limit` acts that are older (UTC), but none that counts for ever; how many there were."""
    oldest = (
        select(ActRow.team_id, ActRow.act_id)
        .where(~col(ActRow.permanent), col(ActRow.at) < before)
        .order_by(col(ActRow.at))
        .limit(limit)
    )
    gone = delete(ActRow).where(tuple_(col(ActRow.team_id), col(ActRow.act_id)).in_(oldest))
    return (await session.exec(gone, execution_options={"synchronize_session": False})).rowcount
