"""How it stands, in figures: asked by whoever looks from outside, so each query goes by a partial index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.incident.domain.effects import Warn
from bot.incident.domain.vocabulary import Severity
from bot.store import outbox
from bot.store.incidents import INCIDENTS
from bot.store.tables import EffectRow, StreamRow, is_dead


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one moment.

    Attributes:
        waiting: effects that Slack does not show yet.
        oldest: since when the oldest of them waits (UTC); None where none does.
        dead: effects that Slack refused for good.
        open_incidents: how many are open of each severity; every severity is there.
    """

    waiting: int
    oldest: datetime | None
    dead: int
    open_incidents: dict[Severity, int]


async def standing(session: AsyncSession, team: str) -> Standing:
    """How it stands with a workspace's outbox and incidents. What is over costs nothing."""
    waiting, oldest = await outbox.backlog(session, team)
    theirs = select(func.count()).where(
        is_dead(EffectRow),
        EffectRow.team_id == team,
        EffectRow.kind != Warn.__name__,  # it is about others of them
    )
    dead = (await session.exec(theirs)).one()
    return Standing(waiting, oldest, dead, await _open_incidents(session, team))


async def _open_incidents(session: AsyncSession, team: str) -> dict[Severity, int]:
    query = (
        select(StreamRow.rank, func.count())
        .where(*INCIDENTS.of(team), ~col(StreamRow.closed))
        .group_by(col(StreamRow.rank))
    )
    found = {Severity(severity): count for severity, count in (await session.exec(query)).all()}
    return {severity: found.get(severity, 0) for severity in Severity}
