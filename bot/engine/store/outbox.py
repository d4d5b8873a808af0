"""The outbox: effects wait here, in lanes, until they are delivered."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, delete, false, func, insert, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.codec import encode
from bot.engine.store.kinds import OPEN_ROOM, Kinds, Lane
from bot.engine.store.outcomes import AT_ONCE
from bot.engine.store.statements import execute
from bot.engine.store.tables import EffectRow, EffectState, is_dead, is_done, is_pending

# What is the same for every new effect is part of the statement, so that it is not passed for every row.
_ADD = insert(EffectRow).values(
    state=literal_column(f"'{EffectState.WAITING}'"),
    attempts=literal_column("0"),
    doubt=false(),
    unexpected=literal_column("0"),
    progress=literal_column("'{}'"),
    leased_by=literal_column("''"),
    error=literal_column("''"),
)
_WAITING = (
    select(EffectRow.lane, EffectRow.kind)
    .where(
        col(EffectRow.lane).in_(bindparam("lanes", expanding=True)),
        is_pending(EffectRow),
        EffectRow.state == EffectState.WAITING,
        ~col(EffectRow.doubt),  # Slack may already show one in doubt, with an older state
    )
    .with_for_update()
)


async def put(
    session: AsyncSession,
    kinds: Kinds,
    team: str,
    stream_id: int,
    effects: Iterable[Any],
    *,
    now: datetime,
    is_first: bool = False,
    at_once: bool = False,
) -> None:
    """Add effects. One that coalesces is left out if another of its kind is still waiting untried.

    If they are a stream's first effects (`is_first`), none can be waiting, so nothing is looked up.
    `at_once` says that they do not wait for the pause of their lane.
    """
    wanted = [(team, stream_id, effect) for effect in effects]
    await put_all(session, kinds, wanted, now, is_first=is_first, at_once=at_once)


async def put_all(
    session: AsyncSession,
    kinds: Kinds,
    wanted: Iterable[tuple[str, int, Any]],
    now: datetime,
    *,
    is_first: bool = False,
    at_once: bool = False,
) -> None:
    """Add effects of several streams of a subject (workspace, stream's id, effect) at once, as `put` does."""
    rows = [
        (kinds.of(effect).coalesces, _row(kinds, team, stream_id, effect, now, at_once=at_once))
        for team, stream_id, effect in wanted
    ]
    lanes = () if is_first else {row["lane"] for coalesces, row in rows if coalesces}
    waiting = await _waiting(session, lanes)
    new = [row for coalesces, row in rows if not (coalesces and (row["lane"], row["kind"]) in waiting)]
    if new:
        # One after another in this order, so that their ids have this order: lanes follow the ids.
        await execute(session, _ADD, new)


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


async def forget_before(session: AsyncSession, team: str, before: datetime, limit: int) -> int:
    """Delete up to `limit` effects of a workspace that were done before a time (UTC); returns how many."""
    oldest = (
        select(EffectRow.id)
        .where(is_done(EffectRow), EffectRow.team_id == team, col(EffectRow.done_at) < before)
        .order_by(col(EffectRow.done_at))
        .limit(limit)
    )
    gone = delete(EffectRow).where(col(EffectRow.id).in_(oldest))
    return (await session.exec(gone, execution_options={"synchronize_session": False})).rowcount


async def dead(session: AsyncSession, team: str) -> Sequence[EffectRow]:
    """The effects that Slack refused a workspace for good, the oldest first."""
    query = select(EffectRow).where(is_dead(EffectRow), EffectRow.team_id == team).order_by(col(EffectRow.id))
    return (await session.exec(query)).all()


def _row(
    kinds: Kinds, team: str, stream_id: int, effect: Any, now: datetime, *, at_once: bool
) -> dict[str, Any]:
    """The columns of a new effect."""
    kind = kinds.of(effect)
    goes_first = kind.lane.yields_to
    return {
        "team_id": team,
        "stream_id": stream_id,
        "subject": kinds.subject,
        "kind": type(effect).__name__,
        "payload": encode(effect),
        "key": token_hex(16),
        "lane": f"{stream_id}:{_lane(kind.lane, effect)}",
        "yields_to": f"{stream_id}:{goes_first}" if goes_first else None,
        "needs": kind.needs,
        "needs_until": now + kind.max_wait if kind.max_wait else None,
        "due_at": now + kind.lane.pause if kind.lane.pause and not at_once else AT_ONCE,
        "created_at": now,
    }


def _lane(lane: Lane, effect: Any) -> str:
    """The lane of an effect within its stream."""
    return f"{lane.name}:{getattr(effect, lane.divided_by)}" if lane.divided_by else lane.name


async def _waiting(session: AsyncSession, lanes: Collection[str]) -> set[tuple[str, str]]:
    """Lane and kind of effects that still wait there. They are locked, so that nobody renders them before we commit."""
    if not lanes:
        return set()
    rows = await execute(session, _WAITING, {"lanes": list(lanes)})
    return {(row.lane, row.kind) for row in rows}
