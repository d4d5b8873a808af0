"""The HTTP server: Slack's signed requests where they come that way, and how it stands for whoever looks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.application.watch import Watch
from bot.errors import WarroomError
from bot.web import look

GRACE = 2.0  # seconds in which requests under way are answered before the server closes

Handler = Callable[[web.Request], Awaitable[web.Response]]


class CannotServeError(WarroomError):
    """The HTTP server cannot listen; the message says where, why, and what to do."""


class Server:
    """One address for all: `/slack/events`, `/healthz`, `/readyz`, `/metrics`.

    It listens before the bot is at work, so that probes can tell a bot that waits from one that is dead.

    Args:
        watch: knows how it stands.
        hears_slack: whether Slack sends its requests here; in Socket Mode there is no `/slack/events`.
    """

    def __init__(self, watch: Watch, *, hears_slack: bool) -> None:
        self._events: Handler | None = None
        server = web.Application()
        look.add_to(server, watch)
        if hears_slack:
            server.add_routes([web.post("/slack/events", self._heard)])
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=GRACE)

    @asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen until the end of the block, or of `hearing`.

        Args:
            host: the address to listen on.
            port: the port.

        Raises:
            CannotServeError: the port is taken or may not be used.
        """
        await self._runner.setup()
        try:
            await self._listen(host, port)
            yield
        finally:
            await self._runner.cleanup()

    @asynccontextmanager
    async def hearing(self, events: Handler) -> AsyncIterator[None]:
        """Let this handler have Slack's requests until the end of the block; then close: nothing new is begun."""
        self._events = events
        try:
            yield
        finally:
            await self._runner.cleanup()

    async def _heard(self, request: web.Request) -> web.Response:
        if self._events is None:
            return web.Response(status=503, text="not ready yet")  # Slack sends events again
        return await self._events(request)

    async def _listen(self, host: str, port: int) -> None:
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            raise CannotServeError(
                f"cannot listen on {host}:{port}: {error.strerror}. Stop what listens there, or change PORT or HOST."
            ) from error
