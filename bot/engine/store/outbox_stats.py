"""The state of the outbox in numbers. Metrics are read often, so each query uses a partial index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import outbox
from bot.engine.store.kinds import WARN
from bot.engine.store.tables import EffectRow, is_dead


@dataclass(frozen=True, slots=True)
class OutboxStats:
    """The numbers at one moment.

    Attributes:
        waiting: effects that are not delivered yet.
        oldest: since when the oldest of them waits (UTC); None if none waits.
        dead: effects that were refused for good.
    """

    waiting: int
    oldest: datetime | None
    dead: int


async def outbox_stats(session: AsyncSession, team: str) -> OutboxStats:
    """The state of a workspace's outbox. Effects that are done cost nothing."""
    waiting, oldest = await outbox.backlog(session, team)
    theirs = select(func.count()).where(
        is_dead(EffectRow),
        EffectRow.team_id == team,
        col(EffectRow.kind) != WARN,  # it is about other dead effects
    )
    dead = (await session.exec(theirs)).one()
    return OutboxStats(waiting, oldest, dead)
