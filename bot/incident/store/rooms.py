"""Who is in the war rooms: what Slack has told, and when to ask again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, update
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import MemberRow, PlaceRow, RoomMemberRow, StreamRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.incident.domain.access import Viewer
from bot.incident.domain.effects import Place
from bot.incident.store.incidents import INCIDENTS, Stored, restored

THEN, LAST = timedelta(minutes=1), timedelta(hours=1)  # how long less urgent reads wait
# A change that is more recent than this may be missing from an answer that was requested before it.
SETTLED = timedelta(minutes=1)

_BY_CHANNEL = (
    select(StreamRow)
    .join(PlaceRow, col(PlaceRow.stream_id) == col(StreamRow.id))
    .where(
        INCIDENTS.is_one,
        col(PlaceRow.team_id) == bindparam("team"),
        col(PlaceRow.channel) == bindparam("channel"),
        PlaceRow.name == Place.ROOM,
    )
    .with_for_update(of=StreamRow, key_share=True)  # as in `streams`
)
_MEMBERS = select(RoomMemberRow).where(col(RoomMemberRow.stream_id).in_(bindparam("streams", expanding=True)))
_READ_AT = (
    update(PlaceRow)
    .where(col(PlaceRow.stream_id) == bindparam("stream"), col(PlaceRow.name) == Place.ROOM)
    .values(look_at=bindparam("at"))
)
_READ_AT_UNLESS_DUE = _READ_AT.where(
    or_(col(PlaceRow.look_at).is_(None), col(PlaceRow.look_at) > bindparam("looked"))
)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of reading a room's members.

    Attributes:
        left: people who were in it before and are no longer.
        is_first: whether the members were never read before.
    """

    left: list[str]
    is_first: bool


async def of_channel(session: AsyncSession, team: str, channel: str) -> Stored | None:
    """The incident whose war room this channel is, locked for a change."""
    row = (await session.exec(_BY_CHANNEL, params={"team": team, "channel": channel})).first()
    return await restored(session, row) if row else None


async def record_presence(
    session: AsyncSession, stored: Stored, person: str, at: datetime, *, present: bool
) -> bool:
    """Store that a person joined or left; returns False if a later change is known already."""
    row = _row(stored, person, at, present=present)
    return (await execute(session, _recording(dialect_of(session)), row)).rowcount > 0


async def record_actor(session: AsyncSession, stored: Stored, person: str, now: datetime) -> None:
    """Store that a person is in the room, because they acted there without being known to be in it; a read is then due.

    A person who has left within the last minute may have acted before: for them only the read decides.
    """
    # Locked, as for the event that they have joined, which often comes at the same time and writes the same row.
    await INCIDENTS.locked_by_id(session, stored.id)
    row = _row(stored, person, now, present=True)
    await execute(session, _recording_settled(dialect_of(session)), row | {"settled": now - SETTLED})
    await schedule_read(session, stored.id, now)


async def read(session: AsyncSession, stored: Stored, members: Collection[str], now: datetime) -> ReadResult:
    """Store who is in the room. Changes of the last minute may be newer, and stay."""
    place = await session.get_one(PlaceRow, (stored.id, Place.ROOM))
    is_first, place.looked_at = place.looked_at is None, now
    session.add(place)
    rows = (await members_by_incident(session, [stored.id])).get(stored.id, {})
    settled = {person: row for person, row in rows.items() if row.changed_at <= now - SETTLED}
    await _add(session, stored, [person for person in members if person not in rows], now)
    for person in members:
        if person in settled and not settled[person].present:
            _change(session, settled[person], now, present=True)
    left = [person for person, row in settled.items() if row.present and person not in members]
    for person in left:
        _change(session, settled[person], now, present=False)
    return ReadResult(left, is_first)


async def viewers(session: AsyncSession, stored: Stored, people: Iterable[str]) -> list[Viewer]:
    """These people, and whether they are in the incident's war room."""
    place = await session.get(PlaceRow, (stored.id, Place.ROOM))
    otherwise = False if place and place.looked_at else None
    rows = (await members_by_incident(session, [stored.id])).get(stored.id, {})
    return [
        Viewer(person, rows[person].present if person in rows else otherwise)
        for person in dict.fromkeys(people)
    ]


async def inside(session: AsyncSession, team: str, number: int, people: Collection[str]) -> frozenset[str]:
    """Those of these people who are known to be in the war room of this incident."""
    query = (
        select(RoomMemberRow.person)
        .join(StreamRow, col(StreamRow.id) == col(RoomMemberRow.stream_id))
        .where(
            *INCIDENTS.of(team),
            StreamRow.number == number,
            col(RoomMemberRow.person).in_(people),
            col(RoomMemberRow.present),
        )
    )
    return frozenset((await session.exec(query)).all())


