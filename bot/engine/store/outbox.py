"""The outbox: effects wait here, in lanes, until they are delivered."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, update
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.codec import encode
from bot.engine.store.kinds import OPEN_ROOM, Kinds
from bot.engine.store.statements import execute
from bot.engine.store.tables import EffectRow, EffectState, PlaceRow, is_dead, is_pending

LEASE = timedelta(seconds=60)  # the deliverer gives up a call well before that
LONGEST_PAUSE = timedelta(minutes=1)  # of our own; Slack may ask for a longer one
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # due whatever the clock of the writing replica said

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

_ADD = insert(EffectRow)


async def put(
    session: AsyncSession,
    kinds: Kinds,
    team: str,
    stream_id: int,
    effects: Iterable[Any],
    *,
    now: datetime,
    is_first: bool = False,
) -> None:
    """Add effects. One that coalesces is left out if another of its kind is still waiting untried.

    If they are a stream's first effects (`is_first`), none can be waiting, so nothing is looked up.
    """
    await put_all(session, kinds, [(team, stream_id, effect) for effect in effects], now, is_first=is_first)


async def put_all(
    session: AsyncSession,
    kinds: Kinds,
    wanted: Iterable[tuple[str, int, Any]],
    now: datetime,
    *,
    is_first: bool = False,
) -> None:
    """Add effects of several streams of a subject (workspace, stream's id, effect) at once, as `put` does."""
    rows = [
        (kinds.of(effect).coalesces, _row(kinds, team, stream_id, effect, now))
        for team, stream_id, effect in wanted
    ]
    lanes = () if is_first else {row["lane"] for coalesces, row in rows if coalesces}
    waiting = await _waiting(session, lanes)
    new = [row for coalesces, row in rows if not (coalesces and (row["lane"], row["kind"]) in waiting)]
    if new:
        # One after another in this order, so that their ids have this order: lanes follow the ids.
        await execute(session, _ADD, new)


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
    query = (
        select(EffectRow)
        .where(
            is_pending(EffectRow),
            EffectRow.team_id == team,
            EffectRow.due_at <= now,
            col(EffectRow.id).not_in(under_way),
            col(EffectRow.kind).not_in(without),
            ~_HELD_UP,
            or_(col(EffectRow.yields_to).is_(None), ~_YIELDS),
            or_(col(EffectRow.needs).is_(None), _has_waited_enough(now), _PLACE.is_not(None)),
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
    """Those of these effects that the worker still holds, by id. The others were taken over by another worker."""
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


def delivered(row: EffectRow, now: datetime) -> None:
    """Mark an effect as delivered: Slack shows it."""
    row.state, row.done_at = EffectState.DELIVERED, now


def begun(row: EffectRow, progress: Mapping[str, str]) -> None:
    """Store the progress of an effect after a step, for the next step, which may follow at once."""
    row.state, row.due_at, row.progress, row.doubt = EffectState.WAITING, AT_ONCE, dict(progress), False


def died(row: EffectRow, reason: str, now: datetime) -> None:
    """Mark an effect as a dead letter: Slack will not show it as things are."""
    row.state, row.done_at, row.error = EffectState.DEAD, now, reason


def dropped(row: EffectRow, reason: str, now: datetime) -> None:
    """Drop an effect that is no longer wanted, or that nobody can ever make Slack show."""
    row.state, row.done_at, row.error = EffectState.DROPPED, now, reason


def put_off(row: EffectRow, until: datetime, reason: str, *, doubt: bool) -> None:
    """Try an effect again at a time. `doubt` says that this try may have reached Slack."""
    row.state, row.due_at, row.error = EffectState.WAITING, until, reason
    row.doubt = row.doubt or doubt


async def try_again(session: AsyncSession, stream_id: int, kind: str, reasons: Collection[str]) -> None:
    """Try a stream's dead effects of one kind again if they were refused for one of these reasons."""
    query = select(EffectRow).where(
        is_dead(EffectRow),
        EffectRow.stream_id == stream_id,
        EffectRow.kind == kind,
        col(EffectRow.error).in_(reasons),
    )
    for row in (await session.exec(query)).all():
        row.state, row.due_at, row.attempts = EffectState.WAITING, AT_ONCE, 0
        session.add(row)


async def backlog(session: AsyncSession, team: str) -> tuple[int, datetime | None]:
    """How many effects of a workspace could be delivered and are not, and since when the oldest waits.

    Effects that wait for a channel that could not be opened are not counted: that failure is reported separately.
    """
    opening = aliased(EffectRow)
    roomless = exists().where(
        is_dead(opening),
        col(opening.stream_id) == col(EffectRow.stream_id),
        col(opening.kind) == OPEN_ROOM,
    )
    query = select(func.count(), func.min(col(EffectRow.created_at))).where(
        is_pending(EffectRow),
        EffectRow.team_id == team,
        or_(col(EffectRow.needs).is_(None), ~roomless),
    )
    count, oldest = (await session.exec(query)).one()
    return count, oldest


async def dead(session: AsyncSession, team: str) -> Sequence[EffectRow]:
    """The effects that Slack refused a workspace for good, the oldest first."""
    query = select(EffectRow).where(is_dead(EffectRow), EffectRow.team_id == team).order_by(col(EffectRow.id))
    return (await session.exec(query)).all()


def _has_waited_enough(now: datetime) -> ColumnElement[bool]:
    """The condition for effects that need not wait for their place any longer, even if the writer's clock was ahead."""
    return or_(col(EffectRow.needs_until) <= now, col(EffectRow.needs_until) > now + LONGEST_PAUSE)


def _row(kinds: Kinds, team: str, stream_id: int, effect: Any, now: datetime) -> dict[str, Any]:
    """The columns of a new effect."""
    kind = kinds.of(effect)
    goes_first = kind.lane.yields_to
    return {
        "team_id": team,
        "stream_id": stream_id,
        "subject": kinds.subject,
        "kind": type(effect).__name__,
        "payload": encode(effect),
        "key": uuid.uuid4().hex,
        "lane": f"{stream_id}:{kind.lane.name}",
        "yields_to": f"{stream_id}:{goes_first}" if goes_first else None,
        "needs": kind.needs,
        "needs_until": now + kind.patience if kind.patience else None,
        "state": EffectState.WAITING,
        "attempts": 0,
        "doubt": False,
        "due_at": AT_ONCE,
        "created_at": now,
        "leased_by": "",
        "error": "",
    }


async def _waiting(session: AsyncSession, lanes: Collection[str]) -> set[tuple[str, str]]:
    """Lane and kind of effects that still wait there. They are locked, so that nobody renders them before we commit."""
    if not lanes:
        return set()
    query = (
        select(EffectRow)
        .where(
            col(EffectRow.lane).in_(lanes),
            is_pending(EffectRow),
            EffectRow.state == EffectState.WAITING,
            col(EffectRow.doubt).is_(False),  # Slack may already show one in doubt, with an older state
        )
        .with_for_update()
    )
    return {(row.lane, row.kind) for row in (await session.exec(query)).all()}
