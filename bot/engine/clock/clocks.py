"""What time it is, for whom."""

import time
from datetime import datetime
from typing import NamedTuple

from bot.core.clock import AgreedClock, Clock, Now
from bot.core.jumps import Timer
from bot.engine.store.database import Database


class Clocks(NamedTuple):
    """What time it is for people's acts, and for the outbox and reminders; and how time passes."""

    acts: Clock
    now: Now
    timer: Timer


def agreed(own: Clock, database: Database) -> Clocks:
    """Leases and reminders go by the database's clock, on which replicas agree.

    People's acts go by this machine's, as long as it is near to that.
    """
    clock = AgreedClock(own)

    async def now() -> datetime:
        told = await database.now()
        clock.heard(told)
        return told

    return Clocks(acts=clock, now=now, timer=time.monotonic)


def moved(clock: Clock) -> Clocks:
    """All go by this one, which is moved on purpose and never jumps."""

    async def now() -> datetime:
        return clock()

    return Clocks(acts=clock, now=now, timer=lambda: clock().timestamp())