async def members_by_incident(
    session: AsyncSession, ids: Collection[int]
) -> dict[int, dict[str, RoomMemberRow]]:
    """What is known of the people in several incidents' war rooms, by the incident's id and the person."""
    found: dict[int, dict[str, RoomMemberRow]] = {}
    if ids:
        for row in (await session.exec(_MEMBERS, params={"streams": list(ids)})).all():
            found.setdefault(row.stream_id, {})[row.person] = row
    return found


async def of_responder(session: AsyncSession, team: str, person: str) -> list[int]:
    """The numbers of the open incidents in which this person has a duty: a role, an offer of command, or a task."""
    query = (
        select(StreamRow.number)
        .join(MemberRow, col(MemberRow.stream_id) == col(StreamRow.id))
        .where(MemberRow.team_id == team, MemberRow.person == person, col(MemberRow.responds))
        .order_by(col(StreamRow.id))
    )
    return list((await session.exec(query)).all())


async def schedule_read(
    session: AsyncSession, stream_id: int, at: datetime | None, *, looked_at: datetime | None = None
) -> None:
    """Set when to read a room's members next; None if only an event brings news.

    Args:
        session: a transaction.
        stream_id: the incident of the room.
        at: that time (UTC).
        looked_at: when they were read: a read that was requested before, and is due by then, stays due.
    """
    if looked_at is None:
        await execute(session, _READ_AT, {"stream": stream_id, "at": at})
    else:
        await execute(session, _READ_AT_UNLESS_DUE, {"stream": stream_id, "at": at, "looked": looked_at})


async def schedule_reads_for(session: AsyncSession, team: str, person: str, now: datetime) -> None:
    """Let the rooms of the open incidents that this person belongs to be read."""
    theirs = select(MemberRow.stream_id).where(MemberRow.team_id == team, MemberRow.person == person)
    if reads := [{"stream": each, "at": now} for each in (await session.exec(theirs)).all()]:
        await execute(session, _READ_AT, reads)


async def schedule_all_reads(session: AsyncSession, team: str, now: datetime) -> None:
    """Let every room of an open or private incident be read; incidents that are both come first."""
    is_open, is_private = ~col(StreamRow.closed), col(StreamRow.private)
    turns = (
        (now, is_open, is_private),
        (now + THEN, is_open, ~is_private),
        (now + LAST, ~is_open, is_private),
    )
    for at, *which in turns:
        asked_about = select(StreamRow.id).where(*INCIDENTS.of(team), *which)
        later = or_(col(PlaceRow.look_at).is_(None), col(PlaceRow.look_at) > at)
        rooms = (col(PlaceRow.name) == Place.ROOM, col(PlaceRow.stream_id).in_(asked_about), later)
        statement = update(PlaceRow).where(*rooms).values(look_at=at)
        await session.exec(statement, execution_options={"synchronize_session": False})


async def claim_reads(
    session: AsyncSession, team: str, now: datetime, until: datetime, limit: int
) -> list[int]:
    """The ids of up to `limit` incidents whose rooms must be read; they are not claimed again before `until`."""
    query = (
        select(PlaceRow)
        .where(PlaceRow.team_id == team, col(PlaceRow.look_at).is_not(None), col(PlaceRow.look_at) <= now)
        .order_by(col(PlaceRow.look_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.exec(query)).all()
    for row in rows:
        row.look_at = until
        session.add(row)
    return [row.stream_id for row in rows]


async def _add(session: AsyncSession, stored: Stored, people: Collection[str], now: datetime) -> None:
    """Add new people. If an event adds somebody at this very moment, that row stays."""
    if people:
        statement = insert_in(dialect_of(session), RoomMemberRow).on_conflict_do_nothing()
        rows = [_row(stored, person, now, present=True) for person in people]
        await execute(session, statement, rows)


def _change(session: AsyncSession, row: RoomMemberRow, now: datetime, *, present: bool) -> None:
    row.present, row.changed_at = present, now
    session.add(row)


def _row(stored: Stored, person: str, at: datetime, *, present: bool) -> dict[str, Any]:
    return {
        "stream_id": stored.id,
        "person": person,
        "team_id": stored.team,
        "present": present,
        "changed_at": at,
    }


@cache
def _recording(dialect: str) -> Insert:
    """Stores what is newer than what is known."""
    statement = insert_in(dialect, RoomMemberRow)
    return _replacing(statement, col(RoomMemberRow.changed_at) <= statement.excluded.changed_at)


@cache
def _recording_settled(dialect: str) -> Insert:
    """Stores what is newer than what is known, unless that is still unsettled."""
    return _replacing(
        insert_in(dialect, RoomMemberRow), col(RoomMemberRow.changed_at) <= bindparam("settled")
    )


def _replacing(statement: Insert, where: ColumnElement[bool]) -> Insert:
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[col(RoomMemberRow.stream_id), col(RoomMemberRow.person)],
        set_={"present": new.present, "changed_at": new.changed_at},
        where=where,
    )
