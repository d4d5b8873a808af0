"""Incidents: their streams, their people, and how to find them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import streams
from bot.engine.store.streams import Streams
from bot.engine.store.tables import MemberRow, PlaceRow, StreamRow
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.effects import Place
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.store import presence
from bot.incident.store.presence import Presence

INCIDENTS = Streams(INCIDENT)
Stored = streams.Stored[Incident]

# What any stream can do, under the names that callers use.
lock = INCIDENTS.lock
timeline = INCIDENTS.timeline
latest = INCIDENTS.latest
restored = INCIDENTS.restored


async def of_any_team(session: AsyncSession, number: int) -> Stored | None:
    """The first incident with this number in any workspace, for the command line, which knows no workspace."""
    query = select(StreamRow).where(INCIDENTS.is_one, StreamRow.number == number).order_by(col(StreamRow.id))
    row = (await session.exec(query)).first()
    return await restored(session, row) if row else None


async def found(
    session: AsyncSession, team: str, person: str, *, number: int | None = None, channel: str = ""
) -> tuple[Stored, Presence] | None:
    """An incident, by its number or by its war room's channel, and whether this person is in that room."""
    room, looked_at, present = presence.columns(person)
    query = select(StreamRow, room, looked_at, present).where(*INCIDENTS.of(team))
    if number is not None:
        query = query.where(StreamRow.number == number)
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
    """The worst `limit` open incidents that this person may see: by severity, and the oldest first within one."""
    theirs = presence.is_of(person)
    visible = (*_open(team), theirs if is_guest else or_(~col(StreamRow.private), theirs))
    total = (await session.exec(select(func.count()).select_from(StreamRow).where(*visible))).one()
    return Shortlist(await _worst(session, visible, limit, person, is_guest=is_guest), total)


async def of_responder(
    session: AsyncSession, team: str, person: str, limit: int, *, is_guest: bool = False
) -> list[ListedIncident]:
    """The worst `limit` open incidents in which this person holds a role or is asked to take command."""
    theirs = select(MemberRow.stream_id).where(
        MemberRow.team_id == team, MemberRow.person == person, col(MemberRow.responds)
    )
    wanted = (*_open(team), col(StreamRow.id).in_(theirs))
    return await _worst(session, wanted, limit, person, is_guest=is_guest)


def _open(team: str) -> tuple[ColumnElement[bool], ...]:
    """The condition for a workspace's open incidents, as the partial index has it."""
    return (*INCIDENTS.of(team), ~col(StreamRow.closed))


async def _worst(
    session: AsyncSession,
    wanted: Sequence[ColumnElement[bool]],
    limit: int,
    person: str,
    *,
    is_guest: bool,
) -> list[ListedIncident]:
    channel, looked_at, present = presence.columns(person)
    query = (
        select(StreamRow, channel, looked_at, present)
        .where(*wanted)
        .order_by(col(StreamRow.rank), col(StreamRow.number))
        .limit(limit)
    )
    found = (await session.exec(query)).all()
    listed = [(await restored(session, row[0]), Presence(*row[1:])) for row in found]
    # The columns find it, but the state decides.
    return [
        ListedIncident(stored.state, of.channel)
        for stored, of in listed
        if may_see(stored.state, Viewer(person, of.in_room, is_guest))
    ]
