"""Ways to send events to the bot that cost the sender little, so that the bot is what is measured."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from bot.sandbox import Sandbox
from bot.sandbox.delivery.envelope import Envelope, NotAcked
from bot.sandbox.delivery.http import RequestUrl

Acked = Callable[[], None]


class Sender(Protocol):
    """Sends an event without waiting for its ack."""

    def send(self, envelope: Envelope, acked: Acked) -> None:
        """Send it. `acked` is called when the ack arrives, and never if none arrives."""
        ...


class SocketSender:
    """By Socket Mode: directly on the sandbox's connections, in turn."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._connections = itertools.cycle(list(sandbox.sockets.connections))
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, envelope: Envelope, acked: Acked) -> None:
        """As `Sender` says."""
        connection = next(self._connections)
        answer: asyncio.Future[dict[str, object]] = asyncio.get_running_loop().create_future()

        def done(future: asyncio.Future[dict[str, object]]) -> None:
            connection.pending.pop(envelope.id, None)
            if not future.cancelled() and future.exception() is None:
                acked()

        answer.add_done_callback(done)
        connection.pending[envelope.id] = answer
        task = asyncio.create_task(connection.socket.send_str(json.dumps(envelope.to_json())))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class HttpSender:
    """By signed HTTP."""

    def __init__(self, url: RequestUrl) -> None:
        self._url = url
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, envelope: Envelope, acked: Acked) -> None:
        """As `Sender` says."""
        task = asyncio.create_task(self._send(envelope, acked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, envelope: Envelope, acked: Acked) -> None:
        try:
            await self._url.send(envelope)
        except NotAcked:
            return
        acked()


@asynccontextmanager
async def sender(sandbox: Sandbox, url: str) -> AsyncIterator[Sender]:
    """The way to the bot: its Request URL, or Socket Mode if that is empty."""
    if not url:
        yield SocketSender(sandbox)
        return
    request_url = RequestUrl(sandbox.clock, sandbox.traffic, url, sandbox.signing_secret)
    try:
        yield HttpSender(request_url)
    finally:
        await request_url.close()
