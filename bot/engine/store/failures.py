"""What was refused for good, as far as people are to be told of it."""

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


async def of_opening(session: AsyncSession, stream_id: int) -> str:
    """Why the stream's own channel could not be opened; empty where that is not so."""
    query = select(EffectRow.error).where(
        is_dead(EffectRow), EffectRow.stream_id == stream_id, EffectRow.kind == OPEN_ROOM
    )
    return (await session.exec(query)).first() or ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was refused for good, as often as that was for the same reason.

    Attributes:
        subject: of the stream.
        number: of the stream, within the workspace and the subject.
        kind: of the effect.
        reason: the outside world's error code.
        ids: of the effects in the outbox.
    """

    subject: str
    number: int
    kind: str
    reason: str
    ids: Sequence[int]


async def refused(session: AsyncSession, team: str) -> list[Refusal]:
    """What was refused a workspace for good, in order. Warnings are left out: they are about others of the list."""
    query = (
        select(StreamRow, EffectRow)
        .join(StreamRow, col(StreamRow.id) == col(EffectRow.stream_id))
        .where(is_dead(EffectRow), EffectRow.team_id == team, EffectRow.kind != WARN)
        .order_by(col(StreamRow.subject), col(StreamRow.number), col(EffectRow.id))
    )
    found: dict[tuple[str, int, str, str], list[int]] = {}
    for stream, effect in (await session.exec(query)).all():
        what = (stream.subject, stream.number, effect.kind, effect.error)
        found.setdefault(what, []).append(effect.id or 0)
    return [Refusal(*what, ids) for what, ids in found.items()]


async def is_known(
    session: AsyncSession, kinds: Kinds, stream_id: int, warning: Any, since: datetime
) -> bool:
    """Whether this very warning was given since then, or is about to be."""
    query = _warnings(kinds, stream_id).where(
        EffectRow.created_at >= since, col(EffectRow.state) != EffectState.DEAD
    )
    return any(kinds.decode(row.kind, row.payload) == warning for row in (await session.exec(query)).all())


def dead_warnings(kinds: Kinds, stream_id: int) -> tuple[ColumnElement[bool], ...]:
    """Which effects are warnings of this stream that were refused, in the words of their partial indexes."""
    return (is_warning(EffectRow), col(EffectRow.lane) == _lane(kinds, stream_id), is_dead(EffectRow))


def untold(kinds: Kinds, found: Iterable[tuple[int, str, dict[str, Any]]]) -> tuple[Any, ...]:
    """These dead warnings (id, kind, payload), each once: the channel cannot be shown anything, so whoever acts is told.

    Somebody may have been told directly; but who acts there now may be somebody else.
    """
    warnings = (kinds.decode(kind, payload) for _, kind, payload in sorted(found, key=itemgetter(0)))
    return tuple(dict.fromkeys(warnings))


def _warnings(kinds: Kinds, stream_id: int) -> SelectOfScalar[EffectRow]:
    return select(EffectRow).where(is_warning(EffectRow), EffectRow.lane == _lane(kinds, stream_id))


def _lane(kinds: Kinds, stream_id: int) -> str:
    return f"{stream_id}:{kinds.warnings}"
