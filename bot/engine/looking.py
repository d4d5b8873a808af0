"""Looks after something from time to time, beside the tick: what a look waits for delays nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from bot.engine.store.errors import TROUBLE

log = structlog.get_logger(__name__)


@asynccontextmanager
async def looking(
    look: Callable[[], Awaitable[None]], *, every: float, name: str, failed: str, at_once: bool = True
) -> AsyncIterator[None]:
    """Look until the end of the block. If the database cannot be used, the next look makes up for it.

    Args:
        look: looks once.
        every: seconds between two looks.
        name: the name of the task.
        failed: the event in the log when the database could not be used.
        at_once: whether the first look comes at once, and not after the first pause.
    """

    async def keep_looking() -> None:
        if not at_once:
            await asyncio.sleep(every)
        while True:
            try:
                await look()
            except TROUBLE as error:
                log.warning(failed, error=type(error).__name__)
            await asyncio.sleep(every)

    task = asyncio.create_task(keep_looking(), name=name)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
