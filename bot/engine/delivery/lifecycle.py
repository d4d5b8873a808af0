"""How the deliverer is run, and how it ends, so that nothing that was begun is lost and nobody has to wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.engine.delivery.deliverer import Deliverer
from bot.engine.store import leases
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE

# Seconds. Whoever stops the bot kills it after ten: everything must end before that.
GRACE = 7.0  # for calls to Slack that were begun, counted from the order to stop
RELEASE_GRACE = 1.0  # for the release of the leases

log = structlog.get_logger(__name__)


class ShutdownTimer:
    """The time left for calls in progress after the order to stop."""

    def __init__(self) -> None:
        self._until: float | None = None

    def begin(self) -> None:
        """Note the order to stop."""
        self._until = asyncio.get_running_loop().time() + GRACE

    def left(self) -> float:
        """Seconds left; all of them before the order to stop."""
        return GRACE if self._until is None else max(self._until - asyncio.get_running_loop().time(), 0.0)


@asynccontextmanager
async def run_deliverer(
    deliverer: Deliverer, database: Database, team: str, *, worker: str, shutdown: ShutdownTimer
) -> AsyncIterator[asyncio.Task[None]]:
    """Run the deliverer until the end of the block.

    Then it finishes what it has begun, in the time that is left, and releases the rest. If the deliverer has failed,
    its error is raised then.

    Args:
        deliverer: the deliverer.
        database: where the leases are.
        team: the workspace whose effects are leased.
        worker: the name under which the leases are held.
        shutdown: how much time is left.
    """
    task = asyncio.create_task(deliverer.run(), name="deliverer")
    try:
        yield task
    finally:
        deliverer.stop()
        await asyncio.wait({task}, timeout=shutdown.left())
        if not task.done():
            log.warning("outbox.gave_up", hint="calls to Slack did not end in time; they will be looked for")
            deliverer.give_up()
            await asyncio.wait({task}, timeout=RELEASE_GRACE)
        await _release(database, team, worker)
        if task.done():
            await task


async def _release(database: Database, team: str, worker: str) -> None:
    """Release our leases, so that others get the effects at once; if that fails, they get them when the leases end."""
    try:
        async with asyncio.timeout(RELEASE_GRACE), database.writing() as session:
            await leases.release(session, team, worker)
    except TROUBLE as error:
        log.warning("outbox.not_released", error=type(error).__name__)
