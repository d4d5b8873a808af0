"""How the outbox stands, in figures: asked by whoever looks from outside, so each query goes by a partial index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import outbox
from bot.engine.store.kinds import WARN
from bot.engine.store.tables import EffectRow, is_dead


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one moment.

    Attributes:
        waiting: effects that are not delivered yet.
        oldest: since when the oldest of them waits (UTC); None where none does.
        dead: effects that were refused for good.
    """

    waiting: int
    oldest: datetime | None
    dead: int


async def standing(session: AsyncSession, team: str) -> Standing:
    """How it stands with a workspace's outbox. What is over costs nothing."""
    waiting, oldest = await outbox.backlog(session, team)
    theirs = select(func.count()).where(
        is_dead(EffectRow),
        EffectRow.team_id == team,
        col(EffectRow.kind) != WARN,  # it is about others of them
    )
    dead = (await session.exec(theirs)).one()
    return Standing(waiting, oldest, dead)
