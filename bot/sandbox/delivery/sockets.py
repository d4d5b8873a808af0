"""Socket Mode: connections, envelopes and acks over WebSockets."""

import asyncio
import contextlib
import itertools
import json
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.ids import Ids
from bot.sandbox.delivery.envelope import Envelope, NotAcked, within_deadline
from bot.sandbox.network.faults import Faults
from bot.sandbox.network.traffic import Traffic

# Slack docs, Socket Mode: an app may hold up to ten connections.
MAX_CONNECTIONS = 10


class Connection:
    """One WebSocket of the app, and its open acks."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.pending: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def say(self, message: dict[str, Any]) -> None:
        """Send one message; the reader notices if the peer has disconnected."""
        with contextlib.suppress(ConnectionError):
            await self.socket.send_str(json.dumps(message))

    def lost(self) -> None:
        """Fail all open acks, because the connection is lost."""
        for answer in self.pending.values():
            if not answer.done():
                answer.set_exception(NotAcked("connection_lost"))
        self.pending.clear()


class Sockets:
    """All Socket Mode connections of the app."""

    def __init__(self, clock: Clock, ids: Ids, traffic: Traffic, faults: Faults) -> None:
        self._clock = clock
        self._ids = ids
        self._traffic = traffic
        self._faults = faults
        self._tickets: set[str] = set()
        self._turn = itertools.count()
        self._opened = asyncio.Event()
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        """A ticket to open one connection."""
        ticket = self._ids.uuid()
        self._tickets.add(ticket)
        return ticket

    async def connected(self) -> None:
        """Wait until the app has a connection."""
        while not self.connections:
            self._opened.clear()
            await self._opened.wait()

    async def serve(self, request: web.Request, app_id: str) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="unknown or used ticket: call apps.connections.open for a new URL")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=0.5)
        await socket.prepare(request)
        connection = Connection(socket)
        if len(self.connections) >= MAX_CONNECTIONS:
            await self._disconnect(connection, "too_many_websockets")
            return socket
        self.connections.append(connection)
        self._opened.set()
        try:
            await connection.say(self._hello(app_id))
            await self._read(connection)
        finally:
            self.connections.remove(connection)
            connection.lost()
        return socket

    async def send(self, envelope: Envelope) -> dict[str, Any]:
        """Send the envelope over one of the connections and wait for its ack."""
        if not self.connections:
            self._traffic.note("envelope", envelope.kind, request=envelope.to_json(), error="no_connection")
            raise NotAcked("no_connection")
        connection = self.connections[next(self._turn) % len(self.connections)]
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        connection.pending[envelope.id] = answer
        self._traffic.note("envelope", envelope.kind, request=envelope.to_json())
        started = asyncio.get_running_loop().time()
        error: str | None = None
        response: dict[str, Any] | None = None
        try:
            await connection.say(envelope.to_json())
            if self._faults.hit(frozenset({"drop_socket"})):
                connection.lost()
                await connection.socket.close()
            response = await within_deadline(envelope, answer, self._clock)
        except NotAcked as failure:
            error = failure.reason
            raise
        finally:
            connection.pending.pop(envelope.id, None)
            ms = (asyncio.get_running_loop().time() - started) * 1000
            asked = {"envelope_id": envelope.id}
            self._traffic.note("ack", envelope.kind, request=asked, response=response, error=error, ms=ms)
        return response if envelope.accepts_response_payload else {}

    async def disconnect(self, reason: str) -> None:
        """Ask every connection to disconnect; only `warning` leaves it open (Slack docs, Socket Mode)."""
        for connection in list(self.connections):
            await self._disconnect(connection, reason)

    async def close(self) -> None:
        """Close every connection without a message."""
        for connection in list(self.connections):
            connection.lost()
            await connection.socket.close()

    async def _disconnect(self, connection: Connection, reason: str) -> None:
        self._traffic.note("socket", "disconnect", request={"reason": reason})
        await connection.say({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})
        if reason != "warning":
            await connection.socket.close()

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            envelope_id, payload = _read_ack(message.data)
            answer = connection.pending.get(envelope_id)
            if answer is not None and not answer.done():
                answer.set_result(payload)

    def _hello(self, app_id: str) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": app_id},
            "debug_info": {
                "host": "applink-1",
                "started": self._clock.now().isoformat(),
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
        }


def _read_ack(text: str) -> tuple[str, dict[str, Any]]:
    """The envelope that a message acknowledges, and the answer; empty if the message is not an ack."""
    try:
        ack = json.loads(text)
    except ValueError:
        return "", {}
    if not isinstance(ack, dict):
        return "", {}
    payload = ack.get("payload")
    return str(ack.get("envelope_id")), payload if isinstance(payload, dict) else {}
