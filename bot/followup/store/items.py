"""Action items: their streams, and how to find them. What a person sees follows from the incidents that they may see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.local_time import known_zone, zone_of
from bot.engine.acts.history import Change
from bot.engine.store import people, streams
from bot.engine.store.streams import Streams
from bot.engine.store.tables import ActionItemRow, StreamRow
from bot.followup.domain import facts
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem
from bot.followup.domain.effects import Effect
from bot.followup.domain.listing import ListedItem, Listing, Page, Which
from bot.followup.store import shown
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.store import incidents, presence, search
from bot.incident.store.incidents import INCIDENTS, UNREADABLE
from bot.incident.store.presence import Presence

CANDIDATES_MAX = 20

ITEMS = Streams(ACTION_ITEM)
Stored = streams.Stored[ActionItem]
_IS_OPEN: ColumnElement[bool] = and_(col(ActionItemRow.is_open))  # as the partial indexes have it


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and the incidents of its items, by which it is decided whether they may be seen."""

    page: Page
    incidents: Sequence[ListedIncident]


async def project(session: AsyncSession, change: Change[ActionItem, facts.Fact]) -> Sequence[Effect]:
    """Store what lists and reminders ask for, in the transaction of the change."""
    after, item = change.after, change.after.state
    row = await session.get(ActionItemRow, after.id)
    if row is None:
        of_incident = await INCIDENTS.by_number(session, after.team, item.incident)
        if of_incident is None:
            raise LookupError(f"{item.reference} comes from an incident that does not exist")
        row = ActionItemRow(
            stream_id=after.id,
            team_id=after.team,
            of_incident=of_incident.id,
            owner=item.owner,
            due_on=item.due_on,
            is_open=item.is_open,
        )
    row.owner, row.due_on, row.is_open = item.owner, item.due_on, item.is_open
    session.add(row)
    return ()


async def listed(
    session: AsyncSession,
    team: str,
    person: str,
    wanted: Listing,
    limit: int,
    *,
    today: date,
    is_guest: bool = False,
    sees_private: bool = False,
) -> Found:
    """A page of `limit` action items of those that this person asked for and may see.

    Open ones begin with the longest overdue, and the most important first within a day; those that are over begin with
    the latest.
    """
    own = aliased(StreamRow)
    conditions: list[ColumnElement[bool]] = [
        col(ActionItemRow.team_id) == team,
        ~_IS_OPEN if wanted.which is Which.DONE else _IS_OPEN,
        *incidents.visible(person, is_guest=is_guest, sees_private=sees_private),
    ]
    if wanted.which is Which.MINE:
        conditions.append(col(ActionItemRow.owner) == person)
    if wanted.which is Which.OVERDUE:
        conditions.append(col(ActionItemRow.due_on) < today)
    if wanted.incident is not None:
        conditions.append(col(StreamRow.number) == wanted.incident)
    of_incident = col(StreamRow.id) == col(ActionItemRow.of_incident)
    counted = select(func.count()).select_from(ActionItemRow).join(StreamRow, of_incident).where(*conditions)
    total = (await session.exec(counted)).one()
    order = (
        (col(own.number).desc(),)
        if wanted.which is Which.DONE
        else (col(ActionItemRow.due_on), col(own.rank), col(own.number))
    )
    query: Any = (
        select(own, StreamRow, *presence.columns(person))  # type: ignore[call-overload]  # it knows four columns
        .select_from(ActionItemRow)
        .join(own, col(own.id) == col(ActionItemRow.stream_id))
        .join(StreamRow, of_incident)
        .where(*conditions)
        .order_by(*order)
        .limit(limit)
        .offset(wanted.page * limit)
    )
    found: list[ActionItem] = []
    of: list[ListedIncident] = []
    rows = (await session.exec(query)).all() if total else ()
    for row, incident_row, *known in rows:
        viewer = Viewer(person, Presence(*known).in_room, is_guest)
        seen = await _seen(session, row, incident_row, viewer, sees_private=sees_private)
        if seen:
            found.append(seen[0])
            of.append(seen[1])
    return Found(Page(await with_owners(session, team, found), total, today, wanted), of)


async def _seen(
    session: AsyncSession, row: StreamRow, incident_row: StreamRow, viewer: Viewer, *, sees_private: bool
) -> tuple[ActionItem, ListedIncident] | None:
    """The item with its incident, if the viewer may see it: the columns find it, but the state decides."""
    try:
        item = (await ITEMS.restored(session, row)).state
        incident = (await INCIDENTS.restored(session, incident_row)).state
    except UNREADABLE:
        return None
    belongs = may_see(incident, viewer)
    if not belongs and (viewer.is_guest or not sees_private):
        return None
    return item, ListedIncident(incident, "", is_seen_from_outside=not belongs)


