"""The places in the outside world where a stream is shown, such as its channel and its messages."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.statements import execute
from bot.engine.store.tables import OWN_CHANNEL, PlaceRow
from bot.engine.store.upsert import dialect_of, insert_in

OF_FACT = "fact:"  # begins the names of the places where single facts were told: a long stream has hundreds
_ANY = select(PlaceRow).where(col(PlaceRow.stream_id).in_(bindparam("streams", expanding=True)))
_OF = _ANY.where(col(PlaceRow.name).not_like(f"{OF_FACT}%"))
_OF_FACTS = _ANY.where(col(PlaceRow.name).like(f"{OF_FACT}%"))
_CHANNEL = select(col(PlaceRow.channel)).where(
    col(PlaceRow.stream_id) == bindparam("stream"), col(PlaceRow.name) == OWN_CHANNEL
)
_CHANNELS = (
    select(col(PlaceRow.channel))
    .where(
        col(PlaceRow.stream_id).in_(bindparam("streams", expanding=True)), col(PlaceRow.name) == OWN_CHANNEL
    )
    .order_by(col(PlaceRow.stream_id))
)
_OF_CHANNEL = select(col(PlaceRow.stream_id)).where(
    col(PlaceRow.team_id) == bindparam("team"),
    col(PlaceRow.channel) == bindparam("channel"),
    col(PlaceRow.name) == OWN_CHANNEL,
)
_FORGET = delete(PlaceRow).where(
    col(PlaceRow.stream_id) == bindparam("stream"), col(PlaceRow.name) == bindparam("place")
)


async def of(session: AsyncSession, streams: Collection[int]) -> dict[int, dict[str, PlaceRow]]:
    """The places of several streams, by their ids and the names of the places; without those of single facts."""
    return await _by_name(session, _OF, streams)


async def of_facts(session: AsyncSession, streams: Collection[int]) -> dict[int, dict[str, PlaceRow]]:
    """The places where the facts of several streams were told, by the streams' ids and the names of the places."""
    return await _by_name(session, _OF_FACTS, streams) if streams else {}


async def own_channel(session: AsyncSession, stream_id: int) -> str:
    """The id of the stream's own channel; empty if that is not open."""
    return (await execute(session, _CHANNEL, {"stream": stream_id})).scalar() or ""


async def own_channels(session: AsyncSession, streams: Collection[int]) -> list[str]:
    """The own channels of these streams, if they are open, in the order of the streams."""
    if not streams:
        return []
    return [*(await execute(session, _CHANNELS, {"streams": list(streams)})).scalars()]


async def of_channel(session: AsyncSession, team: str, channel: str) -> int | None:
    """The id of the stream whose own channel this is."""
    return (await execute(session, _OF_CHANNEL, {"team": team, "channel": channel})).scalar()


async def put(session: AsyncSession, team: str, stream_id: int, name: str, *, channel: str, ts: str) -> None:
    """Store a place, instead of an earlier one of that name. `ts` is empty if the place is the channel itself."""
    place = {"stream_id": stream_id, "name": name, "team_id": team, "channel": channel, "ts": ts}
    await execute(session, _putting(dialect_of(session)), place)


async def forget(session: AsyncSession, stream_id: int, name: str) -> bool:
    """Delete a place; returns whether there was one."""
    gone = await execute(session, _FORGET, {"stream": stream_id, "place": name})
    return gone.rowcount > 0


async def _by_name(
    session: AsyncSession, query: SelectOfScalar[PlaceRow], streams: Collection[int]
) -> dict[int, dict[str, PlaceRow]]:
    found: dict[int, dict[str, PlaceRow]] = {}
    for row in (await session.exec(query, params={"streams": list(streams)})).all():
        found.setdefault(row.stream_id, {})[row.name] = row
    return found


@cache
def _putting(dialect: str) -> Insert:
    statement = insert_in(dialect, PlaceRow)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[col(PlaceRow.stream_id), col(PlaceRow.name)],
        set_={"channel": new.channel, "ts": new.ts, "looked_at": None, "look_at": None},
    )
