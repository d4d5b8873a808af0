"""The tick: claim what is due, record each nudge once, and leave the reminding to the outbox.

Of an incident at most one reminder stands in the war room, and one in the incidents channel. A step that calls nobody
new is shown by editing it; one that does is posted, and takes the place of the one before.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.jumps import Jumps, Timer
from bot.incident.domain.cadence import Nudge, Rung, calls_anew, look
from bot.incident.domain.effects import Broadcast, CloseBroadcast, CloseReminder, Effect, Remind
from bot.incident.domain.policy import Policy
from bot.store import outbox, reminders
from bot.store.database import Database
from bot.store.incidents import Stored
from bot.store.reminders import Sending
from bot.store.tables import ReminderRow

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
        standing = await reminders.standing(session, [stored.id for stored in claimed])
        looks: dict[int, datetime | None] = {}
        sendings: list[Sending] = []
        for stored in claimed:
            nudges, looks[stored.id] = look(stored.state, self._policy, now)
            sendings += self._sendings(stored, nudges, standing.get(stored.id, []))
        new = await reminders.add(session, sendings, now)
        effects = [
            (sending.stored.team, sending.stored.id, effect)
            for sending, row_id in new
            for effect in _show(sending, row_id, standing.get(sending.stored.id, []), now)
        ]
        await outbox.put_all(session, effects, now)
        await reminders.look_again(session, looks)
        return len(new)

    def _sendings(
        self, stored: Stored, nudges: Sequence[Nudge], standing: Sequence[ReminderRow]
    ) -> list[Sending]:
        """Where each nudge goes; of several in one place only the latest can be posted there."""
        latest = {self._goes_to_channel(stored, nudge): nudge for nudge in sorted(nudges, key=_slot)}
        sendings = []
        for nudge in nudges:
            broadcast = self._goes_to_channel(stored, nudge)
            before = _last(standing, broadcast=broadcast)
            stands = nudge is latest[broadcast] and _is_posted(stored, nudge, before)
            sendings.append(Sending(stored, nudge, broadcast, stands))
        return sendings

    def _goes_to_channel(self, stored: Stored, nudge: Nudge) -> bool:
        """A private incident, and one of a workspace without incidents channel, stays among its own people."""
        return nudge.rung is Rung.CHANNEL and self._has_channel and not stored.state.private


def _slot(nudge: Nudge) -> datetime:
    return nudge.slot


def refreshed(row: ReminderRow) -> list[Effect]:
    """What brings a reminder that stands up to date."""
    kind = Broadcast if row.broadcast else Remind
    return [kind(reminder=row.id, nudge=reminders.nudge_of(row))] if row.id is not None else []


def closed(row: ReminderRow) -> list[Effect]:
    """What shows that a reminder was answered, or takes it away."""
    kind = CloseBroadcast if row.broadcast else CloseReminder
    return [kind(reminder=row.id)] if row.id is not None else []


def _is_posted(stored: Stored, nudge: Nudge, before: ReminderRow | None) -> bool:
    """Whether a nudge gets a message of its own: not where one of its height was posted since it stands."""
    if before is None:
        return True
    is_covered = before.fired_at >= nudge.slot and before.rung >= nudge.rung
    return not is_covered and calls_anew(stored.state, nudge, reminders.nudge_of(before))


def _show(sending: Sending, row_id: int, standing: Sequence[ReminderRow], now: datetime) -> list[Effect]:
    """Post a new nudge in the place of what stands there, or bring that up to date; and the other place too."""
    elsewhere = _last(standing, broadcast=not sending.broadcast)
    others = refreshed(elsewhere) if elsewhere else []
    before = _last(standing, broadcast=sending.broadcast)
    if not sending.stands:
        return [*(refreshed(before) if before else []), *others]
    # Releases before this one left more than one standing: those are no longer followed.
    for row in standing:
        if row.broadcast is sending.broadcast:
            row.answered_at = now
    kind = Broadcast if sending.broadcast else Remind
    return [kind(reminder=row_id, nudge=sending.nudge), *(closed(before) if before else []), *others]


def _last(standing: Sequence[ReminderRow], *, broadcast: bool) -> ReminderRow | None:
    return next((row for row in reversed(standing) if row.broadcast is broadcast), None)
