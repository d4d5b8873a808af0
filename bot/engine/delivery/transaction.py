"""The transaction in which an effect is marked, for what must be remembered of its delivery."""

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
class DeliveryTransaction:
    """The transaction that marks an effect, at `now` (UTC).

    Attributes:
        row: the row of the effect in the outbox.
        kinds: the kinds of effects of its subject.
        acts: adds facts to the timelines of its subject.
        reminded: called for each posted reminder with its delay in seconds; None if nobody needs that.
    """

    session: AsyncSession
    row: EffectRow
    now: datetime
    kinds: Kinds
    acts: Acts[Any, Any]
    reminded: Reminded | None

    def count_reminder(self, due_at: datetime) -> None:
        """Count a reminder that was posted, with its delay since it was due (UTC)."""
        if self.reminded:
            self.reminded((self.now - due_at).total_seconds())

    async def stored(self) -> Stored[Any]:
        """The stream that the effect belongs to."""
        return await self.acts.streams.by_id(self.session, self.row.stream_id)

    async def locked(self) -> Stored[Any]:
        """The same stream, locked for a change."""
        return await self.acts.streams.locked_by_id(self.session, self.row.stream_id)

    async def put(self, *effects: Any, at_once: bool = False) -> None:
        """Add effects of the same stream; with `at_once`, without the pause of their lane."""
        row = self.row
        await outbox.put(
            self.session, self.kinds, row.team_id, row.stream_id, effects, now=self.now, at_once=at_once
        )
