"""What the stand-ins have in common: they listen on loopback, remember what they were asked, and fail as they are told."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

LOST = -1  # the status of a fault after which the connection ends without an answer


@dataclass
class Fault:
    """How a request fails.

    Attributes:
        method: of the requests that fail.
        status: of the answer; `LOST` if there is none.
        is_done: whether what was asked happens all the same.
        holds: if it is given, the answer waits until it is set.
    """

    method: str
    status: int
    body: str = "{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False
    holds: asyncio.Event | None = None


@dataclass
class StandIn:
    """A small tracker.

    Attributes:
        asked: method and path of every request, in order.
        faults: the next ones, each for one request.
        time: by its own clock; it moves by a second at each change.
        done: set when something has happened whose answer is a fault.
    """

    asked: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    time: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    url: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def moved_on(self) -> datetime:
        """Its time, a second later than before."""
        self.time += timedelta(seconds=1)
        return self.time

    def count(self, method: str) -> int:
        """How many requests there were with this method."""
        return sum(asked == method for asked, _ in self.asked)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Remember each request, and fail where a fault says so."""
        self.asked.append((request.method, request.path))
        fault = next((each for each in self.faults if each.method == request.method), None)
        if fault is None:
            return await handler(request)
        self.faults.remove(fault)
        if fault.is_done:
            await handler(request)
            self.done.set()
        if fault.holds:
            await fault.holds.wait()
        if fault.status == LOST:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=abs(fault.status), text=fault.body, headers=dict(fault.headers))

    @asynccontextmanager
    async def listening(self, routes: list[Any], port: int = 0) -> AsyncIterator[None]:
        """Listen on loopback until the end of the block."""
        application = web.Application(middlewares=[self.middleware])
        application.add_routes(routes)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, found = runner.addresses[0][:2]
        self.url = f"http://{host}:{found}/"
        try:
            yield
        finally:
            await runner.cleanup()
