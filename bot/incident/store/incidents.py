"""Incidents: their streams, their people, and how to find them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from bot.engine.store import streams
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.streams import Streams
from bot.engine.store.tables import EntryRow, MemberRow, PlaceRow, StreamRow
from bot.incident.domain import facts
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.effects import Place
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.services import NO_SERVICES, Services
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.store import drills, presence, search
from bot.incident.store.presence import Presence

ALIKE_MAX = 20
UNREADABLE = (OtherReleaseError, ValueError)  # it is another release's; or damaged, or has no history
_WORST_FIRST = col(StreamRow.rank), col(StreamRow.number)

INCIDENTS = Streams(INCIDENT)
Stored = streams.Stored[Incident]

# What any stream can do, under the names that callers use.
lock = INCIDENTS.lock
timeline = INCIDENTS.timeline
history = INCIDENTS.history
restored = INCIDENTS.restored


async def updates(
    session: AsyncSession, team: str, number: int, limit: int, before: int | None = None
) -> list[Entry]:
    """The latest status updates, the latest first; with `before`, those before that entry of the timeline."""
    return await INCIDENTS.latest_of(session, (team, number), facts.UpdatePosted, limit, before)


async def of_any_team(session: AsyncSession, number: int) -> Stored | None:
    """The first incident with this number in any workspace, for the command line, which knows no workspace."""
    query = select(StreamRow).where(INCIDENTS.is_one, StreamRow.number == number).order_by(col(StreamRow.id))
    row = (await session.exec(query)).first()
    return await restored(session, row) if row else None


async def changed_since(session: AsyncSession, since: datetime | None) -> list[tuple[int, int]]:
    """Ids and numbers of all incidents, or of those to whose timeline something was added at that time (UTC) or later."""
    query = select(col(StreamRow.id), StreamRow.number).where(INCIDENTS.is_one)
    if since is not None:
        recent = select(EntryRow.stream_id).where(EntryRow.recorded_at >= since)
        query = query.where(col(StreamRow.id).in_(recent))
    rows = (await session.exec(query.order_by(StreamRow.team_id, col(StreamRow.number)))).all()
    return [(stream_id, number) for stream_id, number in rows if stream_id is not None]


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


async def listed(
    session: AsyncSession,
    team: str,
    person: str,
    wanted: Listing,
    limit: int,
    *,
    services: Services = NO_SERVICES,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Shortlist:
    """A page of `limit` incidents of those that this person asked for and may see.

    Open ones are sorted by severity, and the oldest first within one. A list with closed ones begins with the latest.
    Words may also name one of these services, which the incident then affects.
    """
    conditions = [*visible(person, is_guest=is_guest, sees_private=sees_private)]
    conditions += INCIDENTS.of(team) if wanted.has_closed else _open(team)
    if wanted.which is Which.DRILLS:
        conditions += drills.drills(session, team)
    if wanted.which is Which.MINE:
        conditions.append(_responds(team, person))
    if wanted.severity:
        conditions.append(col(StreamRow.rank) == wanted.severity)
    if wanted.words:
        conditions += search.has_all(session, team, wanted.words, services)
    total = (await session.exec(select(func.count()).select_from(StreamRow).where(*conditions))).one()
    order = (col(StreamRow.number).desc(),) if wanted.has_closed else _WORST_FIRST
    page = _rows(person).where(*conditions).order_by(*order).limit(limit).offset(wanted.page * limit)
    found = await _shown(session, page, person, is_guest=is_guest, sees_private=sees_private)
    return replace(found, total=total)


async def open_to_all(session: AsyncSession, team: str, limit: int) -> Shortlist:
    """The worst `limit` open incidents that are not private, with their war rooms."""
    conditions = (*_open(team), ~col(StreamRow.private))
    total = (await session.exec(select(func.count()).select_from(StreamRow).where(*conditions))).one()
    page = _rows("").where(*conditions).order_by(*_WORST_FIRST).limit(limit)
    listed, unreadable = [], []
    for row, channel, *_ in (await session.exec(page)).all():
        stored = await _readable(session, row)
        if stored is None:
            unreadable.append(row.number)
        elif not stored.state.private:  # the columns find it, but the state decides
            listed.append(ListedIncident(stored.state, channel or ""))
    return Shortlist(listed, total, unreadable)


async def numbered(
    session: AsyncSession,
    team: str,
    person: str,
    numbers: Collection[int],
    *,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Sequence[ListedIncident]:
    """Those of these open incidents that this person may see, the worst first."""
    query = _rows(person).where(*_open(team), col(StreamRow.number).in_(numbers)).order_by(*_WORST_FIRST)
    if not numbers:
        return []
    found = await _shown(session, query, person, is_guest=is_guest, sees_private=sees_private)
    return found.worst


async def similar(
    session: AsyncSession,
    team: str,
    person: str,
    words: Sequence[str],
    *,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Sequence[ListedIncident]:
    """Incidents, open or closed, that this person may see and that have some of these words, the most similar first."""
    if not words:
        return []
    ids = list(
        (await session.exec(search.most_alike(session, words, *INCIDENTS.of(team)).limit(ALIKE_MAX))).all()
    )
    query = _rows(person).where(
        *INCIDENTS.of(team),
        *visible(person, is_guest=is_guest, sees_private=sees_private),
        col(StreamRow.id).in_(ids),
    )
    found = await _shown(session, query, person, is_guest=is_guest, sees_private=sees_private, order=ids)
    return found.worst


async def of_responder(
    session: AsyncSession,
    team: str,
    person: str,
    limit: int,
    *,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Shortlist:
    """The worst `limit` open incidents in which this person has a duty: a role, an offer of command, or a task."""
    query = _rows(person).where(*_open(team), _responds(team, person)).order_by(*_WORST_FIRST).limit(limit)
    return await _shown(session, query, person, is_guest=is_guest, sees_private=sees_private)


async def lock_open(session: AsyncSession, team: str) -> list[Stored]:
    """All open incidents, to change something of each: locked in the order in which everybody locks several."""
    query = select(StreamRow).where(*_open(team)).order_by(col(StreamRow.number))
    rows = (await session.exec(query.with_for_update(key_share=True))).all()
    return [stored for row in rows if (stored := await _readable(session, row))]


async def lately_closed(
    session: AsyncSession,
    team: str,
    person: str,
    limit: int,
    *,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Shortlist:
    """The latest `limit` incidents that are over and that this person may see, the latest first."""
    closed = (
        *INCIDENTS.of(team),
        col(StreamRow.closed),
        *visible(person, is_guest=is_guest, sees_private=sees_private),
    )
    query = _rows(person).where(*closed).order_by(col(StreamRow.number).desc()).limit(limit)
    return await _shown(session, query, person, is_guest=is_guest, sees_private=sees_private)


async def closed_and_waiting(
    session: AsyncSession,
    team: str,
    person: str,
    limit: int,
    *,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Shortlist:
    """The `limit` incidents that are over, for which the clock still waits and that this person may see, the soonest first.

    Those whose postmortem is owed are among them, also long after the end.
    """
    waiting = (
        *INCIDENTS.of(team),
        col(StreamRow.closed),
        col(StreamRow.next_look_at).is_not(None),
        *visible(person, is_guest=is_guest, sees_private=sees_private),
    )
    query = _rows(person).where(*waiting).order_by(col(StreamRow.next_look_at)).limit(limit)
    return await _shown(session, query, person, is_guest=is_guest, sees_private=sees_private)


def assignees(row: StreamRow) -> set[str]:
    """The people who have a task, in a row of this release's shape that is not decoded yet, and may be damaged."""
    tasks = row.state.get("tasks")
    given = (
        [task.get("assignee") for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
    )
    return {person for person in given if isinstance(person, str)}


async def _readable(session: AsyncSession, row: StreamRow) -> Stored | None:
    """The incident of a row; None if it is unreadable, which must not keep others from what is done for all."""
    try:
        return await restored(session, row)
    except UNREADABLE:
        return None


def _open(team: str) -> tuple[ColumnElement[bool], ...]:
    """The condition for a workspace's open incidents, as the partial index has it."""
    return (*INCIDENTS.of(team), ~col(StreamRow.closed))


def visible(person: str, *, is_guest: bool, sees_private: bool) -> tuple[ColumnElement[bool], ...]:
    """The condition for the incidents that this person may see; see `bot.incident.domain.access`."""
    if sees_private and not is_guest:
        return ()
    theirs = presence.is_of(person)
    return (theirs if is_guest else or_(~col(StreamRow.private), theirs),)


def _responds(team: str, person: str) -> ColumnElement[bool]:
    """The condition for open incidents in which this person holds a role or is asked to take command."""
    theirs = select(MemberRow.stream_id).where(
        MemberRow.team_id == team, MemberRow.person == person, col(MemberRow.responds)
    )
    return col(StreamRow.id).in_(theirs)


def _rows(person: str) -> Select[StreamRow, Any, Any, Any]:
    """A query of incidents, and of what is known of this person in their war rooms."""
    return select(StreamRow, *presence.columns(person))


async def _shown(
    session: AsyncSession,
    query: Select[StreamRow, Any, Any, Any],
    person: str,
    *,
    is_guest: bool,
    sees_private: bool,
    order: Sequence[int] = (),
) -> Shortlist:
    """The incidents of a query, in its order or in the order of these ids; one that is unreadable hides no other."""
    found = [(row[0], Presence(*row[1:])) for row in (await session.exec(query)).all()]
    if order:
        found.sort(key=lambda each: order.index(each[0].id))
    listed, unreadable = [], []
    for row, of in found:
        viewer = Viewer(person, of.in_room, is_guest)
        stored = await _readable(session, row)
        if stored is None:
            # The columns have to decide: the query finds one's own incidents too, which may be private by now.
            if of.in_room is not False or (not is_guest and (sees_private or not row.private)):
                unreadable.append(row.number)
            continue
        belongs = may_see(stored.state, viewer)
        # The columns find it, but the state decides.
        if belongs or may_see(stored.state, replace(viewer, sees_private=sees_private)):
            listed.append(ListedIncident(stored.state, of.channel, is_seen_from_outside=not belongs))
    return Shortlist(listed, len(found), unreadable)
