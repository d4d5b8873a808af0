"""Who has left a war room, or the workspace, holds no role any more."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.incidents import Incidents
from bot.core.decision import Refused
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Ending
from bot.store.incidents import Stored


async def part(
    session: AsyncSession, changes: Incidents, stored: Stored, people: Mapping[str, Ending], now: datetime
) -> None:
    """End what these people hold, each for a reason, in a transaction that has locked the incident."""
    for person, why in people.items():
        decide = partial(rules.part, person=person, why=why, now=now)
        moved = await changes.move(session, stored, decide, now)
        if not isinstance(moved, Refused):
            stored = moved
