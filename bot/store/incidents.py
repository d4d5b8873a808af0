"""Incidents and their timelines: load, save, find."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.effects import Place
from bot.incident.domain.incident import SUBJECT, Incident, fold
from bot.incident.domain.shortlist import Listed, Shortlist
from bot.incident.domain.timeline import Entry
from bot.store import members, presence
from bot.store.codec import decode_fact, decode_incident, encode, encode_incident, is_of_this_shape
from bot.store.presence import Presence
from bot.store.tables import Counter, EntryRow, MemberRow, PlaceRow, StreamRow, counter
from bot.store.upsert import insert_into

PART = 500  # rows of a long timeline that are read at once
_WRITTEN = (EntryRow.seq, EntryRow.kind, EntryRow.payload)


@dataclass(frozen=True, slots=True)
class Stored:
    """An incident with the identity that the other tables know it by."""

    id: int
    team: str
    incident: Incident


class Written(NamedTuple):
    """A fact of the timeline as its row has it."""

    seq: int
    kind: str
    payload: dict[str, Any]


async def next_number(session: AsyncSession, team: str) -> int:
    """Take the workspace's next incident number. Whoever comes at the same time waits for this transaction."""
    statement = insert_into(session, Counter).values(name=counter(team, SUBJECT), last_number=1)
    counted = statement.on_conflict_do_update(
        index_elements=[col(Counter.name)], set_={"last_number": col(Counter.last_number) + 1}
    ).returning(col(Counter.last_number))
    return int((await session.exec(counted)).scalar_one())


async def add(session: AsyncSession, team: str, incident: Incident, next_look_at: datetime | None) -> Stored:
    """Store a new incident."""
    row = StreamRow(
        team_id=team,
        subject=SUBJECT,
        number=incident.number,
        version=incident.version,
        closed=incident.is_closed,
        rank=incident.severity,
        private=incident.private,
        next_look_at=next_look_at,
        state=encode_incident(incident),
    )
    session.add(row)
    await session.flush()
    stored = as_stored(row, incident)
    await members.follow(session, stored.team, stored.id, None, incident)
    return stored


async def save(
    session: AsyncSession, stored: Stored, incident: Incident, next_look_at: datetime | None
) -> None:
    """Store the new state of an incident that `lock` has loaded in this transaction."""
    statement = update(StreamRow).where(col(StreamRow.id) == stored.id)
    # What this session has read of it is kept up to date by the statement itself: nothing is read anew.
    await session.exec(
        statement.values(
            version=incident.version,
            closed=incident.is_closed,
            rank=incident.severity,
            private=incident.private,
            next_look_at=next_look_at,
            state=encode_incident(incident),
        ),
        execution_options={"synchronize_session": "evaluate"},
    )
    await members.follow(session, stored.team, stored.id, stored.incident, incident)


async def lock(session: AsyncSession, team: str, number: int) -> Stored | None:
    """Load an incident to change it: on PostgreSQL others wait, on SQLite there is one writer anyway."""
    return await _load(session, team, number, lock=True)


async def by_number(session: AsyncSession, team: str, number: int) -> Stored | None:
    """Load an incident to read it."""
    return await _load(session, team, number, lock=False)


async def by_id(session: AsyncSession, stream_id: int) -> Stored:
    """Load the incident that another row belongs to."""
    return await restored(session, await session.get_one(StreamRow, stream_id))


async def rows(session: AsyncSession, ids: Iterable[int]) -> dict[int, StreamRow]:
    """These incidents, by id, not decoded yet."""
    found = (await session.exec(select(StreamRow).where(col(StreamRow.id).in_(list(ids))))).all()
    return {row.id: row for row in found if row.id is not None}


async def timelines_of_other_shapes(
    session: AsyncSession, found: Mapping[int, StreamRow]
) -> dict[int, list[Written]]:
    """The timelines of those of these incidents whose state has to be folded from them, not decoded yet."""
    others = [each for each, row in found.items() if not is_of_this_shape(row.state)]
    return {each: await whole_timeline(session, each) for each in others}


