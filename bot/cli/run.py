"""`warroom run`: production."""

import asyncio
import gc
import signal

import structlog

from bot.app import running
from bot.config import Settings
from bot.slack.acceptance import SlackUnwellError

PAUSE = 5.0  # seconds until Slack is asked again whether it is well

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; what was begun is finished. While Slack is unwell at the start, wait for it."""
    stopped = stop_signal()
    while not stopped.is_set():
        try:
            async with running(settings) as app:
                _spare_the_collector()
                waiting = asyncio.create_task(stopped.wait())
                # A bot that looks alive but delivers nothing is worse than one that is down and started again.
                await asyncio.wait({waiting, app.delivering}, return_when=asyncio.FIRST_COMPLETED)
                stopped.set()
        except SlackUnwellError as error:
            gc.enable()
            log.warning("slack.unwell", hint=str(error))
            await _within(stopped, PAUSE)


def stop_signal() -> asyncio.Event:
    """Set as soon as somebody says stop (SIGTERM, SIGINT)."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _spare_the_collector() -> None:
    """What is loaded now stays for good. Each full collection would look through it all, and hold the loop for 50 ms."""
    gc.freeze()
    gc.enable()


async def _within(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
