"""The HTTP server: Slack's signed requests where they come that way, and how it stands for whoever looks."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.core.errors import WarroomError
from bot.core.route import Hear, Route
from bot.engine.watch import Watch
from bot.web import connections, look
from bot.web.connections import Connections, Limits
from bot.web.gate import LARGEST, Gate

GRACE = 2.0  # seconds in which requests under way are answered before the server closes
LINGER = (
    2.0  # seconds in which the rest of a refused request is read and dropped, so that its sender reads why
)
BACKLOG = 64  # connections that are taken in one go


class CannotServeError(WarroomError):
    """The HTTP server cannot listen; the message says where, why, and what to do."""


class Server:
    """One port for all: `/healthz`, `/readyz`, `/metrics`, and the addresses at which others call us.

    It listens before the bot is at work, so that probes can tell a bot that waits from one that is dead.

    Args:
        watch: knows how it stands.
        routes: at which others call us.
        limits: how many connections, and how long each may do what.
    """

    def __init__(
        self,
        watch: Watch,
        routes: Sequence[Route] = (),
        *,
        limits: Limits | None = None,
    ) -> None:
        self._hearing: Mapping[str, Hear] = {}
        self._connections = Connections(limits or connections.usual(connections.open_files()))
        server = web.Application(client_max_size=LARGEST, middlewares=[self._connections.middleware])
        look.add_to(server, watch)
        self._gate = Gate(self._connections)
        server.add_routes([web.post(route.path, partial(self._heard, route)) for route in routes])
        self._runner = web.AppRunner(
            server,
            access_log=None,
            shutdown_timeout=GRACE,
            lingering_time=LINGER,
            auto_decompress=False,  # Slack does not compress; the signature is of the bytes as they came
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
    async def hearing(self, hearing: Mapping[str, Hear]) -> AsyncIterator[None]:
        """Have what is heard at each path answered until the end of the block; then close: nothing new is begun."""
        self._hearing = hearing
        try:
            yield
        finally:
            await self._close()

    async def _heard(self, route: Route, request: web.Request) -> web.Response:
        if route.path not in self._hearing:
            return web.Response(status=503, text="not ready yet")  # Slack sends events again
        return await self._gate.heard(route, request, self._hearing[route.path])

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
    """The server itself would log whatever is no HTTP with a traceback, and anybody can send that."""
    logger = logging.getLogger("warroom.web")
    logger.addFilter(_is_ours)
    return logger


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)
