"""What was refused for good, for the texts that tell people of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.kinds import OPEN_ROOM, WARN, Kinds
from bot.engine.store.tables import EffectRow, EffectState, StreamRow, is_dead, is_warning


async def opening_failure(session: AsyncSession, stream_id: int) -> str:
    """Why the stream's own channel could not be opened; empty if nothing was refused."""
    query = select(EffectRow.error).where(
        is_dead(EffectRow), EffectRow.stream_id == stream_id, EffectRow.kind == OPEN_ROOM
    )
    return (await session.exec(query)).first() or ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Effects of one kind that were refused for good for the same reason.

    Attributes:
        subject: the name of the stream's subject.
        number: the number of the stream, within the workspace and the subject.
        kind: the kind of the effects.
        reason: the outside world's error code.
        ids: the ids of the effects in the outbox.
        private: whether only the stream's own people may know of it.
    """

    subject: str
    number: int
    kind: str
    reason: str
    ids: Sequence[int]
    private: bool = False


async def refused(session: AsyncSession, team: str, limit: int | None = None) -> list[Refusal]:
    """What was refused for good in a workspace, in order, of at most `limit` effects.

    Warnings are left out: they are about others in the list.
    """
    query = (
        select(StreamRow, EffectRow)
        .join(StreamRow, col(StreamRow.id) == col(EffectRow.stream_id))
        .where(is_dead(EffectRow), EffectRow.team_id == team, EffectRow.kind != WARN)
        .order_by(col(StreamRow.subject), col(StreamRow.number), col(EffectRow.id))
        .limit(limit)
    )
    found: dict[tuple[str, int, str, str, bool], list[int]] = {}
    for stream, effect in (await session.exec(query)).all():
        what = (stream.subject, stream.number, effect.kind, effect.error, stream.private)
        found.setdefault(what, []).append(effect.id or 0)
    return [Refusal(*what[:4], ids, what[4]) for what, ids in found.items()]


async def is_known(
    session: AsyncSession, kinds: Kinds, stream_id: int, warning: Any, since: datetime
) -> bool:
    """Whether this very warning was given since then, or is waiting to be given."""
    query = _warnings(kinds, stream_id).where(
        EffectRow.created_at >= since, col(EffectRow.state) != EffectState.DEAD
    )
    return any(kinds.decode(row.kind, row.payload) == warning for row in (await session.exec(query)).all())


def dead_warnings(lane: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    """The condition for dead warnings of a stream's `lane_of`, as their partial indexes have it."""
    return (is_warning(EffectRow), col(EffectRow.lane) == lane, is_dead(EffectRow))


def lane_of(kinds: Kinds, stream_id: int) -> str:
    """The lane of a stream's warnings, as the outbox stores it."""
    return f"{stream_id}:{kinds.warnings}"


def unshown_warnings(kinds: Kinds, found: Iterable[tuple[int, str, dict[str, Any]]]) -> tuple[Any, ...]:
    """These dead warnings (id, kind, payload), each once: the channel can show nothing, so whoever acts is told.

    Somebody may have been told directly, but the person who acts there now may be another one.
    """
    warnings = (kinds.decode(kind, payload) for _, kind, payload in sorted(found, key=itemgetter(0)))
    return tuple(dict.fromkeys(warnings))


def _warnings(kinds: Kinds, stream_id: int) -> SelectOfScalar[EffectRow]:
    return select(EffectRow).where(is_warning(EffectRow), EffectRow.lane == lane_of(kinds, stream_id))
