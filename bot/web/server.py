"""The HTTP server: Slack's signed requests (unless Socket Mode is used), probes and metrics."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.application.watch import Watch
from bot.core.clock import Clock, utc_now
from bot.core.errors import WarroomError
from bot.web import connections, look
from bot.web.connections import Connections, Limits
from bot.web.signed import LARGEST, Handler, Signed

GRACE = 2.0  # seconds in which open requests are answered before the server closes
LINGER = (
    2.0  # seconds in which the rest of a refused request is read and dropped, so that its sender reads why
)
BACKLOG = 64  # connections that are accepted at a time


class CannotServeError(WarroomError):
    """The HTTP server cannot listen; the message says where, why, and what to do."""


class Server:
    """The server of `/slack/events`, `/healthz`, `/readyz` and `/metrics`, on one port.

    It listens before the bot is ready, so that probes can distinguish a bot that waits from a dead one.

    Args:
        watch: has the results of the checks and the metrics.
        signing_secret: verifies Slack's requests; None in Socket Mode, which has no `/slack/events`.
        now: this machine's clock, to refuse requests that are too old.
        limits: how many connections, and how long each may take.
    """

    def __init__(
        self,
        watch: Watch,
        *,
        signing_secret: str | None,
        now: Clock = utc_now,
        limits: Limits | None = None,
    ) -> None:
        self._events: Handler | None = None
        self._connections = Connections(limits or connections.usual(connections.open_files()))
        server = web.Application(client_max_size=LARGEST, middlewares=[self._connections.middleware])
        look.add_to(server, watch)
        if signing_secret is not None:
            self._signed = Signed(signing_secret, now, self._connections)
            server.add_routes([web.post("/slack/events", self._heard)])
        self._runner = web.AppRunner(
            server,
            access_log=None,
            shutdown_timeout=GRACE,
            lingering_time=LINGER,
            auto_decompress=False,  # Slack does not compress, and the signature is about the bytes as they were sent
            logger=_quiet(),
        )
        self._listener: asyncio.Server | None = None

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
            await self._close()

    @asynccontextmanager
    async def hearing(self, events: Handler) -> AsyncIterator[None]:
        """Pass Slack's requests to this handler until the end of the block; then close the server."""
        self._events = events
        try:
            yield
        finally:
            await self._close()

    async def _heard(self, request: web.Request) -> web.Response:
        if self._events is None:
            return web.Response(status=503, text="not ready yet")  # Slack sends events again
        return await self._signed.heard(request, self._events)

    async def _listen(self, host: str, port: int) -> None:
        protocols = self._runner.server
        if protocols is None:
            raise RuntimeError("set the runner up before it listens")
        try:
            self._listener = await asyncio.get_running_loop().create_server(
                self._connections.guard(protocols), host, port, backlog=BACKLOG
            )
        except OSError as error:
            raise CannotServeError(
                f"cannot listen on {host}:{port}: {error.strerror}. Stop what listens there, or change PORT or HOST."
            ) from error

    async def _close(self) -> None:
        if self._listener:
            self._listener.close()
        await self._runner.cleanup()


def _quiet() -> logging.Logger:
    """A logger without the server's own tracebacks about invalid HTTP, which anybody could send."""
    logger = logging.getLogger("warroom.web")
    logger.addFilter(_is_ours)
    return logger


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)
