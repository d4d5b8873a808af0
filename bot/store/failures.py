"""What Slack refused for good, as far as people are to be told of it."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.effects import Lane, OpenRoom, Warn
from bot.store.codec import decode_effect
from bot.store.tables import EffectRow, EffectState, is_dead, is_warning


async def of_opening(session: AsyncSession, incident_id: int) -> str:
    """Why the incident's war room could not be opened; empty where that is not so."""
    query = select(EffectRow.error).where(
        is_dead(EffectRow),
        EffectRow.lane == f"{incident_id}:{Lane.OPEN}",
        EffectRow.kind == OpenRoom.__name__,
    )
    return (await session.exec(query)).first() or ""


async def is_known(session: AsyncSession, incident_id: int, warning: Warn, since: datetime) -> bool:
    """Whether this very warning was given since then, or is about to be."""
    query = _warnings(incident_id).where(
        EffectRow.created_at >= since, col(EffectRow.state) != EffectState.DEAD
    )
    return any(_warning(row) == warning for row in (await session.exec(query)).all())


async def untold(session: AsyncSession, incident_id: int) -> list[Warn]:
    """The warnings that reached nobody: neither the war room nor a person."""
    query = _warnings(incident_id).where(is_dead(EffectRow)).order_by(col(EffectRow.id))
    found = (_warning(row) for row in (await session.exec(query)).all())
    return list(dict.fromkeys(warning for warning in found if warning.person))


def _warnings(incident_id: int) -> SelectOfScalar[EffectRow]:
    return select(EffectRow).where(is_warning(EffectRow), EffectRow.lane == f"{incident_id}:{Warn.lane}")


def _warning(row: EffectRow) -> Warn:
    effect = decode_effect(row.kind, row.payload)
    if not isinstance(effect, Warn):
        raise TypeError(f"{row.kind} is no warning")
    return effect
