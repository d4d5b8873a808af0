"""`warroom run`: run the bot in production."""

import asyncio
import gc
import os
import signal
import threading
from contextlib import AsyncExitStack, suppress
from importlib.metadata import version
from itertools import chain, repeat

import structlog

from bot.app import App, running
from bot.config import Settings
from bot.engine.store.errors import DatabaseUnavailableError
from bot.reloading import reload_when_told
from bot.slack.setup_check import SlackUnavailableError
from bot.starting import OnUnavailable

# Seconds between the attempts to reach Slack or the database at the start; the last value repeats.
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_STDIN = 0
LAST_MOMENT = 9.5  # seconds after SIGTERM; many supervisors kill the process after ten

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then finish what was begun. At the start, wait for Slack and the database.

    SIGHUP reads policy and templates anew.
    """
    stopped = stop_signal()
    told = reload_signal(stopped)
    async with AsyncExitStack() as stack:
        log.info("warroom.starting", version=version("warroom"))
        app = await _started(stack, settings, stopped)
        if app:
            freeze_garbage_collector()
            waiting = asyncio.create_task(stopped.wait())
            reloading = asyncio.create_task(reload_when_told(told, app.reload))
            # A bot that looks alive but delivers nothing is worse than one that ends and is restarted.
            await asyncio.wait({waiting, app.delivering}, return_when=asyncio.FIRST_COMPLETED)
            reloading.cancel()
            log.info("warroom.stopping", told=stopped.is_set())
            _exit_after(LAST_MOMENT)


def stop_signal() -> asyncio.Event:
    """An event that is set by SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def reload_signal(stopped: asyncio.Event) -> asyncio.Event:
    """An event that is set by SIGHUP, where there is such a signal.

    A terminal that is closed sends it too: then the process stops, because nobody could stop it by Ctrl-C any more.
    """
    told, in_terminal = asyncio.Event(), os.isatty(_STDIN)

    def hung_up() -> None:
        (stopped if in_terminal and not os.isatty(_STDIN) else told).set()

    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)
    return told


def freeze_garbage_collector() -> None:
    """Exclude all present objects from garbage collection: a full collection would block the event loop for 50 ms."""
    gc.freeze()
    gc.enable()


async def _started(stack: AsyncExitStack, settings: Settings, stopped: asyncio.Event) -> App | None:
    """The bot, when it is ready; None if it was told to stop before that."""
    starting = asyncio.create_task(stack.enter_async_context(running(settings, on_unavailable=_waiting())))
    stop_ordered = asyncio.create_task(stopped.wait())
    await asyncio.wait({starting, stop_ordered}, return_when=asyncio.FIRST_COMPLETED)
    stop_ordered.cancel()
    if not starting.done():
        _exit_after(LAST_MOMENT)
        starting.cancel()
    with suppress(asyncio.CancelledError):
        return await starting
    return None


def _exit_after(seconds: float) -> None:
    """End the process after this time, even if something hangs (a name server, a disk)."""

    def leave() -> None:
        log.error("warroom.forced_to_leave", after_seconds=seconds)
        os._exit(1)

    last_moment = threading.Timer(seconds, leave)
    last_moment.daemon = True
    last_moment.start()


def _waiting() -> OnUnavailable:
    """A function that logs what we wait for, then waits; each time a little longer."""
    pauses = chain(PAUSES, repeat(PAUSES[-1]))

    async def wait(error: SlackUnavailableError | DatabaseUnavailableError) -> None:
        gc.enable()  # it may take long
        pause = next(pauses)
        away = "database.away" if isinstance(error, DatabaseUnavailableError) else "slack.unwell"
        log.warning(away, hint=str(error), again_in_seconds=pause)
        await asyncio.sleep(pause)

    return wait
