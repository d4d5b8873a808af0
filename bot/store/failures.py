"""What Slack refused for good, as far as people are to be told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.incident.domain.effects import Lane, OpenRoom, Warn
from bot.incident.domain.vocabulary import reference
from bot.store.codec import decode_effect
from bot.store.tables import EffectRow, EffectState, StreamRow, is_dead, is_warning


async def of_opening(session: AsyncSession, stream_id: int) -> str:
    """Why the incident's war room could not be opened; empty where that is not so."""
    query = select(EffectRow.error).where(
        is_dead(EffectRow),
        EffectRow.lane == f"{stream_id}:{Lane.OPEN}",
        EffectRow.kind == OpenRoom.__name__,
    )
    return (await session.exec(query)).first() or ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that Slack refused for good, as often as it did so for the same reason.

    Attributes:
        incident: its reference.
        kind: of the effect.
        reason: Slack's error code.
        ids: of the effects in the outbox.
    """

    incident: str
    kind: str
    reason: str
    ids: Sequence[int]


async def refused(session: AsyncSession, team: str) -> list[Refusal]:
    """What Slack refused a workspace for good, in order. Warnings are left out: they are about others of the list."""
    query = (
        select(EffectRow.kind, EffectRow.error, StreamRow.number, EffectRow.id)
        .join(StreamRow, col(StreamRow.id) == col(EffectRow.stream_id))
        .where(is_dead(EffectRow), EffectRow.team_id == team, EffectRow.kind != Warn.__name__)
        .order_by(col(StreamRow.number), col(EffectRow.id))
    )
    found: dict[tuple[str, str, str], list[int]] = {}
    for kind, reason, number, effect_id in (await session.exec(query)).all():
        found.setdefault((reference(number), kind, reason), []).append(effect_id or 0)
    return [Refusal(*what, ids) for what, ids in found.items()]


async def is_known(session: AsyncSession, stream_id: int, warning: Warn, since: datetime) -> bool:
    """Whether this very warning was given since then, or is about to be."""
    query = _warnings(stream_id).where(
        EffectRow.created_at >= since, col(EffectRow.state) != EffectState.DEAD
    )
    return any(_warning(row.kind, row.payload) == warning for row in (await session.exec(query)).all())


def dead_warnings(stream_id: int) -> tuple[ColumnElement[bool], ...]:
    """Which effects are warnings of this incident that Slack refused, in the words of their partial indexes."""
    return (is_warning(EffectRow), col(EffectRow.lane) == f"{stream_id}:{Warn.lane}", is_dead(EffectRow))


def untold(found: Iterable[tuple[int, str, dict[str, Any]]]) -> tuple[Warn, ...]:
    """These dead warnings (id, kind, payload), each once: the war room cannot be shown anything, so whoever acts is told.

    Somebody may have been told directly of the room; but who acts there now may be somebody else.
    """
    warnings = (_warning(kind, payload) for _, kind, payload in sorted(found, key=itemgetter(0)))
    return tuple(dict.fromkeys(warnings))


def _warnings(stream_id: int) -> SelectOfScalar[EffectRow]:
    return select(EffectRow).where(is_warning(EffectRow), EffectRow.lane == f"{stream_id}:{Warn.lane}")


def _warning(kind: str, payload: dict[str, Any]) -> Warn:
    effect = decode_effect(kind, payload)
    if not isinstance(effect, Warn):
        raise TypeError(f"{kind} is no warning")
    return effect
