"""Rewrites recorded entries of a stream, and records that it did: the one way for a forgotten person and for the retention."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.actor import machine
from bot.core.decider import Entry
from bot.core.rewriting import Why, ranges
from bot.engine.store import chains
from bot.engine.store.codec import OtherReleaseError, encode_state
from bot.engine.store.statements import execute
from bot.engine.store.streams import UPDATE, Streams
from bot.engine.store.tables import StreamRow

BY = {Why.FORGOTTEN: machine("warroom forget"), Why.RETENTION: machine("retention")}
_LOCKED = (
    select(
        *(col(getattr(StreamRow, name)) for name in ("id", "team_id", "number", "version", "head", "state"))
    )
    .where(col(StreamRow.id) == bindparam("stream"))
    .with_for_update(key_share=True)
)


class Locked(NamedTuple):
    """The row of a stream that this transaction has locked."""

    id: int
    team: str
    number: int
    version: int
    head: str
    state: dict[str, Any]


async def lock(session: AsyncSession, stream_id: int) -> Locked:
    """Lock a stream: whoever acts on it waits, and decides on what is there afterwards."""
    return Locked._make((await execute(session, _LOCKED, {"stream": stream_id})).one())


async def rewrite(
    session: AsyncSession,
    streams: Streams[Any, Any],
    locked: Locked,
    contents: Mapping[int, Mapping[str, Any]],
    document: Mapping[str, Any],
    *,
    why: Why,
    now: datetime,
) -> int:
    """Write these contents, the state that follows from them, and the fact that says so; returns the stream's new version.

    Another release may have written facts that this one cannot fold. Then the state is `document`, and no fact is recorded;
    the rows are marked all the same.

    Args:
        session: the transaction, which has locked the stream.
        streams: the streams of its subject.
        locked: the stream.
        contents: the new `by` and `payload` of each entry, by its number.
        document: the state's document, rewritten.
        why: why.
        now: the time (UTC).
    """
    head = await chains.rewrite(session, locked.id, locked.head, contents)
    decider = streams.decider
    try:
        history = await streams.timeline(session, locked.id)
        state = decider.fold(entry.fact for entry in history)
    except (OtherReleaseError, ValueError):
        await execute(session, UPDATE, {"stream": locked.id, "head": head, "state": document})
        return locked.version
    added: list[Entry[Any]] = []
    if decider.rewritten is not None and contents:
        fact = decider.rewritten(at=now, by=BY[why], why=why, entries=ranges(contents), count=len(contents))
        state, added = decider.apply(state, [fact])
    head, rows = chains.chained(head, added, now)
    changed = {"head": head, "version": state.version, "state": encode_state(decider, state)}
    await execute(session, UPDATE, {"stream": locked.id, **changed})
    if rows:
        await chains.append(session, locked.id, locked.team, rows)
    return int(state.version)
