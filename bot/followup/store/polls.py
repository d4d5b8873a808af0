"""How far we have read what changes in a tracker. Several replicas share the work."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import TrackerPollRow
from bot.engine.store.upsert import dialect_of, insert_in

FIRST = timedelta(days=1)


async def claim(
    session: AsyncSession, team: str, tracker: str, place: str, *, now: datetime, every: timedelta
) -> TrackerPollRow | None:
    """Claim the next look at a place, if it is due at `now` (UTC); nobody else then gets it before `every` has passed.

    The first look is about the last day: until then the tracker may have called us.
    """
    new = TrackerPollRow(team_id=team, tracker=tracker, place=place, next_at=now, since=now - FIRST)
    await execute(
        session, insert_in(dialect_of(session), TrackerPollRow).on_conflict_do_nothing(), [new.model_dump()]
    )
    query = (
        select(TrackerPollRow)
        .where(
            TrackerPollRow.team_id == team,
            TrackerPollRow.tracker == tracker,
            TrackerPollRow.place == place,
            col(TrackerPollRow.next_at) <= now,
        )
        .with_for_update(skip_locked=True)
    )
    row = (await session.exec(query)).first()
    if row:
        row.next_at = now + every
        session.add(row)
    return row


async def locked(session: AsyncSession, team: str, tracker: str, place: str) -> TrackerPollRow | None:
    """The row of a place, locked for a change."""
    return await session.get(TrackerPollRow, (team, tracker, place), with_for_update=True)


async def of_team(session: AsyncSession, team: str) -> Sequence[TrackerPollRow]:
    """All places of a workspace."""
    query = select(TrackerPollRow).where(TrackerPollRow.team_id == team)
    return (await session.exec(query.order_by(col(TrackerPollRow.tracker), col(TrackerPollRow.place)))).all()
