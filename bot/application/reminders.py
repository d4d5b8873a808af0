"""The tick: claim what is due, record each nudge once, and leave the reminding to the outbox."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.cadence import Nudge, Rung, due, next_look
from bot.domain.effects import Broadcast, Remind
from bot.domain.policy import Policy
from bot.store import outbox, reminders
from bot.store.database import Database
from bot.store.incidents import Stored

BATCH = 200  # incidents a transaction: short enough that a click never waits for the tick


class Reminders:
    """The keeper of promises. Restart, double tick and long sleep are harmless: a nudge is recorded once.

    Args:
        database: where incidents and reminders are kept.
        policy: the promises.
        has_channel: whether there is an incidents channel for the last rung.
        committed: called after each commit that left effects.
    """

    def __init__(
        self, database: Database, policy: Policy, *, has_channel: bool, committed: Callable[[], None]
    ) -> None:
        self._database = database
        self._policy = policy
        self._has_channel = has_channel
        self._committed = committed

    async def tick(self, now: datetime) -> int:
        """Send what is due at `now`; returns how many nudges were recorded."""
        total = 0
        while True:
            async with self._database.writing() as session:
                claimed = await reminders.claim_due(session, now, BATCH)
                sent = [await self._nudge(session, stored, now) for stored in claimed]
            total += sum(sent)
            if any(sent):
                self._committed()
            if len(claimed) < BATCH:
                return total

    async def _nudge(self, session: AsyncSession, stored: Stored, now: datetime) -> int:
        recorded = 0
        for nudge in due(stored.incident, self._policy, now):
            broadcast = self._goes_to_channel(stored, nudge)
            reminder = await reminders.add(session, stored, nudge, now, broadcast=broadcast)
            if reminder is None:
                continue
            effect = (Broadcast if broadcast else Remind)(reminder=reminder, nudge=nudge)
            await outbox.put(session, stored.team, stored.id, [effect], now)
            recorded += 1
        await reminders.look_again(session, stored, next_look(stored.incident, self._policy, now))
        return recorded

    def _goes_to_channel(self, stored: Stored, nudge: Nudge) -> bool:
        """A private incident, and one of a workspace without incidents channel, stays among its own people."""
        return nudge.rung is Rung.CHANNEL and self._has_channel and not stored.incident.private