async def of_any_team(session: AsyncSession, number: int) -> Stored | None:
    """The first incident of this number, whatever its workspace: for the command line, which knows none."""
    query = (
        select(StreamRow)
        .where(StreamRow.subject == SUBJECT, StreamRow.number == number)
        .order_by(col(StreamRow.id))
    )
    row = (await session.exec(query)).first()
    return await restored(session, row) if row else None


async def by_channel(session: AsyncSession, team: str, channel: str) -> Stored | None:
    """The incident whose war room this channel is."""
    query = (
        select(StreamRow)
        .join(PlaceRow, col(PlaceRow.stream_id) == col(StreamRow.id))
        .where(PlaceRow.team_id == team, PlaceRow.channel == channel, PlaceRow.name == Place.ROOM)
    )
    row = (await session.exec(query)).first()
    return await restored(session, row) if row else None


async def found(
    session: AsyncSession, team: str, person: str, *, number: int | None = None, channel: str = ""
) -> tuple[Stored, Presence] | None:
    """An incident by its number, or by the channel that is its war room, and whether this person is in there."""
    room, looked_at, present = presence.columns(person)
    query = select(StreamRow, room, looked_at, present).where(*of_subject(team))
    if number is not None:
        query = query.where(StreamRow.subject == SUBJECT, StreamRow.number == number)
    elif channel:
        query = query.join(PlaceRow, col(PlaceRow.stream_id) == col(StreamRow.id)).where(
            PlaceRow.team_id == team, PlaceRow.channel == channel, PlaceRow.name == Place.ROOM
        )
    else:
        return None
    row = (await session.exec(query)).first()
    return (await restored(session, row[0]), Presence(*row[1:])) if row else None


async def open_ones(
    session: AsyncSession, team: str, person: str, limit: int, *, is_guest: bool = False
) -> Shortlist:
    """The worst `limit` open incidents that this person may see: by severity, among equals the oldest first."""
    theirs = presence.is_of(person)
    visible = (*_open(team), theirs if is_guest else or_(~col(StreamRow.private), theirs))
    total = (await session.exec(select(func.count()).select_from(StreamRow).where(*visible))).one()
    return Shortlist(await _worst(session, visible, limit, person, is_guest=is_guest), total)


async def of_responder(
    session: AsyncSession, team: str, person: str, limit: int, *, is_guest: bool = False
) -> list[Listed]:
    """The worst `limit` open incidents in which this person holds a role or is asked to take command."""
    theirs = select(MemberRow.stream_id).where(
        MemberRow.team_id == team, MemberRow.person == person, col(MemberRow.responds)
    )
    wanted = (*_open(team), col(StreamRow.id).in_(theirs))
    return await _worst(session, wanted, limit, person, is_guest=is_guest)


async def everyone(session: AsyncSession) -> list[Stored]:
    """Every incident of every workspace, for checks."""
    rows = (
        await session.exec(select(StreamRow).where(StreamRow.subject == SUBJECT).order_by(col(StreamRow.id)))
    ).all()
    return [await restored(session, row) for row in rows]


async def append(session: AsyncSession, stored: Stored, entries: Sequence[Entry], now: datetime) -> None:
    """Write facts at the end of the timeline."""
    session.add_all(
        EntryRow(
            stream_id=stored.id,
            seq=entry.seq,
            team_id=stored.team,
            kind=type(entry.fact).__name__,
            at=entry.fact.at,
            recorded_at=now,
            by=entry.fact.by,
            payload=encode(entry.fact),
        )
        for entry in entries
    )


async def timeline(session: AsyncSession, stream_id: int) -> list[Entry]:
    """Every fact in the order of recording."""
    return [decoded(written) for written in await whole_timeline(session, stream_id)]


async def whole_timeline(session: AsyncSession, stream_id: int) -> list[Written]:
    """The same, not decoded yet. It is read in parts, so that others get their turn in between."""
    query = select(*_WRITTEN).where(EntryRow.stream_id == stream_id).order_by(col(EntryRow.seq))
    written: list[Written] = []
    async with (await session.connection()).stream(query) as rows:
        async for part in rows.partitions(PART):
            written += [Written(*row) for row in part]
    return written


