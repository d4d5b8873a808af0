"""The tick: APScheduler is only the clock; once a second it asks what is due."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.clock import Now
from bot.engine.clock.due import DuePoller
from bot.engine.clock.housekeeping import tidy
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE

Chore = Callable[[datetime], Awaitable[None]]  # gets the time (UTC)

SECONDS = 1
GRACE = 1.0  # seconds that a tick has to end after the order to stop

log = structlog.get_logger(__name__)


@asynccontextmanager
async def ticking(
    due: DuePoller, chores: Sequence[Chore], database: Database, team: str, now: Now
) -> AsyncIterator[None]:
    """Tick until the end of the block. There is one job, and it never runs twice at the same time.

    Args:
        due: asks the subjects what is due.
        chores: what else to do at each tick.
        database: where old acts are deleted.
        team: the workspace whose acts these are.
        now: returns the time by which things are due.
    """
    at_work = asyncio.Lock()

    async def tick() -> None:
        async with at_work:
            try:
                moment = await now()
                await due.tick(moment)
                for chore in chores:
                    await chore(moment)
                await tidy(database, team, moment)
            except TROUBLE as error:
                # The database cannot be used. Nothing is lost: the next tick finds what is due.
                log.warning("reminders.tick_failed", error=type(error).__name__)

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick, "interval", seconds=SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    try:
        yield
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await at_work.acquire()  # a tick that has begun ends before the database is closed
        scheduler.shutdown(wait=False)
