"""Reads and keeps what people have chosen about reminders of action items."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.engine.store.database import Database, Session
from bot.followup.commands.loaded import Chosen
from bot.followup.domain.policy import ActionPolicy
from bot.followup.domain.preferences import Change
from bot.followup.store import preferences
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access


@dataclass(frozen=True, slots=True)
class Preferring:
    """Reads and keeps it.

    Attributes:
        database: where it is stored.
        policy: returns what the team has decided, as it counts now.
    """

    database: Database
    policy: Callable[[], ActionPolicy]

    async def load(self, request: Request, _access: Access) -> Request:
        """What the actor has chosen."""
        async with self.database.autocommitting() as session:
            row = await preferences.row_of(session, request.team, request.actor)
        return replace(request, loaded=Chosen(preferences.of_row(row), self.policy().working_hours))


async def keep(session: Session, request: Request, wanted: Change) -> None:
    """Keep what the actor chooses. The clock looks at their action items at once."""
    await preferences.change(session, request.team, request.actor, wanted, request.now)
