"""Socket Mode: we call Slack, and hold connections on which it sends what happens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic
from typing import Any

import structlog
from aiohttp import ClientWebSocketResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.core.metrics import Metrics
from bot.slack.connection import quiet
from bot.slack.reception import BAD, Reception

GRACE = 2.0  # seconds in which what has arrived is acked before the connections close
LOOKS = 3  # at a connection, before its client is given up
DEAF_FOR = 30.0  # seconds; the client itself tries again every ten
FAREWELL = 1.0  # seconds that Slack has to confirm the end of a connection

log = structlog.get_logger(__name__)


class Sockets:
    """Several Socket Mode connections: while the client renews one, the others miss nothing.

    Args:
        app: has the client that opens connections.
        app_token: opens connections.
        count: how many; Slack allows an app ten.
        metrics: counts reconnects.
        reception: hears what comes.
        missed: called whenever a connection stands: what came before, perhaps nobody heard. That another stood
            meanwhile is not sure, for of a dead one the client learns late.
        deaf_for: after how many seconds without a connection a client is replaced by a new one.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        count: int,
        metrics: Metrics,
        reception: Reception,
        *,
        missed: Callable[[], None] = lambda: None,
        deaf_for: float = DEAF_FOR,
    ) -> None:
        self._reception = reception
        self._make: Callable[[], _Handler] = partial(_Handler, app, app_token, metrics, reception, missed)
        self._handlers = [self._make() for _ in range(count)]
        self._deaf_for = deaf_for

    @property
    def sockets(self) -> int:
        """How many stand at this moment."""
        return sum(handler.stands for handler in self._handlers)

    async def trouble(self) -> str:
        """Empty as long as one stands: any of them gets each event."""
        return "" if self.sockets else "no Socket Mode connection stands"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Hold them until the end of the block; what has arrived by then is acked first."""
        watches = [asyncio.create_task(self._watch(place)) for place in range(len(self._handlers))]
        try:
            await asyncio.wait([handler.begin() for handler in self._handlers])
            yield
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            await self._reception.over(GRACE)
            await asyncio.gather(*(handler.leave() for handler in self._handlers))

    async def _watch(self, place: int) -> None:
        """Replace a client that does not come back.

        Where an address that Slack gave it does not work, it tries that same one for ever; an address is good for
        one connection, and for half a minute (Slack docs, Socket Mode).
        """
        missed = 0
        while True:
            await asyncio.sleep(self._deaf_for / LOOKS)
            missed = 0 if self._handlers[place].stands else missed + 1
            if missed == LOOKS:
                missed = 0
                log.warning("slack.socket_replaced", seconds=self._deaf_for)
                deaf, self._handlers[place] = self._handlers[place], self._make()
                self._handlers[place].begin()
                await deaf.leave()


class _Handler(AsyncSocketModeHandler):
    """One connection, renewed by the client whenever Slack wants that or it breaks."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        metrics: Metrics,
        reception: Reception,
        missed: Callable[[], None],
    ) -> None:
        super().__init__(app, app_token, logger=quiet("socket"))
        self._metrics = metrics
        self._reception = reception
        self._missed = missed
        self._greeted = False
        self._connecting: asyncio.Task[None] | None = None
        self.client.message_listeners.append(self._hear)

    def begin(self) -> "asyncio.Task[None]":
        """Connect, however often it takes."""
        self._connecting = asyncio.create_task(self.client.connect())
        return self._connecting

    @property
    def stands(self) -> bool:
        """Whether the connection is there. The client finds out by itself where it is dead, and opens another."""
        session: ClientWebSocketResponse | None = self.client.current_session
        return session is not None and not session.closed and not self.client.closed

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as in the base class
        """One envelope, from its arrival to its ack."""
        begun = monotonic()
        response = await self._reception.answer(req.type, req.envelope_id, req.payload)
        if response.status == BAD:
            response = BoltResponse(status=200)  # sent again, it would make no more sense
        await send_async_response(client, req, response, begun)

    async def leave(self) -> None:
        """Close, whether Slack answers or not."""
        self.client.auto_reconnect_enabled = False
        if self._connecting:
            self._connecting.cancel()
        try:
            async with asyncio.timeout(FAREWELL):
                await self.client.disconnect()
        except TimeoutError:
            log.warning("slack.socket_not_closed")
        await self.client.close()

    async def _hear(self, _client: Any, message: dict[str, Any], _raw: str | None) -> None:
        """Slack says hello on each new connection."""
        if message.get("type") == "hello":
            if self._greeted:
                self._metrics.reconnected()
            self._greeted = True
            self._missed()
