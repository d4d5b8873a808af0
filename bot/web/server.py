"""The HTTP server: Slack's signed requests (unless Socket Mode is used), probes and metrics."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.core.errors import WarroomError
from bot.core.route import HttpHandler, Route
from bot.engine.monitor import Monitor
from bot.web import connections, probes
from bot.web.connections import Connections, Limits
from bot.web.gate import LARGEST, Gate
from bot.web.pages.routes import PageRoutes

GRACE = 2.0  # seconds in which open requests are answered before the server closes
LINGER = (
    2.0  # seconds in which the rest of a refused request is read and dropped, so that its sender reads why
)
BACKLOG = 64  # connections that are accepted at a time


class CannotServeError(WarroomError):
    """The HTTP server cannot listen; the message says where, why, and what to do."""


class Server:
    """One port for all: `/healthz`, `/readyz`, `/metrics`, the pages, and the addresses at which others call us.

    It listens before the bot is ready, so that probes can distinguish a bot that waits from a dead one.

    Args:
        monitor: has the results of the checks and the metrics.
        routes: the addresses at which others call us.
        pages: the addresses of pages; None where pages are files only.
        limits: how many connections, and how long each may take.
    """

    def __init__(
        self,
        monitor: Monitor,
        routes: Sequence[Route] = (),
        *,
        pages: PageRoutes | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._handlers: Mapping[str, HttpHandler] = {}
        self._connections = Connections(limits or connections.default_limits(connections.open_files()))
        server = web.Application(client_max_size=LARGEST, middlewares=[self._connections.middleware])
        probes.add_to(server, monitor)
        if pages:
            pages.add_to(server)
        self._gate = Gate(self._connections)
        server.add_routes([web.post(route.path, partial(self._handle, route)) for route in routes])
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
        """Listen until the end of the block, or until the end of `hearing`.

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
    async def handling(self, handlers: Mapping[str, HttpHandler]) -> AsyncIterator[None]:
        """Pass what arrives at each path to its handler until the end of the block; then close the server."""
        self._handlers = handlers
        try:
            yield
        finally:
            await self._close()

    async def _handle(self, route: Route, request: web.Request) -> web.Response:
        if route.path not in self._handlers:
            return web.Response(status=503, text="not ready yet")  # Slack sends events again
        return await self._gate.handle(route, request, self._handlers[route.path])

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
