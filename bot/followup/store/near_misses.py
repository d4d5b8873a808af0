"""Near misses: their streams, and how to find them. Everybody in the workspace but guests may read them.

`reported_between` and `unanswered` are for others, such as the review board: they return plain records.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import streams
from bot.engine.store.streams import Streams
from bot.engine.store.tables import EntryRow, StreamRow
from bot.followup.domain.matching import is_about_the_same, words_of
from bot.followup.domain.near_miss import NEAR_MISS, NearMiss
from bot.followup.domain.near_miss_facts import NearMissReported
from bot.followup.domain.near_miss_listing import Listing, Page, Which
from bot.followup.domain.near_miss_records import NearMissRecord, record_of
from bot.incident.domain.services import NO_SERVICES
from bot.incident.store import search
from bot.incident.store.incidents import UNREADABLE

CANDIDATES_MAX = 20
SIMILAR_MAX = 3
WORDS_MAX = 30  # of a text by which similar ones are looked for

NEAR_MISSES = Streams(NEAR_MISS)
Stored = streams.Stored[NearMiss]
_COUNTS: ColumnElement[bool] = ~col(StreamRow.private)  # what was taken back is private
_WAITS: ColumnElement[bool] = ~col(StreamRow.closed)


async def reported_between(
    session: AsyncSession, team: str, begin: datetime, end: datetime
) -> Sequence[NearMissRecord]:
    """The near misses that were reported from `begin` until before `end` (UTC) and count, the earliest first.

    Whether one is late is told as of `end`.
    """
    first = (col(EntryRow.stream_id) == col(StreamRow.id), col(EntryRow.kind) == NearMissReported.__name__)
    query = (
        select(StreamRow)
        .join(EntryRow, first[0])
        .where(first[1], col(EntryRow.at) >= begin, col(EntryRow.at) < end)
        .where(*NEAR_MISSES.of(team), _COUNTS)
        .order_by(col(StreamRow.number))
    )
    found = await _readable(session, (await session.exec(query)).all())
    return [record_of(each, end) for each in found]


async def unanswered(session: AsyncSession, team: str, now: datetime) -> Sequence[NearMissRecord]:
    """All near misses that wait for an answer at this time (UTC), the longest waiting first."""
    query = select(StreamRow).where(*NEAR_MISSES.of(team), _WAITS).order_by(col(StreamRow.number))
    found = await _readable(session, (await session.exec(query)).all())
    return [record_of(each, now) for each in found]


async def waiting_by_lateness(session: AsyncSession, team: str, now: datetime) -> dict[str, int]:
    """How many wait for an answer, by whether they were to be answered by now."""
    late = [each.late for each in await unanswered(session, team, now)]
    return {"yes": late.count(True), "no": late.count(False)}


async def listed(session: AsyncSession, team: str, person: str, wanted: Listing, limit: int) -> Page:
    """A page of `limit` near misses of those that were asked for, the latest first.

    What was taken back is shown only to its reporter, who asks for their own.
    """
    conditions = [*NEAR_MISSES.of(team)]
    own = col(StreamRow.state)["reported_by"].as_string() == person
    conditions += [own] if wanted.which is Which.MINE else [_COUNTS]
    if wanted.which is Which.OPEN:
        conditions.append(_WAITS)
    if wanted.words:
        conditions += search.has_all(session, team, wanted.words, NO_SERVICES)
    total = (await session.exec(select(func.count()).select_from(StreamRow).where(*conditions))).one()
    query = select(StreamRow).where(*conditions).order_by(col(StreamRow.number).desc())
    rows = (await session.exec(query.limit(limit).offset(wanted.page * limit))).all() if total else ()
    items = await _readable(session, rows)
    return Page(items, total, wanted)


async def one(session: AsyncSession, team: str, number: int) -> NearMiss | None:
    """The near miss with this number, whether or not it was taken back; None if there is none."""
    found = await NEAR_MISSES.by_number(session, team, number)
    return found.state if found else None


async def alike(
    session: AsyncSession, team: str, *texts: str, without: Collection[int] = ()
) -> list[NearMiss]:
    """Earlier ones that count and have two telling words in common with these texts, the most similar first."""
    words = words_of(*texts)[:WORDS_MAX]
    if not words:
        return []
    these = (*NEAR_MISSES.of(team), _COUNTS)
    ids = list((await session.exec(search.most_alike(session, words, *these).limit(CANDIDATES_MAX))).all())
    rows = (await session.exec(select(StreamRow).where(col(StreamRow.id).in_(ids)))).all() if ids else ()
    items = await _readable(session, sorted(rows, key=lambda row: ids.index(row.id)))
    same = [each for each in items if is_about_the_same(f"{each.title} {each.summary}", words)]
    return [each for each in same if each.number not in without][:SIMILAR_MAX]


async def _readable(session: AsyncSession, rows: Iterable[StreamRow]) -> list[NearMiss]:
    """The near misses of these rows; one that is unreadable must not keep others from what is done for all."""
    found = []
    for row in rows:
        try:
            found.append((await NEAR_MISSES.restored(session, row)).state)
        except UNREADABLE:
            continue
    return found
