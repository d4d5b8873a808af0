"""The HTTP server: `/slack/events` for everything that Slack sends, `/healthz` for whoever keeps us running."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import WarroomError

Handler = Callable[[web.Request], Awaitable[web.Response]]


class CannotServeError(WarroomError):
    """The HTTP server cannot listen; the message says where, why, and what to do."""


@asynccontextmanager
async def serving(events: Handler, host: str, port: int) -> AsyncIterator[None]:
    """Serve until the end of the block.

    Args:
        events: handles Slack's requests.
        host: the address to listen on.
        port: the port.

    Raises:
        CannotServeError: the port is taken or may not be used.
    """
    server = web.Application()
    server.add_routes([web.post("/slack/events", events), web.get("/healthz", _healthz)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotServeError(
            f"cannot listen on {host}:{port}: {error.strerror}. Stop what listens there, or change PORT or HOST."
        ) from error


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})
