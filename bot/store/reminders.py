"""Reminders: which incidents to look at, which nudges were sent, which are still unanswered."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import Nudge, Promise, Rung
from bot.store.codec import decode_incident
from bot.store.incidents import Stored
from bot.store.tables import IncidentRow, ReminderRow
from bot.store.upsert import insert_into


async def claim_due(session: AsyncSession, now: datetime, limit: int) -> list[Stored]:
    """Lock the incidents that are to be looked at, earliest first; others skip what is locked."""
    query = (
        select(IncidentRow)
        .where(col(IncidentRow.next_look_at) <= now)
        .order_by(col(IncidentRow.next_look_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.exec(query)).all()
    return [Stored(row.id, row.team_id, decode_incident(row.state)) for row in rows if row.id is not None]


async def look_again(session: AsyncSession, stored: Stored, at: datetime | None) -> None:
    """Set when to look at the incident next."""
    row = await session.get_one(IncidentRow, stored.id)
    row.next_look_at = at
    session.add(row)


async def add(
    session: AsyncSession, stored: Stored, nudge: Nudge, now: datetime, *, broadcast: bool
) -> int | None:
    """Record a nudge; its id, or None where this very nudge was recorded before."""
    statement = (
        insert_into(session, ReminderRow)
        .values(
            team_id=stored.team,
            incident_id=stored.id,
            promise=nudge.promise,
            slot=nudge.slot,
            rung=int(nudge.rung),
            fired_at=now,
            broadcast=broadcast,
            channel="",
            ts="",
            answered_by="",
        )
        .on_conflict_do_nothing(index_elements=["incident_id", "promise", "slot", "rung"])
        .returning(col(ReminderRow.id))
    )
    return (await session.exec(statement)).scalar_one_or_none()


async def get(session: AsyncSession, reminder_id: int) -> ReminderRow:
    """One reminder."""
    return await session.get_one(ReminderRow, reminder_id)


async def open_ones(
    session: AsyncSession, incident_id: int, promises: Iterable[Promise]
) -> list[ReminderRow]:
    """The unanswered reminders of these promises."""
    query = select(ReminderRow).where(
        ReminderRow.incident_id == incident_id,
        col(ReminderRow.answered_at).is_(None),
        col(ReminderRow.promise).in_(list(promises)),
    )
    return list((await session.exec(query)).all())


def nudge_of(row: ReminderRow) -> Nudge:
    """The nudge that a row records."""
    return Nudge(Promise(row.promise), row.slot, Rung(row.rung))
