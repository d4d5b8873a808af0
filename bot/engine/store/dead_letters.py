"""Dead effects that are tried again or dropped."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import outcomes
from bot.engine.store.tables import OWN_CHANNEL, EffectRow, PlaceRow, StreamRow, is_dead


async def drop(session: AsyncSession, effect_id: int, now: datetime) -> bool:
    """Drop a dead effect of any workspace; returns False if there is none with this id."""
    query = select(EffectRow).where(is_dead(EffectRow), EffectRow.id == effect_id)
    row = (await session.exec(query)).first()
    if row is None:
        return False
    outcomes.dropped(row, row.error, now)
    session.add(row)
    return True


async def own_channels(session: AsyncSession, stream_ids: Collection[int]) -> Sequence[str]:
    """The own channels of these streams, if they are open."""
    if not stream_ids:
        return []
    places = select(PlaceRow.channel).where(
        col(PlaceRow.stream_id).in_(stream_ids), PlaceRow.name == OWN_CHANNEL
    )
    return (await session.exec(places.order_by(col(PlaceRow.stream_id)))).all()


async def of_channel(session: AsyncSession, team: str, channel: str) -> int | None:
    """The id of the stream whose own channel this is."""
    query = select(PlaceRow.stream_id).where(
        PlaceRow.team_id == team, PlaceRow.channel == channel, PlaceRow.name == OWN_CHANNEL
    )
    return (await session.exec(query)).first()


async def teams(session: AsyncSession) -> Sequence[str]:
    """The workspaces that have streams in this database, in order."""
    return (await session.exec(select(StreamRow.team_id).distinct().order_by(StreamRow.team_id))).all()
