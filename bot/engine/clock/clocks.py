"""The clocks: one for people's acts, one for the outbox and reminders."""

import time
from datetime import datetime
from typing import NamedTuple

from bot.core.clock import Clock, CorrectedClock, Now
from bot.core.clock_jumps import Timer
from bot.engine.store.database import Database


class Clocks(NamedTuple):
    """The time for people's acts, the time for the outbox and reminders, and how time passes."""

    acts: Clock
    now: Now
    timer: Timer


def corrected(own: Clock, database: Database) -> Clocks:
    """The clocks of a bot at work: the database's clock, on which replicas agree, for leases and reminders.

    People's acts use the clock of this machine, as long as it is close to the database's.
    """
    clock = CorrectedClock(own)

    async def now() -> datetime:
        database_time = await database.now()
        clock.correct(database_time)
        return database_time

    return Clocks(acts=clock, now=now, timer=time.monotonic)


def manual(clock: Clock) -> Clocks:
    """One clock for everything, which is moved on purpose and never jumps."""

    async def now() -> datetime:
        return clock()

    return Clocks(acts=clock, now=now, timer=lambda: clock().timestamp())
