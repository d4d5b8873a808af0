"""Reads what a pack is made from, all as of one moment. Nothing private is read but numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.local_time import zone_of
from bot.engine.store.tables import StreamRow
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.records import Period
from bot.incident.domain.work import NO_WORK
from bot.incident.store import records, work
from bot.incident.store.records import everybodys
from bot.review.domain.making import Sources, window
from bot.review.domain.recurring import Marks
from bot.review.domain.spans import Span
from bot.review.store import boards
from bot.review.store.items import items
from bot.review.store.near_misses import near_misses
from bot.review.store.owed import owed

_STATE: Any = col(StreamRow.state)
_SECTIONS = _STATE["postmortem"]["sections"]
_FACTORS = _SECTIONS[PostmortemSection.FACTORS.value]["text"].as_string()


async def sources(
    session: AsyncSession,
    team: str,
    span: Span,
    policy: Policy,
    now: datetime,
) -> Sources:
    """What there is of a span at this time (UTC)."""
    period = span.period
    wide = window(period)
    today = now.astimezone(zone_of(span.zone or "UTC")).date()
    found = await items(session, team, period, today)
    last = await boards.before(session, team, _written(period.start))
    return Sources(
        past=await records.records(session, team, wide, everybodys()),
        marks=await _marks(session, team, wide),
        private=await _private(session, team, period),
        owed=await owed(session, team),
        items=found.items,
        private_items=found.private,
        near_misses=await near_misses(session, team, period, now),
        work=await work.work(session, team, period, everybodys()) if policy.load else NO_WORK,
        last_board=last.pack.words if last else "",
    )


async def _marks(session: AsyncSession, team: str, period: Period) -> Mapping[int, Marks]:
    """By what the incidents of a period can be found again; of a state of another shape it is not known."""
    wanted = records.declared_in(team, period, everybodys())
    query = select(col(StreamRow.number), _STATE["services_so_far"], _FACTORS).where(
        col(StreamRow.id).in_(wanted)
    )
    connection = await session.connection()
    return {
        number: Marks(services=tuple(services or ()), factors=factors or "")
        for number, services, factors in (await connection.execute(query)).all()
    }


async def _private(session: AsyncSession, team: str, period: Period) -> int:
    wanted = records.declared_in(team, period, (col(StreamRow.private).is_(True),))
    connection = await session.connection()
    return int((await connection.execute(select(func.count()).select_from(wanted.subquery()))).scalar_one())


def _written(moment: datetime) -> str:
    """A time as documents have it, so that it can be compared with theirs."""
    return moment.isoformat().replace("+00:00", "Z")
