"""Timelines, as their rows store them."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import EntryRow

PART = 500  # rows of a long timeline that are read at a time
WRITTEN: tuple[Any, ...] = (EntryRow.seq, EntryRow.kind, EntryRow.payload)

_ENTRIES = select(col(EntryRow.stream_id), *WRITTEN).where(
    tuple_(col(EntryRow.stream_id), col(EntryRow.seq)).in_(bindparam("wanted", expanding=True))
)


class StoredFact(NamedTuple):
    """A fact of the timeline, as its row stores it."""

    seq: int
    kind: str
    payload: dict[str, Any]


def part_of(stream: ColumnElement[Any]) -> Select[Any]:
    """A query of the next facts of a stream, of whose timeline `after` has been read. Facts are only added."""
    following = select(*WRITTEN).where(
        col(EntryRow.stream_id) == stream, col(EntryRow.seq) > bindparam("after")
    )
    return following.order_by(col(EntryRow.seq)).limit(PART)


_PART = part_of(bindparam("of_stream"))


async def whole_timeline(session: AsyncSession, stream_id: int) -> list[StoredFact]:
    """Every fact in the order of recording, not decoded.

    Lists read states of other shapes this way, outside of a transaction, where PostgreSQL has no server-side cursors.
    """
    return await in_parts(session, _PART, {"of_stream": stream_id})


async def in_parts(session: AsyncSession, query: Select[Any], values: Mapping[str, Any]) -> list[StoredFact]:
    """All facts that a query of `part_of` finds, part after part, so that others get turns in between."""
    stored_facts: list[StoredFact] = []
    while True:
        after = stored_facts[-1].seq if stored_facts else 0
        part = (await execute(session, query, {**values, "after": after})).all()
        stored_facts += [StoredFact(row.seq, row.kind, row.payload) for row in part]
        if len(part) < PART:
            return stored_facts


async def single_facts(
    session: AsyncSession, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], StoredFact]:
    """Single facts, by the id of the stream and the number in its timeline, not decoded yet."""
    if not wanted:
        return {}
    found = await execute(session, _ENTRIES, {"wanted": list(wanted)})
    return {(row.stream_id, row.seq): StoredFact(row.seq, row.kind, row.payload) for row in found}
