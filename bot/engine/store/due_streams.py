"""When the clock must look at each stream."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import F, S
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.statements import execute
from bot.engine.store.streams import UPDATE, Stored, Streams
from bot.engine.store.tables import StreamRow


async def claim_due(
    session: AsyncSession, streams: Streams[S, F], team: str, now: datetime, limit: int
) -> list[Stored[S]]:
    """Lock streams of a workspace that the clock must look at, the earliest first; locked ones are skipped."""
    query = (
        select(col(StreamRow.id), StreamRow.state, StreamRow.head)
        .where(*streams.of(team), col(StreamRow.next_look_at) <= now)
        .order_by(col(StreamRow.next_look_at))
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)  # as in `streams`
    )
    rows = (await session.exec(query)).all()
    found = []
    for stream_id, document, head in rows:
        if stream_id is None:
            continue
        try:
            state = await streams.state(session, stream_id, document)
        except (OtherReleaseError, ValidationError):
            continue  # a replica of that release looks at it; a damaged one must not keep the others waiting
        found.append(Stored(stream_id, team, state, head))
    return found


async def set_next_looks(session: AsyncSession, looks: Mapping[int, datetime | None]) -> None:
    """Set when to look at each of these streams next."""
    if looks:
        rows = [{"stream": stream_id, "next_look_at": at} for stream_id, at in looks.items()]
        await execute(session, UPDATE, rows)


async def make_all_due(session: AsyncSession, streams: Streams[S, F], team: str, now: datetime) -> None:
    """Look now at every stream of a workspace that waits for a look, which a clock that was ahead has delayed."""
    later = update(StreamRow).where(*streams.of(team), col(StreamRow.next_look_at) > now)
    await session.exec(later.values(next_look_at=now), execution_options={"synchronize_session": False})
