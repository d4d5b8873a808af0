"""Dead effects that are tried again or dropped."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import outcomes
from bot.engine.store.tables import EffectRow, is_dead


async def drop(session: AsyncSession, effect_id: int, now: datetime) -> bool:
    """Drop a dead effect of any workspace; returns False if there is none with this id."""
    query = select(EffectRow).where(is_dead(EffectRow), EffectRow.id == effect_id)
    row = (await session.exec(query)).first()
    if row is None:
        return False
    outcomes.dropped(row, row.error, now)
    session.add(row)
    return True
