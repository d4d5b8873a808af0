"""Traces of acts that were carried out, so that a second delivery of the same act changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import col, delete, select, tuple_
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.dedup import DedupKey
from bot.engine.store.statements import execute
from bot.engine.store.tables import ActRow

_RECORD = insert(ActRow)


@dataclass(frozen=True, slots=True)
class Act:
    """An act, with the identity by which a second delivery is recognized.

    Attributes:
        permanent: whether the identity counts for ever, and not only as long as Slack may deliver it again.
        digest: a digest of the contents, if the same form may be sent again with others; otherwise empty.
        dedup_keys: other acts that count as the same one.
    """

    id: str
    team: str
    now: datetime
    permanent: bool = False
    digest: str = ""
    dedup_keys: Sequence[DedupKey] = ()

    @property
    def corrected_id(self) -> str:
        """The identity of the same form with other contents."""
        return f"{self.id}:{self.digest}"

    @property
    def keys(self) -> list[str]:
        """The keys under which it may have left a trace."""
        return [self.id, self.corrected_id, *(each.key for each in self.dedup_keys)]


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace of an act."""

    stream_id: int
    at: datetime
    digest: str = ""


Traces = Mapping[str, Trace]  # by key


def repeats(act: Act, traces: Traces) -> Trace | None:
    """The trace of this very act, if it was carried out before."""
    first = traces.get(act.id)
    if first and (not first.digest or first.digest == act.digest):
        return first
    return traces.get(act.corrected_id)


def corrects(act: Act, traces: Traces) -> Trace | None:
    """The trace of the act with other contents, if there is one and this act itself was not carried out."""
    return None if repeats(act, traces) else traces.get(act.id)


def duplicates(act: Act, traces: Traces) -> Trace | None:
    """The trace of another act that counts as the same one."""
    for each in act.dedup_keys:
        trace = traces.get(each.key)
        if trace and _is_fresh(each, trace, act.now):
            return trace
    return None


async def traces(session: AsyncSession, act: Act) -> Traces:
    """The traces of an act, and of those that count as the same one."""
    query = select(ActRow).where(ActRow.team_id == act.team, col(ActRow.act_id).in_(act.keys))
    rows = (await session.exec(query)).all()
    return {row.act_id: Trace(row.stream_id, row.at, row.digest) for row in rows}


async def trace(session: AsyncSession, team: str, act_id: str) -> Trace | None:
    """The trace of the act with this identity."""
    row = await session.get(ActRow, (team, act_id))
    return Trace(row.stream_id, row.at, row.digest) if row else None


async def record(session: AsyncSession, act: Act, stream_id: int, found: Traces) -> None:
    """Write the traces of an act that is carried out in this transaction.

    Raises:
        sqlalchemy.exc.IntegrityError: somebody else has just written one of them.
    """
    over = [each.key for each in act.dedup_keys if each.key in found]
    if over:  # too old to count, or known to somebody who goes on all the same
        rows = (col(ActRow.team_id) == act.team, col(ActRow.act_id).in_(over))
        await session.exec(delete(ActRow).where(*rows))
    own = act.corrected_id if act.id in found else act.id
    left = {own: act.permanent} | {each.key: each.within is None for each in act.dedup_keys}
    await execute(
        session,
        _RECORD,
        [
            {
                "team_id": act.team,
                "act_id": key,
                "stream_id": stream_id,
                "at": act.now,
                "permanent": permanent,
                "digest": act.digest if key == act.id else "",
            }
            for key, permanent in left.items()
        ],
    )


async def forget(session: AsyncSession, team: str, act_id: str) -> None:
    """Delete the trace of an act, so that it can be done again: what it asked for could not be done."""
    row = await session.get(ActRow, (team, act_id))
    if row:
        await session.delete(row)


async def forget_before(session: AsyncSession, team: str, before: datetime, limit: int) -> int:
    """Delete up to `limit` acts of a workspace older than a time (UTC), except permanent ones; returns how many."""
    oldest = (
        select(ActRow.team_id, ActRow.act_id)
        .where(~col(ActRow.permanent), ActRow.team_id == team, col(ActRow.at) < before)
        .order_by(col(ActRow.at))
        .limit(limit)
    )
    gone = delete(ActRow).where(tuple_(col(ActRow.team_id), col(ActRow.act_id)).in_(oldest))
    return (await session.exec(gone, execution_options={"synchronize_session": False})).rowcount


def _is_fresh(dedup_key: DedupKey, trace: Trace, now: datetime) -> bool:
    return dedup_key.within is None or now - trace.at < dedup_key.within
