"""Makes a pack, or finds the one that was kept."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.review.domain.board import Board
from bot.review.domain.board_span import BoardSpan
from bot.review.domain.making import make_pack
from bot.review.domain.pack import Pack
from bot.review.store import boards
from bot.review.store.sources import sources


@dataclass(frozen=True, slots=True)
class Packs:
    """Makes and finds packs.

    Attributes:
        database: where incidents and boards are stored.
        policy: returns the promises that count now.
    """

    database: Database
    policy: Callable[[], Policy]

    async def kept(self, team: str, asked: BoardSpan) -> Board | None:
        """The board of a whole week, if it was posted; None of any other span."""
        if not asked.week:
            return None
        async with self.database.reading() as session:
            return await boards.kept(session, team, asked.week)

    async def make(self, team: str, asked: BoardSpan, now: datetime) -> Pack:
        """The pack of a span at this time (UTC). It is computed in a thread, so that nobody else waits for it."""
        policy = self.policy()
        async with self.database.reading() as session:
            found = await sources(session, team, asked.span, policy, now)
        return await asyncio.to_thread(make_pack, asked.span, asked.week, found, policy, now)
