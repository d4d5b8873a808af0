"""The outbox: effects wait here, in lanes, until Slack shows them."""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.effects import Effect, OpenRoom, Warn
from bot.store.codec import encode
from bot.store.tables import EffectRow, EffectState, PlaceRow, is_dead, is_pending

LEASE = timedelta(seconds=60)  # the deliverer gives up on a call well before
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # due whatever the clock of the replica that wrote it said

_EARLIER = aliased(EffectRow)
_HELD_UP = exists().where(
    col(_EARLIER.lane) == col(EffectRow.lane), col(_EARLIER.id) < col(EffectRow.id), is_pending(_EARLIER)
)
# Looked up for each; of an `exists` PostgreSQL may make a table of all places that there ever were.
_PLACE = (
    select(PlaceRow.channel)
    .where(
        col(PlaceRow.incident_id) == col(EffectRow.incident_id), col(PlaceRow.name) == col(EffectRow.needs)
    )
    .scalar_subquery()
)


async def put(
    session: AsyncSession,
    team: str,
    incident_id: int,
    effects: Iterable[Effect],
    now: datetime,
    *,
    is_first: bool = False,
) -> None:
    """Add effects. One that coalesces is left out where another of its kind is still waiting untried.

    Of an incident's first effects (`is_first`) none can wait, so nobody looks.
    """
    await put_all(session, [(team, incident_id, effect) for effect in effects], now, is_first=is_first)


async def put_all(
    session: AsyncSession,
    wanted: Iterable[tuple[str, int, Effect]],
    now: datetime,
    *,
    is_first: bool = False,
) -> None:
    """Add effects of several incidents (workspace, incident's id, effect) at once, as `put` does."""
    rows = [(effect.coalesces, _row(team, incident_id, effect, now)) for team, incident_id, effect in wanted]
    lanes = () if is_first else {row["lane"] for coalesces, row in rows if coalesces}
    waiting = await _waiting(session, lanes)
    new = [row for coalesces, row in rows if not (coalesces and (row["lane"], row["kind"]) in waiting)]
    if new:
        await session.flush()
        # One after the other in this order, which gives them ids in this order: lanes go by them.
        await (await session.connection()).execute(insert(EffectRow), new)


