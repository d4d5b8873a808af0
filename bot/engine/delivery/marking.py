"""The transaction in which an effect is marked, for what is remembered of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.acts import Acts
from bot.engine.store import outbox
from bot.engine.store.kinds import Kinds
from bot.engine.store.streams import Stored
from bot.engine.store.tables import EffectRow

Reminded = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Marking:
    """The transaction that marks an effect, at `now` (UTC).

    Attributes:
        row: the effect as it stands in the outbox.
        kinds: of its subject's effects.
        acts: puts facts on the timelines of its subject.
        reminded: told of each reminder that was posted how many seconds after its time; None where nobody asks.
    """

    session: AsyncSession
    row: EffectRow
    now: datetime
    kinds: Kinds
    acts: Acts[Any, Any]
    reminded: Reminded | None

    async def stored(self) -> Stored[Any]:
        """The stream that the effect is of."""
        return await self.acts.streams.by_id(self.session, self.row.stream_id)

    async def locked(self) -> Stored[Any]:
        """The same, locked to be changed."""
        stored = await self.stored()
        return await self.acts.streams.lock(self.session, stored.team, stored.state.number) or stored

    async def put(self, *effects: Any) -> None:
        """Have more shown of the same stream."""
        row = self.row
        await outbox.put(self.session, self.kinds, row.team_id, row.stream_id, effects, now=self.now)
