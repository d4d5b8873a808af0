"""`warroom run`: production."""

import asyncio
import signal

from bot.app import running
from bot.config import Settings


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished."""
    async with running(settings):
        await until_stopped()


async def until_stopped() -> None:
    """Wait for somebody to say stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