async def claim(
    session: AsyncSession,
    now: datetime,
    worker: str,
    limit: int,
    under_way: Collection[int] = (),
    *,
    only: str | None = None,
    without: Collection[str] = (),
) -> list[EffectRow]:
    """Lease up to `limit` effects that may be delivered now; nobody else gets them until the lease is over.

    Args:
        session: a transaction.
        now: the time by which leases are held (UTC).
        worker: who takes them.
        limit: how many at most.
        under_way: the ids that this worker is delivering: those it does not take from itself.
        only: the one kind that is wanted.
        without: the kinds that are not wanted.
    """
    query = (
        select(EffectRow)
        .where(
            is_pending(EffectRow),
            EffectRow.due_at <= now,
            col(EffectRow.id).not_in(under_way),
            col(EffectRow.kind).not_in(without),
            ~_HELD_UP,
            or_(col(EffectRow.needs).is_(None), col(EffectRow.needs_until) <= now, _PLACE.is_not(None)),
        )
        .order_by(col(EffectRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=EffectRow)
    )
    if only is not None:
        query = query.where(EffectRow.kind == only)
    rows = (await session.exec(query)).all()
    for row in rows:
        row.doubt = row.doubt or row.state == EffectState.LEASED  # its worker died with the answer
        row.state = EffectState.LEASED
        row.leased_by = worker
        row.attempts += 1
        row.due_at = now + LEASE
        session.add(row)
    return list(rows)


async def held(session: AsyncSession, worker: str, ids: Iterable[int]) -> dict[int, EffectRow]:
    """Those of these effects that the worker still holds, by id. The others were taken over by somebody else."""
    query = (
        select(EffectRow)
        .where(
            col(EffectRow.id).in_(list(ids)),
            EffectRow.state == EffectState.LEASED,
            EffectRow.leased_by == worker,
        )
        .with_for_update()
    )
    return {row.id: row for row in (await session.exec(query)).all() if row.id is not None}


async def take_over(session: AsyncSession, is_gone: Callable[[str], bool]) -> int:
    """Free what workers hold who are surely gone, without waiting for their leases; returns how much it was."""
    leased = select(EffectRow).where(is_pending(EffectRow), EffectRow.state == EffectState.LEASED)
    rows = (await session.exec(leased)).all()
    left = [row for row in rows if is_gone(row.leased_by)]
    for row in left:
        row.state, row.due_at, row.doubt = EffectState.WAITING, AT_ONCE, True
        session.add(row)
    return len(left)


async def release(session: AsyncSession, worker: str) -> int:
    """Free what this worker holds, so that another takes it at once; returns how much it was.

    It stays in doubt: a call that was given up may have reached Slack.
    """
    return await take_over(session, lambda holder: holder == worker)


def delivered(row: EffectRow, now: datetime) -> None:
    """Slack shows it."""
    row.state, row.done_at = EffectState.DELIVERED, now


def died(row: EffectRow, reason: str, now: datetime) -> None:
    """Slack will never show it as things are."""
    row.state, row.done_at, row.error = EffectState.DEAD, now, reason


def put_off(row: EffectRow, until: datetime, reason: str, *, doubt: bool) -> None:
    """Try again then. `doubt` says that this try may have reached Slack."""
    row.state, row.due_at, row.error = EffectState.WAITING, until, reason
    row.doubt = row.doubt or doubt


async def revive(session: AsyncSession) -> int:
    """Give every dead effect another try; returns how many there were.

    Warnings are let go: what they warn of is tried again, and warned of anew where that fails.
    """
    dead = (await session.exec(select(EffectRow).where(is_dead(EffectRow)))).all()
    tried = [row for row in dead if row.kind != Warn.__name__]
    for row in dead:
        row.state, row.due_at, row.attempts = EffectState.WAITING, AT_ONCE, 0
        if row.kind == Warn.__name__:
            row.state = EffectState.DELIVERED
        session.add(row)
    return len(tried)


async def backlog(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many effects could go on and have not, and since when the oldest waits.

    What waits for a war room that Slack does not let us open is not counted: that failure is told by itself.
    """
    opening = aliased(EffectRow)
    roomless = exists().where(
        is_dead(opening),
        col(opening.incident_id) == col(EffectRow.incident_id),
        col(opening.kind) == OpenRoom.__name__,
    )
    query = select(func.count(), func.min(col(EffectRow.created_at))).where(
        is_pending(EffectRow),
        or_(col(EffectRow.needs).is_(None), ~roomless),
    )
    count, oldest = (await session.exec(query)).one()
    return count, oldest


async def dead(session: AsyncSession) -> Sequence[EffectRow]:
    """The effects that Slack refused for good."""
    return (await session.exec(select(EffectRow).where(is_dead(EffectRow)))).all()


def _row(team: str, incident_id: int, effect: Effect, now: datetime) -> dict[str, Any]:
    """A new effect's columns."""
    return {
        "team_id": team,
        "incident_id": incident_id,
        "kind": type(effect).__name__,
        "payload": encode(effect),
        "key": uuid.uuid4().hex,
        "lane": f"{incident_id}:{effect.lane}",
        "needs": effect.needs,
        "needs_until": now + effect.patience if effect.patience else None,
        "state": EffectState.WAITING,
        "attempts": 0,
        "doubt": False,
        "due_at": AT_ONCE,
        "created_at": now,
        "leased_by": "",
        "error": "",
    }


async def _waiting(session: AsyncSession, lanes: Collection[str]) -> set[tuple[str, str]]:
    """Lane and kind of what still waits there. It is locked, so that no deliverer renders it before we commit."""
    if not lanes:
        return set()
    query = (
        select(EffectRow)
        .where(
            col(EffectRow.lane).in_(lanes),
            is_pending(EffectRow),
            EffectRow.state == EffectState.WAITING,
            col(EffectRow.doubt).is_(False),  # one in doubt may stand in Slack already, as it was then
        )
        .with_for_update()
    )
    return {(row.lane, row.kind) for row in (await session.exec(query)).all()}