async def with_owners(session: AsyncSession, team: str, items: Sequence[ActionItem]) -> list[ListedItem]:
    """These items, with what is known of their owners, and their issues."""
    known = await people.known(session, team, {each.owner for each in items}) if items else {}
    issues = await shown.by_number(session, team, {each.number for each in items}) if items else {}
    return [
        ListedItem(each, row.name, row.is_active, known_zone(row.zone), issues.get(each.number))
        if (row := known.get(each.owner))
        else ListedItem(each, issue=issues.get(each.number))
        for each in items
    ]


async def of_owner(session: AsyncSession, team: str, owner: str, until: date) -> list[ActionItem]:
    """The open items of this person that are due until this day, the first first."""
    return await _open(session, team, col(ActionItemRow.owner) == owner, col(ActionItemRow.due_on) <= until)


async def of_incidents(session: AsyncSession, team: str, numbers: Collection[int]) -> list[ListedItem]:
    """All items of the incidents with these numbers, open or not, in the order of their numbers."""
    query = (
        select(StreamRow)
        .join(ActionItemRow, col(ActionItemRow.stream_id) == col(StreamRow.id))
        .where(
            col(ActionItemRow.of_incident).in_(
                select(StreamRow.id).where(*INCIDENTS.of(team), col(StreamRow.number).in_(numbers))
            )
        )
        .order_by(col(StreamRow.number))
    )
    return await with_owners(session, team, await _readable(session, (await session.exec(query)).all()))


async def numbered(session: AsyncSession, team: str, numbers: Collection[int]) -> list[ListedItem]:
    """The items with these numbers, in the order of their numbers."""
    query = select(StreamRow).where(*ITEMS.of(team), col(StreamRow.number).in_(numbers))
    rows = (await session.exec(query.order_by(col(StreamRow.number)))).all()
    return await with_owners(session, team, await _readable(session, rows))


async def alike(session: AsyncSession, team: str, words: Sequence[str]) -> list[ActionItem]:
    """Open items of incidents that are not private, which have some of these words, the most similar first."""
    if not words:
        return []
    of_open = (*ITEMS.of(team), ~col(StreamRow.closed), ~col(StreamRow.private))
    ids = list((await session.exec(search.most_alike(session, words, *of_open).limit(CANDIDATES_MAX))).all())
    if not ids:
        return []
    rows = (await session.exec(select(StreamRow).where(col(StreamRow.id).in_(ids)))).all()
    items = await _readable(session, sorted(rows, key=lambda row: ids.index(row.id)))
    return [each for each in items if each.is_open and not each.private]


async def incident_of(session: AsyncSession, stored: Stored) -> incidents.Stored:
    """The incident that it comes from.

    Raises:
        LookupError: it is not there, or another release's.
    """
    found = await INCIDENTS.by_number(session, stored.team, stored.state.incident)
    if found is None:
        raise LookupError(f"the incident of {stored.state.reference} is not there")
    return found


async def open_by_overdue(session: AsyncSession, team: str, now: datetime) -> dict[str, int]:
    """How many are open, by whether their day is over where their owner is; in UTC if their zone is not known.

    Those that are over cost nothing: see the partial index. Nowhere is the day more than one away from that in UTC.
    """
    utc, one = now.date(), timedelta(days=1)
    is_open, due_on, owner = (
        (col(ActionItemRow.team_id) == team, _IS_OPEN),
        col(ActionItemRow.due_on),
        col(ActionItemRow.owner),
    )
    late = (await session.exec(select(func.count()).where(*is_open, due_on < utc - one))).one()
    total = (await session.exec(select(func.count()).where(*is_open))).one()
    near = (
        await session.exec(select(owner, due_on).where(*is_open, due_on >= utc - one, due_on <= utc))
    ).all()
    known = await people.known(session, team, {each for each, _ in near}) if near else {}
    for person, day in near:
        zone = zone_of(known_zone(known[person].zone) or "UTC") if person in known else UTC
        late += day < now.astimezone(zone).date()
    return {"yes": late, "no": total - late}


async def _open(session: AsyncSession, team: str, *conditions: ColumnElement[bool]) -> list[ActionItem]:
    query = (
        select(StreamRow)
        .join(ActionItemRow, col(ActionItemRow.stream_id) == col(StreamRow.id))
        .where(col(ActionItemRow.team_id) == team, _IS_OPEN, *conditions)
        .order_by(col(ActionItemRow.due_on), col(StreamRow.rank), col(StreamRow.number))
    )
    return await _readable(session, (await session.exec(query)).all())


async def _readable(session: AsyncSession, rows: Iterable[StreamRow]) -> list[ActionItem]:
    """The items of these rows; one that is unreadable must not keep others from what is done for all."""
    found = []
    for row in rows:
        try:
            found.append((await ITEMS.restored(session, row)).state)
        except UNREADABLE:
            continue
    return found
