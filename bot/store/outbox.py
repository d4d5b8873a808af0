"""The outbox: effects wait here, in lanes, until Slack shows them."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.effects import Effect
from bot.store.codec import encode
from bot.store.tables import EffectRow, EffectState, PlaceRow

LEASE = timedelta(seconds=60)  # the deliverer gives up on a call well before
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # due whatever the clock of the replica that wrote it said
_PENDING = (EffectState.WAITING, EffectState.LEASED)


async def put(
    session: AsyncSession, team: str, incident_id: int, effects: Iterable[Effect], now: datetime
) -> None:
    """Add effects. One that coalesces is left out where another of its kind is still waiting untried."""
    for effect in effects:
        lane = f"{incident_id}:{effect.lane}"
        if effect.coalesces and await _waits(session, lane, type(effect).__name__):
            continue
        session.add(
            EffectRow(
                team_id=team,
                incident_id=incident_id,
                kind=type(effect).__name__,
                payload=encode(effect),
                key=uuid.uuid4().hex,
                lane=lane,
                needs=effect.needs,
                due_at=AT_ONCE,
                created_at=now,
            )
        )
        await session.flush()  # ids in the order of the effects: lanes go by them


async def claim(
    session: AsyncSession, now: datetime, worker: str, limit: int, under_way: Collection[int] = ()
) -> list[EffectRow]:
    """Lease up to `limit` effects that may be delivered now; nobody else gets them until the lease is over.

    `under_way` are the ids that this worker is delivering: those it does not take from itself.
    """
    earlier = aliased(EffectRow)
    held_up = exists().where(
        col(earlier.lane) == col(EffectRow.lane),
        col(earlier.id) < col(EffectRow.id),
        col(earlier.state).in_(_PENDING),
    )
    has_place = exists().where(
        col(PlaceRow.incident_id) == col(EffectRow.incident_id), col(PlaceRow.name) == col(EffectRow.needs)
    )
    query = (
        select(EffectRow)
        .where(
            col(EffectRow.state).in_(_PENDING),
            EffectRow.due_at <= now,
            col(EffectRow.id).not_in(under_way),
            ~held_up,
            or_(col(EffectRow.needs).is_(None), has_place),
        )
        .order_by(col(EffectRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=EffectRow)
    )
    rows = (await session.exec(query)).all()
    for row in rows:
        row.doubt = row.doubt or row.state == EffectState.LEASED  # its worker died with the answer
        row.state = EffectState.LEASED
        row.leased_by = worker
        row.attempts += 1
        row.due_at = now + LEASE
        session.add(row)
    return list(rows)


async def take_over(session: AsyncSession, is_gone: Callable[[str], bool]) -> int:
    """Free what workers hold who are surely gone, without waiting for their leases; returns how much it was."""
    rows = (await session.exec(select(EffectRow).where(EffectRow.state == EffectState.LEASED))).all()
    left = [row for row in rows if is_gone(row.leased_by)]
    for row in left:
        row.state, row.due_at, row.doubt = EffectState.WAITING, AT_ONCE, True
        session.add(row)
    return len(left)


async def delivered(session: AsyncSession, row: EffectRow, now: datetime) -> None:
    """Slack shows it."""
    await _finish(session, row, EffectState.DELIVERED, now)


async def died(session: AsyncSession, row: EffectRow, reason: str, now: datetime) -> None:
    """Slack will never show it as things are."""
    row.error = reason
    await _finish(session, row, EffectState.DEAD, now)


async def put_off(
    session: AsyncSession, row: EffectRow, until: datetime, reason: str, *, doubt: bool
) -> None:
    """Try again then. `doubt` says that this try may have reached Slack."""
    row.state = EffectState.WAITING
    row.due_at = until
    row.error = reason
    row.doubt = row.doubt or doubt
    await session.merge(row)


async def revive(session: AsyncSession) -> int:
    """Give every dead effect another try; returns how many there were."""
    dead = (await session.exec(select(EffectRow).where(EffectRow.state == EffectState.DEAD))).all()
    for row in dead:
        row.state, row.due_at, row.attempts = EffectState.WAITING, AT_ONCE, 0
        session.add(row)
    return len(dead)


async def backlog(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many effects are pending, and since when the oldest is."""
    query = select(func.count(), func.min(col(EffectRow.created_at))).where(
        col(EffectRow.state).in_(_PENDING)
    )
    count, oldest = (await session.exec(query)).one()
    return count, oldest


async def dead(session: AsyncSession) -> Sequence[EffectRow]:
    """The effects that Slack refused for good."""
    return (await session.exec(select(EffectRow).where(EffectRow.state == EffectState.DEAD))).all()


async def _waits(session: AsyncSession, lane: str, kind: str) -> bool:
    """Whether one of this kind still waits. It is locked, so that no deliverer renders it before we commit."""
    query = (
        select(EffectRow)
        .where(
            EffectRow.lane == lane,
            EffectRow.kind == kind,
            EffectRow.state == EffectState.WAITING,
            col(EffectRow.doubt).is_(False),  # one in doubt may stand in Slack already, as it was then
        )
        .with_for_update()
    )
    return (await session.exec(query)).first() is not None


async def _finish(session: AsyncSession, row: EffectRow, state: EffectState, now: datetime) -> None:
    row.state = state
    row.done_at = now
    await session.merge(row)
