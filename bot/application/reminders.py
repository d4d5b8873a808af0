"""The tick: claim what is due, record each nudge once, and leave the reminding to the outbox."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.jumps import Jumps, Timer
from bot.domain.cadence import Nudge, Rung, due, next_look
from bot.domain.effects import Broadcast, Remind
from bot.domain.policy import Policy
from bot.store import outbox, reminders
from bot.store.database import Database
from bot.store.incidents import Stored
from bot.store.reminders import Sending

HANDS = 2  # batches at once, when there are many
BATCH = 200  # incidents a transaction: short enough that a click never waits for the tick


class Reminders:
    """The keeper of promises. Restart, double tick and long sleep are harmless: a nudge is recorded once.

    Args:
        database: where incidents and reminders are kept.
        team: the workspace whose incidents are looked at.
        policy: the promises.
        has_channel: whether there is an incidents channel for the last rung.
        committed: called after each commit that left effects.
        timer: how time passes, whatever the clock says.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        policy: Policy,
        *,
        has_channel: bool,
        committed: Callable[[], None],
        timer: Timer = time.monotonic,
    ) -> None:
        self._database = database
        self._team = team
        self._jumps = Jumps(timer)
        self._put_off = False
        self._policy = policy
        self._has_channel = has_channel
        self._committed = committed

    async def tick(self, now: datetime) -> int:
        """Send what is due at `now`; returns how many nudges were recorded."""
        self._put_off |= self._jumps.noticed(now) < 0
        if self._put_off:  # by a clock that was ahead: nobody is to wait until it is so late again
            async with self._database.writing() as session:
                await reminders.look_at_all(session, self._team, now)
            self._put_off = False
        recorded, is_all = await self._batch(now)
        if is_all:
            return recorded
        # There are many: while the database is at work on one batch, the next is made ready.
        return recorded + sum(await asyncio.gather(*(self._rest(now) for _ in range(HANDS))))

    async def _rest(self, now: datetime) -> int:
        recorded, is_all = await self._batch(now)
        while not is_all:
            more, is_all = await self._batch(now)
            recorded += more
        return recorded

    async def _batch(self, now: datetime) -> tuple[int, bool]:
        """Record the nudges of some incidents; how many, and whether that was all."""
        async with self._database.writing() as session:
            claimed = await reminders.claim_due(session, self._team, now, BATCH)
            recorded = await self._record(session, claimed, now)
        if recorded:
            self._committed()
        return recorded, len(claimed) < BATCH

    async def _record(self, session: AsyncSession, claimed: list[Stored], now: datetime) -> int:
        sendings = [
            Sending(stored, nudge, broadcast=self._goes_to_channel(stored, nudge))
            for stored in claimed
            for nudge in due(stored.incident, self._policy, now)
        ]
        new = await reminders.add(session, sendings, now)
        effects = [
            (sending.stored.team, sending.stored.id, _effect(sending, row_id)) for sending, row_id in new
        ]
        await outbox.put_all(session, effects, now)
        looks = {stored.id: next_look(stored.incident, self._policy, now) for stored in claimed}
        await reminders.look_again(session, looks)
        return len(new)

    def _goes_to_channel(self, stored: Stored, nudge: Nudge) -> bool:
        """A private incident, and one of a workspace without incidents channel, stays among its own people."""
        return nudge.rung is Rung.CHANNEL and self._has_channel and not stored.incident.private


def _effect(sending: Sending, reminder: int) -> Remind:
    return (Broadcast if sending.broadcast else Remind)(reminder=reminder, nudge=sending.nudge)
