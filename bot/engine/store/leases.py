"""Leases: which worker delivers which effect, and until when nobody else does."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.outcomes import AT_ONCE, LONGEST_PAUSE
from bot.engine.store.tables import EffectRow, EffectState, PlaceRow, is_pending

LEASE = timedelta(seconds=60)  # the deliverer gives up a call well before that

_EARLIER = aliased(EffectRow)
_HELD_UP = exists().where(
    col(_EARLIER.lane) == col(EffectRow.lane), col(_EARLIER.id) < col(EffectRow.id), is_pending(_EARLIER)
)
_URGENT = aliased(EffectRow)
_YIELDS = exists().where(col(_URGENT.lane) == col(EffectRow.yields_to), is_pending(_URGENT))
# Looked up for each row: for an `exists` PostgreSQL may build a table of all places that ever existed.
_PLACE = (
    select(PlaceRow.channel)
    .where(col(PlaceRow.stream_id) == col(EffectRow.stream_id), col(PlaceRow.name) == col(EffectRow.needs))
    .scalar_subquery()
)
# An effect need not wait for its place any longer, even if the writer's clock was ahead.
_HAS_WAITED_ENOUGH = or_(
    col(EffectRow.needs_until) <= bindparam("now"), col(EffectRow.needs_until) > bindparam("far")
)
_DELIVERABLE = (
    is_pending(EffectRow),
    col(EffectRow.team_id) == bindparam("team"),
    col(EffectRow.due_at) <= bindparam("now"),
    col(EffectRow.id).not_in(bindparam("under_way", expanding=True)),
    ~_HELD_UP,
    or_(col(EffectRow.yields_to).is_(None), ~_YIELDS),
    or_(col(EffectRow.needs).is_(None), _HAS_WAITED_ENOUGH, _PLACE.is_not(None)),
)
_CLAIM = (
    select(EffectRow)
    .where(*_DELIVERABLE)
    .order_by(col(EffectRow.id))
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=EffectRow)
)
_MANY = _CLAIM.where(col(EffectRow.kind).not_in(bindparam("without", expanding=True)))
_ONE_KIND = _CLAIM.where(col(EffectRow.kind) == bindparam("only"))
_HELD = (
    select(EffectRow)
    .where(
        col(EffectRow.id).in_(bindparam("ids", expanding=True)),
        EffectRow.state == EffectState.LEASED,
        col(EffectRow.leased_by) == bindparam("worker"),
    )
    .with_for_update()
)


async def claim(
    session: AsyncSession,
    team: str,
    now: datetime,
    worker: str,
    limit: int,
    *,
    under_way: Collection[int] = (),
    only: str | None = None,
    without: Collection[str] = (),
) -> list[EffectRow]:
    """Lease up to `limit` effects that may be delivered now; nobody else gets them before the lease ends.

    Args:
        session: a transaction.
        team: the workspace whose effects are wanted: effects of another would be shown in the wrong one.
        now: the time by which leases are held (UTC).
        worker: the worker that takes them.
        limit: how many at most.
        under_way: the ids of the effects that this worker is delivering: it does not take them from itself.
        only: the one kind that is wanted.
        without: the kinds that are not wanted.
    """
    wanted = {
        "team": team,
        "now": now,
        "far": now + LONGEST_PAUSE,
        "under_way": under_way,
        "limit": limit,
        **({"without": without} if only is None else {"only": only}),
    }
    rows = (await session.exec(_MANY if only is None else _ONE_KIND, params=wanted)).all()
    for row in rows:
        row.doubt = row.doubt or row.state == EffectState.LEASED  # its worker died with the answer
        row.state = EffectState.LEASED
        row.leased_by = worker
        row.attempts += 1
        row.due_at = now + LEASE
        session.add(row)
    return list(rows)


async def held(session: AsyncSession, worker: str, ids: Iterable[int]) -> dict[int, EffectRow]:
    """Those of these effects that the worker still holds, by id. The others were taken over by another worker."""
    rows = (await session.exec(_HELD, params={"ids": list(ids), "worker": worker})).all()
    return {row.id: row for row in rows if row.id is not None}


async def take_over(session: AsyncSession, team: str, is_gone: Callable[[str], bool]) -> int:
    """Free the effects of workers that are certainly gone, before their leases end; returns how many."""
    leased = select(EffectRow).where(
        is_pending(EffectRow), EffectRow.team_id == team, EffectRow.state == EffectState.LEASED
    )
    rows = (await session.exec(leased)).all()
    left = [row for row in rows if is_gone(row.leased_by)]
    for row in left:
        row.state, row.due_at, row.doubt = EffectState.WAITING, AT_ONCE, True
        session.add(row)
    return len(left)


async def release(session: AsyncSession, team: str, worker: str) -> int:
    """Free the effects that this worker holds, so that another can take them at once; returns how many.

    They stay in doubt: a call that was given up may have reached Slack.
    """
    return await take_over(session, team, lambda holder: holder == worker)


async def settle(session: AsyncSession, team: str, now: datetime, *, leases: bool) -> None:
    """Correct what a wrong clock has postponed: nothing waits longer than the longest pause.

    Args:
        session: a transaction.
        team: the workspace.
        now: the time that the clock tells now (UTC).
        leases: whether each lease begins anew, because the clock has jumped while its holder is working.
    """
    rows = update(EffectRow).where(is_pending(EffectRow), col(EffectRow.team_id) == team)
    far = rows.where(col(EffectRow.due_at) > now + LONGEST_PAUSE).values(due_at=now + LONGEST_PAUSE)
    held = rows.where(col(EffectRow.state) == EffectState.LEASED).values(due_at=now + LEASE)
    for statement in (far, held) if leases else (far,):
        await session.exec(statement, execution_options={"synchronize_session": False})