async def latest(session: AsyncSession, team: str, number: int, limit: int) -> list[Entry]:
    """The `limit` facts that happened last, in the order in which things happened."""
    incident = select(StreamRow.id).where(*of_subject(team), StreamRow.number == number)
    query = (
        select(*_WRITTEN)
        .where(EntryRow.stream_id == incident.scalar_subquery())
        .order_by(col(EntryRow.at).desc(), col(EntryRow.seq).desc())
        .limit(limit)
    )
    rows = (await session.exec(query)).all()
    return [decoded(Written(*row)) for row in reversed(rows)]


async def entries(
    session: AsyncSession, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Written]:
    """Single facts by incident's id and number in its timeline, not decoded yet."""
    if not wanted:
        return {}
    query = select(EntryRow).where(tuple_(col(EntryRow.stream_id), col(EntryRow.seq)).in_(wanted))
    rows = (await session.exec(query)).all()
    return {(row.stream_id, row.seq): Written(row.seq, row.kind, row.payload) for row in rows}


def decoded(written: Written) -> Entry:
    """The fact as it was written; raises as `decode_fact`."""
    return Entry(written.seq, decode_fact(written.kind, written.payload))


async def places(session: AsyncSession, stream_id: int) -> dict[str, PlaceRow]:
    """Where the incident stands in Slack, by the places' names."""
    rows = (await session.exec(select(PlaceRow).where(PlaceRow.stream_id == stream_id))).all()
    return {row.name: row for row in rows}


async def places_of(session: AsyncSession, ids: Collection[int]) -> dict[int, dict[str, PlaceRow]]:
    """Where several incidents stand in Slack, by their ids and the places' names."""
    found: dict[int, dict[str, PlaceRow]] = {}
    for row in (await session.exec(select(PlaceRow).where(col(PlaceRow.stream_id).in_(ids)))).all():
        found.setdefault(row.stream_id, {})[row.name] = row
    return found


def of_subject(team: str) -> tuple[ColumnElement[bool], ...]:
    """A workspace's incidents."""
    return (col(StreamRow.team_id) == team, col(StreamRow.subject) == SUBJECT)


def _open(team: str) -> tuple[ColumnElement[bool], ...]:
    """Of a workspace what is open, in the words of the partial index."""
    return (*of_subject(team), ~col(StreamRow.closed))


async def _worst(
    session: AsyncSession,
    wanted: Sequence[ColumnElement[bool]],
    limit: int,
    person: str,
    *,
    is_guest: bool,
) -> list[Listed]:
    channel, looked_at, present = presence.columns(person)
    query = (
        select(StreamRow, channel, looked_at, present)
        .where(*wanted)
        .order_by(col(StreamRow.rank), col(StreamRow.number))
        .limit(limit)
    )
    found = (await session.exec(query)).all()
    listed = [(await restored(session, row[0]), Presence(*row[1:])) for row in found]
    # The columns find it, but what the state says counts.
    return [
        Listed(stored.incident, of.channel)
        for stored, of in listed
        if may_see(stored.incident, Viewer(person, of.in_room, is_guest))
    ]


async def _load(session: AsyncSession, team: str, number: int, *, lock: bool) -> Stored | None:
    query = select(StreamRow).where(*of_subject(team), StreamRow.number == number)
    row = (await session.exec(query.with_for_update() if lock else query)).first()
    return await restored(session, row) if row else None


async def restored(session: AsyncSession, row: StreamRow) -> Stored:
    """The incident of a row; raises as `state`."""
    return as_stored(row, await state(session, row.id, row.state))


async def state(session: AsyncSession, stream_id: int | None, document: Mapping[str, Any]) -> Incident:
    """The state that a document says, or, where that is of another release's shape, that the timeline leads to.

    Raises:
        OtherReleaseError: there are facts in the timeline that this release does not know.
        pydantic.ValidationError: the document is damaged.
    """
    if is_of_this_shape(document) or stream_id is None:
        return decode_incident(document)
    return fold(entry.fact for entry in await timeline(session, stream_id))


def as_stored(row: StreamRow, incident: Incident | None = None) -> Stored:
    """The incident of a row, as its document says where no other state is given; raises as `decode_incident`."""
    if row.id is None:
        raise ValueError("this row has not been stored yet")
    return Stored(row.id, row.team_id, incident or decode_incident(row.state))
