"""Limits on connections and their duration, so that slow clients cannot keep out Slack, probes or Prometheus.

aiohttp lets a client take an hour to send the head of its request, and does not limit the number of connections. Each
connection needs a file descriptor, and without a free one neither Slack nor the database can be reached.
"""

import asyncio
import resource
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

SHARE = 4  # one of four file descriptors; the others are for Slack, the database and the log
FEWEST, MOST = 16, 512  # connections


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each part of a connection may take, in seconds, and how many connections there may be.

    Attributes:
        head: from the connection, or the first bytes of another request, until the head of the request has arrived.
        body: from the head until the body of a request from Slack has arrived; Slack does not wait longer for the
            answer.
        answer: from the head to the answer, except for requests that Slack has signed: acts have their own deadline.
        idle: between two requests. It is longer than proxies keep an idle connection (Google's load balancers: 600 s),
            so that they do not send a request into a connection that we are closing.
        connections: how many at the same time.
    """

    head: float = 5.0
    body: float = 3.0
    answer: float = 10.0
    idle: float = 620.0
    connections: int = MOST


def open_files() -> int:
    """The number of files that this process may have open."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def default_limits(files: int) -> Limits:
    """The default limits, for a process that may have this many open files."""
    if files == resource.RLIM_INFINITY:
        return Limits()
    return Limits(connections=max(FEWEST, min(MOST, files // SHARE)))


@dataclass(slots=True, eq=False)
class _Connection:
    transport: asyncio.Transport
    trusted: bool = False
    idle: bool = False
    ending: asyncio.TimerHandle | None = None


class Connections:
    """All open connections. If there are too many, the one that has waited longest is closed.

    Args:
        limits: how many connections, and how long each may take.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._open: dict[asyncio.BaseTransport, _Connection] = {}  # the one that has waited longest is first

    def guard(self, inner: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """A factory that wraps the protocol of each connection, so that its beginning and end are seen here."""
        return lambda: _Guarded(self, inner())

    def trust(self, request: web.Request) -> None:
        """Keep the connection of this request until it is answered, because Slack has signed it."""
        if connection := self._of(request):
            connection.trusted = True
            self._allow(connection, None)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Watch each request, from its complete head to its answer."""
        connection = self._of(request)
        if connection is None:  # the client has hung up
            return await handler(request)
        connection.idle = False
        self._allow(connection, self.limits.answer)
        try:
            return await handler(request)
        finally:
            connection.trusted = False
            connection.idle = True
            if connection.transport in self._open:
                self._allow(connection, self.limits.idle)

    def began(self, connection: _Connection) -> None:
        """Note that another request begins after a pause."""
        connection.idle = False
        if connection.transport in self._open:
            self._allow(connection, self.limits.head)

    def opened(self, transport: asyncio.Transport) -> _Connection:
        """Add a new connection; close one if there are too many."""
        if len(self._open) >= self.limits.connections:
            self._make_room()
        connection = self._open[transport] = _Connection(transport)
        self._allow(connection, self.limits.head)
        if len(self._open) > self.limits.connections:  # all others are from Slack and not answered yet
            self._close(connection)
        return connection

    def closed(self, transport: asyncio.BaseTransport) -> None:
        """Remove a connection that has ended, on either side."""
        connection = self._open.pop(transport, None)
        if connection and connection.ending:
            connection.ending.cancel()

    def _of(self, request: web.Request) -> _Connection | None:
        return self._open.get(request.transport) if request.transport else None

    def _make_room(self) -> None:
        waiting = next((each for each in self._open.values() if not each.trusted), None)
        if waiting:
            self._close(waiting)

    def _allow(self, connection: _Connection, seconds: float | None) -> None:
        """Restart the time limit of a connection that has done something."""
        if connection.ending:
            connection.ending.cancel()
        loop = asyncio.get_running_loop()
        connection.ending = None if seconds is None else loop.call_later(seconds, self._close, connection)
        self._open[connection.transport] = self._open.pop(connection.transport)

    def _close(self, connection: _Connection) -> None:
        self.closed(connection.transport)
        connection.transport.abort()


class _Guarded(asyncio.Protocol):
    """A protocol that reports when its connection begins and ends."""

    def __init__(self, connections: Connections, inner: asyncio.Protocol) -> None:
        self._connections = connections
        self._inner = inner
        self._connection: _Connection | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._inner.connection_made(transport)
        if isinstance(transport, asyncio.Transport):
            self._connection = self._connections.opened(transport)

    def data_received(self, data: bytes) -> None:
        if self._connection and self._connection.idle:
            self._connections.began(self._connection)
        self._inner.data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._connection:
            self._connections.closed(self._connection.transport)
        self._inner.connection_lost(exc)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()
