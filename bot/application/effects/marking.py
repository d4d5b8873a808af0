"""The transaction in which an effect is marked, for what is remembered of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.incidents import Incidents
from bot.incident.domain.cadence import Nudge
from bot.incident.domain.effects import Effect
from bot.store import incidents, outbox
from bot.store.incidents import Stored
from bot.store.tables import EffectRow

Reminded = Callable[[Nudge, datetime], None]


@dataclass(frozen=True, slots=True)
class Marking:
    """The transaction that marks an effect, at `now` (UTC).

    Attributes:
        row: the effect as it stands in the outbox.
        changes: puts facts on timelines.
        reminded: told of each reminder that stands in Slack, and when (UTC); None where nobody asks.
    """

    session: AsyncSession
    row: EffectRow
    now: datetime
    changes: Incidents
    reminded: Reminded | None

    async def stored(self) -> Stored:
        """The incident that the effect is of."""
        return await incidents.by_id(self.session, self.row.stream_id)

    async def locked(self) -> Stored:
        """The same, locked to be changed."""
        stored = await self.stored()
        return await incidents.lock(self.session, stored.team, stored.state.number) or stored

    async def put(self, *effects: Effect) -> None:
        """Have more shown of the same incident."""
        await outbox.put(self.session, self.row.team_id, self.row.stream_id, effects, self.now)
