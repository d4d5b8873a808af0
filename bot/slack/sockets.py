"""Socket Mode: we connect to Slack, and it sends events over these connections."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
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
from bot.slack.receiver import BAD, Receiver
from bot.slack.setup_check import SocketAddress

GRACE = 2.0  # seconds to ack what has arrived, before the connections close
LOOKS = 3  # checks of a dead connection, before its client is replaced
REPLACE_AFTER = 30.0  # seconds; the client itself tries again every ten
GOOD_FOR = 10.0  # seconds; an address is good for thirty (Slack docs, Socket Mode)
FAREWELL = 1.0  # seconds for Slack to confirm the end of a connection

log = structlog.get_logger(__name__)


class Sockets:
    """Several Socket Mode connections, so that no event is missed while one is renewed.

    Args:
        app: the Bolt app, whose client opens connections.
        app_token: the app-level token.
        count: how many connections; Slack allows an app ten.
        metrics: counts reconnects.
        receiver: receives what Slack sends.
        socket_addresses: the addresses that Slack gave out at the start; the first connections need no call then.
        missed: called whenever a connection is established, because earlier events may have been missed. Another
            connection may have been dead too: the client notices that late.
        replace_after: after how many seconds without a connection a client is replaced.
    """

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        count: int,
        metrics: Metrics,
        receiver: Receiver,
        *,
        socket_addresses: Sequence[SocketAddress] = (),
        missed: Callable[[], None] = lambda: None,
        replace_after: float = REPLACE_AFTER,
    ) -> None:
        self._receiver = receiver
        self._make: Callable[[], _Handler] = partial(_Handler, app, app_token, metrics, receiver, missed)
        self._handlers = [self._make() for _ in range(count)]
        self._addresses = iter(socket_addresses)
        self._replace_after = replace_after

    @property
    def sockets(self) -> int:
        """How many connections are established now."""
        return sum(handler.is_connected for handler in self._handlers)

    async def trouble(self) -> str:
        """What is wrong; empty if at least one connection is established, because one is enough for all events."""
        return "" if self.sockets else "there is no Socket Mode connection"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Keep the connections until the end of the block; then ack what has arrived, and close."""
        watches = [asyncio.create_task(self._watch(place)) for place in range(len(self._handlers))]
        try:
            await asyncio.wait([handler.begin(next(self._addresses, None)) for handler in self._handlers])
            yield
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            await self._receiver.drain(GRACE)
            await asyncio.gather(*(handler.leave() for handler in self._handlers))

    async def _watch(self, place: int) -> None:
        """Replace a client that does not reconnect.

        If an address from Slack does not work, the client tries the same one for ever. But an address is valid for one
        connection only, and for half a minute (Slack docs, Socket Mode).
        """
        missed = 0
        while True:
            await asyncio.sleep(self._replace_after / LOOKS)
            missed = 0 if self._handlers[place].is_connected else missed + 1
            if missed == LOOKS:
                missed = 0
                log.warning("slack.socket_replaced", seconds=self._replace_after)
                unconnected, self._handlers[place] = self._handlers[place], self._make()
                self._handlers[place].begin()
                await unconnected.leave()


class _Handler(AsyncSocketModeHandler):
    """One connection. The client renews it when Slack asks for that, or when it breaks."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        metrics: Metrics,
        receiver: Receiver,
        missed: Callable[[], None],
    ) -> None:
        super().__init__(app, app_token, logger=quiet("socket"))
        self._metrics = metrics
        self._receiver = receiver
        self._missed = missed
        self._greeted = False
        self._connecting: asyncio.Task[None] | None = None
        self.client.message_listeners.append(self._hear)

    def begin(self, address: SocketAddress | None = None) -> "asyncio.Task[None]":
        """Connect, with as many attempts as needed; first to this address, unless it is too old."""
        if address and address.url and monotonic() - address.given_at < GOOD_FOR:
            self.client.wss_uri = address.url
        self._connecting = asyncio.create_task(self.client.connect())
        return self._connecting

    @property
    def is_connected(self) -> bool:
        """Whether the connection is established. The client itself notices a dead one and opens another."""
        session: ClientWebSocketResponse | None = self.client.current_session
        return session is not None and not session.closed and not self.client.closed

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as in the base class
        """Handle one envelope, from its arrival to its ack."""
        begun = monotonic()
        response = await self._receiver.answer(req.type, req.envelope_id, req.payload)
        if response.status == BAD:
            response = BoltResponse(status=200)  # it would be just as invalid if Slack sent it again
        await send_async_response(client, req, response, begun)

    async def leave(self) -> None:
        """Close the connection, even if Slack does not answer."""
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
        """Note a new connection: Slack sends `hello` on each."""
        if message.get("type") == "hello":
            if self._greeted:
                self._metrics.reconnected()
            self._greeted = True
            self._missed()
